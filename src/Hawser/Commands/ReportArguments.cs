using System.Collections.Generic;
using System.Collections.Immutable;
using Hawser.Config.Diagnostics;

namespace Hawser.Commands;

/// <summary>What the commands that report on files have in common: a format, files, and flags of their own.</summary>
internal sealed record ReportArguments(ReportFormat Format, ImmutableArray<string> Files, ImmutableHashSet<string> Flags)
{
    public const string Usage = "[--format text|json|sarif] <file|dir>...";

    private const string FormatSwitch = "--format";
    private const string FileSwitch = "-f";

    /// <summary>Null: <paramref name="error"/> says why.</summary>
    public static ReportArguments? Read(string[] arguments, ImmutableHashSet<string> flags, out string error)
    {
        ReportFormat format = ReportFormat.Text;
        List<string> files = [];
        HashSet<string> given = [];
        error = "";
        for (int index = 0; index < arguments.Length; index++)
        {
            string word = arguments[index];
            if (word is FormatSwitch or FileSwitch)
            {
                if (++index == arguments.Length)
                {
                    error = $"{word}: what follows is missing";
                    return null;
                }
                if (word == FileSwitch) files.Add(arguments[index]);
                else if (FormatOf(arguments[index]) is { } known) format = known;
                else
                {
                    error = $"{word}: '{arguments[index]}' is not text, json or sarif";
                    return null;
                }
            }
            else if (flags.Contains(word)) given.Add(word);
            else if (word.StartsWith('-') && word.Length > 1)
            {
                error = $"'{word}' is no switch of this command";
                return null;
            }
            else files.Add(word);
        }
        return new ReportArguments(format, [.. files], [.. given]);
    }

    private static ReportFormat? FormatOf(string word) => word switch
    {
        "text" => ReportFormat.Text,
        "json" => ReportFormat.Json,
        "sarif" => ReportFormat.Sarif,
        _ => null,
    };
}
