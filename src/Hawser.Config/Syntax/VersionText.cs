using System;
using System.Globalization;

namespace Hawser.Config.Syntax;

/// <summary>Version order of <c>version_atleast</c>: missing parts count zero, development versions come before 0.</summary>
public static class VersionText
{
    private const int Parts = 4;
    private const int Released = int.MaxValue;

    /// <summary>Negative, zero or positive as in comparisons; null when one of them is no version.</summary>
    public static int? Compare(string left, string right)
    {
        Span<int> leftParts = stackalloc int[Parts];
        Span<int> rightParts = stackalloc int[Parts];
        if (!TryRead(left, leftParts) || !TryRead(right, rightParts)) return null;
        for (int part = 0; part < Parts; part++)
        {
            int order = leftParts[part].CompareTo(rightParts[part]);
            if (order != 0) return order;
        }
        return 0;
    }

    /// <summary>Major, minor, patch, and the number after -dev or -rc.</summary>
    private static bool TryRead(ReadOnlySpan<char> text, Span<int> parts)
    {
        parts.Clear();
        parts[3] = Released;
        for (int part = 0; part < 3; part++)
        {
            if (!TakeNumber(ref text, out parts[part])) return false;
            if (text.StartsWith(".")) text = text[1..];
            else break;
        }
        if (text.StartsWith("-dev") || text.StartsWith("-rc"))
        {
            int digit = text.IndexOfAnyInRange('0', '9');
            if (digit < 0) return false;
            text = text[digit..];
            return TakeNumber(ref text, out parts[3]);
        }
        return text.IsEmpty || text[0] is '-' or '+' || char.IsAsciiLetterLower(text[0]);
    }

    private static bool TakeNumber(ref ReadOnlySpan<char> text, out int number)
    {
        int end = text.IndexOfAnyExceptInRange('0', '9');
        if (end < 0) end = text.Length;
        bool isNumber = int.TryParse(text[..end], NumberStyles.None, CultureInfo.InvariantCulture, out number);
        text = text[end..];
        return isNumber;
    }
}
