using System.Collections.Generic;

namespace Hawser.CommandLine;

/// <summary>The state of one run over the arguments.</summary>
internal sealed class OptionsReading
{
    public Options Options { get; set; } = new();

    public List<string> Files { get; } = [];

    /// <summary>Set by a switch that prints something and ends the start with status 0.</summary>
    public OptionsOutcome? Outcome { get; set; }

    /// <summary>What that switch prints.</summary>
    public string Text { get; set; } = "";
}
