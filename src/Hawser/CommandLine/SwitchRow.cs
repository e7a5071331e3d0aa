using System;

namespace Hawser.CommandLine;

/// <summary>What follows a switch.</summary>
public enum SwitchArgument
{
    None,

    /// <summary>The next word, whatever it looks like.</summary>
    Word,

    /// <summary>Text glued to the switch itself, possibly empty.</summary>
    Suffix,

    /// <summary>All words up to the next one that begins with a dash.</summary>
    Processes,

    /// <summary>All words that are left.</summary>
    Rest,
}

/// <summary>One switch of the command line.</summary>
/// <param name="Help">Its line in the usage text, without the switch; null: not listed, as with HAProxy.</param>
/// <param name="Apply">Adds the switch to the options, or returns why it cannot be used.</param>
internal sealed record SwitchRow(
    string Name, SwitchArgument Argument, string? ArgumentName, string? Help, Func<OptionsReading, string, string?> Apply);
