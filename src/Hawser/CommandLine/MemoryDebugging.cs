using System;
using System.Collections.Generic;
using System.Globalization;

namespace Hawser.CommandLine;

/// <summary>
/// <c>-dM[byte][,option]*</c> (management.txt, chapter 3). Poisoning fills buffers; HAProxy's other options are about
/// its memory pools. There are none here: what asks for how things are anyway is accepted, the rest is refused.
/// </summary>
internal static class MemoryDebugging
{
    private const string Help = "help";
    private const byte DefaultPoison = 0x50;

    private static readonly HashSet<string> AsItIs =
    [
        "no-fail", "no-merge", "merge", "hot-first", "no-integrity", "no-backup", "no-global", "cache", "no-caller",
        "no-tag", "no-uaf",
    ];

    private static readonly HashSet<string> Missing =
        ["fail", "cold-first", "integrity", "backup", "global", "no-cache", "caller", "tag", "uaf"];

    /// <summary>Null, or why it cannot be obeyed.</summary>
    public static string? Apply(OptionsReading reading, string suffix)
    {
        byte? poison = suffix.Length == 0 ? DefaultPoison : null;
        string[] words = suffix.Split(',');
        for (int index = 0; index < words.Length; index++)
        {
            string word = words[index];
            if (index == 0 && (word.Length == 0 || TryByte(word, out _)))
            {
                poison = word.Length > 0 && TryByte(word, out byte value) ? value : DefaultPoison;
                continue;
            }
            if (word == Help)
            {
                reading.Outcome = OptionsOutcome.Help;
                reading.Text = HelpText();
                return null;
            }
            if (word == "poison") poison ??= DefaultPoison;
            else if (word == "no-poison") poison = null;
            else if (Missing.Contains(word)) return $"-dM: <{word}>: there are no memory pools here that could do that";
            else if (!AsItIs.Contains(word)) return $"-dM: unknown pool debugging feature <{word}>";
        }
        reading.Options = reading.Options with { Poison = poison };
        return null;
    }

    private static string HelpText() =>
        "-dM[<byte>][,<option>]* fills fresh buffers with <byte>, 0x50 unless given; 0 is allowed.\n"
        + "Options: poison, no-poison; accepted, as they tell how things are: " + string.Join(", ", AsItIs) + ".\n"
        + "Refused, since there are no memory pools here: " + string.Join(", ", Missing) + ".\n";

    private static bool TryByte(string text, out byte value) =>
        text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            ? byte.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value)
            : byte.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
