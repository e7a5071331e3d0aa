using System;

namespace Hawser.Control.Cli;

/// <summary>How grave an answer is; the numbers are those of syslog, which "set severity-output number" shows.</summary>
public enum CliSeverity
{
    Alert = 1,
    Error = 3,
    Warning = 4,
    Notice = 5,
    Info = 6,
}

/// <summary>What "severity-output" puts before an answer (management manual, "set severity-output").</summary>
public enum CliSeverityOutput
{
    None,
    Number,
    Text,
}

internal static class CliSeverities
{
    public static string Name(CliSeverity severity) => severity switch
    {
        CliSeverity.Alert => "alert",
        CliSeverity.Error => "err",
        CliSeverity.Warning => "warning",
        CliSeverity.Notice => "notice",
        _ => "info",
    };

    /// <summary>False for a word that is none of <c>none</c>, <c>number</c>, <c>string</c>.</summary>
    public static bool TryParse(string word, out CliSeverityOutput output)
    {
        int index = Array.IndexOf(["none", "number", "string"], word);
        output = (CliSeverityOutput)Math.Max(index, 0);
        return index >= 0;
    }
}
