using System;
using System.Globalization;

namespace Hawser.Config.Syntax;

/// <summary>Whole decimal numbers with an optional sign.</summary>
public static class NumberText
{
    public static bool TryParse(ReadOnlySpan<char> text, out long value) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    public static bool TryParseOctal(ReadOnlySpan<char> text, out int value)
    {
        value = 0;
        if (text.IsEmpty || text.Length > 6) return false;
        foreach (char digit in text)
        {
            if (digit is < '0' or > '7') return false;
            value = value * 8 + (digit - '0');
        }
        return true;
    }
}
