namespace Hawser.CommandLine;

/// <summary>What is to be done after the arguments were read.</summary>
public enum OptionsOutcome
{
    /// <summary>Start with <see cref="OptionsResult.Options"/>.</summary>
    Start,

    /// <summary>Print <see cref="OptionsResult.Text"/> as an alert; exit with 1.</summary>
    Refused,

    /// <summary>Print version and usage; exit with 1.</summary>
    Usage,

    /// <summary><c>-v</c>.</summary>
    Version,

    /// <summary><c>-vv</c>.</summary>
    LongVersion,

    /// <summary><c>-vq</c>, <c>-vqs</c>, <c>-vqb</c>: print the text only.</summary>
    ShortVersion,

    /// <summary><c>-dMhelp</c>: print the text; exit with 0.</summary>
    Help,
}

public sealed record OptionsResult(OptionsOutcome Outcome, Options Options, string Text = "");
