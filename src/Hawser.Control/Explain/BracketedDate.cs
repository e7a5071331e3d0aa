using System;

namespace Hawser.Control.Explain;

/// <summary>The date of a log line, <c>[06/Feb/2009:12:12:51.443]</c> or <c>[06/Feb/2009:12:12:51 +0000]</c>.</summary>
internal static class BracketedDate
{
    /// <summary>'d': a digit, 'a': a letter, anything else: itself.</summary>
    private const string Pattern = "[dd/aaa/dddd:";

    /// <summary>Index of the opening bracket of the first date; -1 when there is none.</summary>
    public static int Find(string line)
    {
        for (int start = line.IndexOf('['); start >= 0; start = line.IndexOf('[', start + 1))
        {
            if (IsAt(line.AsSpan(start))) return start;
        }
        return -1;
    }

    private static bool IsAt(ReadOnlySpan<char> text)
    {
        if (text.Length < Pattern.Length) return false;
        for (int index = 0; index < Pattern.Length; index++)
        {
            bool fits = Pattern[index] switch
            {
                'd' => char.IsAsciiDigit(text[index]),
                'a' => char.IsAsciiLetter(text[index]),
                var exact => text[index] == exact,
            };
            if (!fits) return false;
        }
        return true;
    }
}
