using System;
using System.Globalization;

namespace Hawser.Control.Explain;

/// <summary>What a syslog sender, a collector or journald put before the line. Null: not there.</summary>
public sealed record SyslogPrefix
{
    private const int LevelsPerFacility = 8;
    private const int HighestPriority = 191;

    /// <summary>0 (emerg) to 7 (debug), from <c>&lt;PRI&gt;</c>.</summary>
    public int? Level { get; init; }

    /// <summary>The sender's tag, such as <c>haproxy</c>.</summary>
    public string? Program { get; init; }

    public int? ProcessId { get; init; }

    /// <summary>Reads whatever stands before a line; never fails.</summary>
    public static SyslogPrefix Parse(string text)
    {
        SyslogPrefix prefix = new();
        string rest = text.Trim();
        if (rest.StartsWith('<') && rest.IndexOf('>', StringComparison.Ordinal) is > 1 and < 5 and var end
            && TryNumber(rest.AsSpan(1, end - 1), out int priority) && priority <= HighestPriority)
        {
            prefix = prefix with { Level = priority % LevelsPerFacility };
            rest = rest[(end + 1)..];
        }
        string[] words = rest.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length > 0 ? FindProgram(words, prefix) : prefix;
    }

    private static SyslogPrefix FindProgram(string[] words, SyslogPrefix prefix)
    {
        // RFC 5424: version, date, host, program, process, message id, structured data.
        if (words is ["1", _, _, var name, var process, ..] && TryNumber(process, out int number))
            return prefix with { Program = name, ProcessId = number };
        string last = words[^1];
        if (!last.EndsWith(':')) return prefix;
        last = last[..^1];
        int bracket = last.IndexOf('[', StringComparison.Ordinal);
        if (bracket < 0) return prefix with { Program = last };
        return bracket > 0 && last.EndsWith(']') && TryNumber(last.AsSpan((bracket + 1)..^1), out int id)
            ? prefix with { Program = last[..bracket], ProcessId = id }
            : prefix;
    }

    private static bool TryNumber(ReadOnlySpan<char> text, out int value) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
