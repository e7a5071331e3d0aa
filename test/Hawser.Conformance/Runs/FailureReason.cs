using System.Linq;
using System.Text.RegularExpressions;

namespace Hawser.Conformance.Runs;

/// <summary>
/// Takes from a log the line that says why: what the program refused, else what the test lacked or expected. Without
/// what differs from run to run, so that the list changes only when the reason does.
/// </summary>
internal static partial class FailureReason
{
    private const int Longest = 160;

    public static string Of(Outcome outcome, string log, string folder)
    {
        if (outcome == Outcome.Passed)
            return "";
        string[] lines = log.Split('\n');
        string? line =
            outcome == Outcome.NotApplicable ? Lacking(lines)
            : First(Blamed(lines), Alert()) ?? (outcome == Outcome.TimedOut ? "time is over" : First(lines, Fatal()) ?? First(lines, Expectation()));
        return Stable(line ?? outcome.ToString(), folder);
    }

    /// <summary>The condition that was asked last before the test gave up.</summary>
    private static string Lacking(string[] lines) =>
        lines.LastOrDefault(line => line.Contains("=== feature", System.StringComparison.Ordinal)) is { } line
            ? "lacks " + ProgramWord().Replace(FeatureLine().Replace(line, ""), "").TrimEnd('"', '\'')
            : "lacks something";

    /// <summary>Refusals are expected of some processes of a test: only those of the one that the tool blames count.</summary>
    private static string[] Blamed(string[] lines) =>
        lines.Select(line => Process().Match(line)).FirstOrDefault(match => match.Success) is { } blamed
            ? [.. lines.Where(line => line.Split(' ', System.StringSplitOptions.RemoveEmptyEntries) is [_, { } name, ..] && name == blamed.Groups[1].Value)]
            : lines;

    private static string? First(string[] lines, Regex form) =>
        lines.Select(line => form.Match(line)).FirstOrDefault(match => match.Success)?.Groups[1].Value;

    private static string Stable(string text, string folder)
    {
        text = text.Replace(folder, "", System.StringComparison.Ordinal);
        text = Address().Replace(text, "127.0.0.1:port");
        text = Number().Replace(text, "N");
        text = Spaces().Replace(text, " ").Trim();
        return text.Length > Longest ? text[..Longest] + "..." : text;
    }

    [GeneratedRegex(@"\[ALERT\]\s*\(\d+\)\s*: (?:config : )?(?:parsing \[[^\]]*\] ?: ?)?(?:\[[^\]]*\] ?: ?)?(.*)")]
    private static partial Regex Alert();

    [GeneratedRegex(@"^---- +(h\d+\w*)\b")]
    private static partial Regex Process();

    [GeneratedRegex(@"^---- +(\S.*)")]
    private static partial Regex Fatal();

    [GeneratedRegex(@"^\*+ +\S+ +(?:[\d.]+ )?(?:Assert|EXPECT)(.*)")]
    private static partial Regex Expectation();

    [GeneratedRegex(@"^.*=== feature (?:cmd )?")]
    private static partial Regex FeatureLine();

    [GeneratedRegex("""^"?\$HAPROXY_PROGRAM (\$HAPROXY_ARGS )?-cc '?""")]
    private static partial Regex ProgramWord();

    [GeneratedRegex(@"127\.0\.0\.1:\d+")]
    private static partial Regex Address();

    [GeneratedRegex(@"\d{4,}|0x[0-9a-f]+|(?<=fd[:@ ])\d+|\d+\.\d{3}s?")]
    private static partial Regex Number();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
