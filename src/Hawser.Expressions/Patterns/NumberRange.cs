using System;
using System.Globalization;

namespace Hawser.Expressions.Patterns;

/// <summary>What an integer pattern stands for (manual, section 7.1.2). Both ends belong to it.</summary>
public sealed record NumberRange(long Low, long High)
{
    private const long MaximumMinor = 65535;

    /// <summary>Nothing lies in it.</summary>
    public static NumberRange Empty { get; } = new(1, 0);

    /// <summary>A number, or <c>low:high</c> with either end left out; a dash does as well as the colon.</summary>
    /// <returns>What is wrong, in HAProxy's words, or null.</returns>
    public static string? Parse(string text, out NumberRange range) => Parse(text, "eq", isDotted: false, out range);

    /// <param name="operation">eq, ge, gt, le or lt.</param>
    /// <param name="isDotted">Numbers may have a minor part, as versions do: 3.1 is 3 × 65536 + 1.</param>
    public static string? Parse(string text, string operation, bool isDotted, out NumberRange range)
    {
        range = Empty;
        int colon = Separator(text, isDotted);
        if (colon < 0)
        {
            if (!TryNumber(text, isDotted, out long value)) return $"'{text}' is not a {(isDotted ? "dotted number" : "number")}";
            range = Of(operation, value, value);
            return null;
        }

        long low = long.MinValue;
        long high = long.MaxValue;
        bool isRange = (colon == 0 || TryNumber(text.AsSpan(0, colon), isDotted, out low))
            && (colon == text.Length - 1 || TryNumber(text.AsSpan(colon + 1), isDotted, out high))
            && low <= high
            && text.Length > 1;
        if (!isRange) return $"'{text}' is not a valid number range";
        range = Of(operation, low, high);
        return null;
    }

    /// <summary>-1 in a single number; a dash in front is the sign of one, but versions have no sign.</summary>
    private static int Separator(string text, bool isDotted)
    {
        int colon = text.IndexOf(':');
        return colon >= 0 || text.Length == 0 ? colon : text.IndexOf('-', isDotted ? 0 : 1);
    }

    private static NumberRange Of(string operation, long low, long high) => operation switch
    {
        "gt" => high == long.MaxValue ? Empty : new NumberRange(high + 1, long.MaxValue),
        "ge" => new NumberRange(low, long.MaxValue),
        "lt" => low == long.MinValue ? Empty : new NumberRange(long.MinValue, low - 1),
        "le" => new NumberRange(long.MinValue, high),
        _ => new NumberRange(low, high),
    };

    private static bool TryNumber(ReadOnlySpan<char> text, bool isDotted, out long value)
    {
        int dot = isDotted ? text.IndexOf('.') : -1;
        if (dot < 0 || !long.TryParse(text[..dot], NumberStyles.None, CultureInfo.InvariantCulture, out long major))
        {
            bool isNumber = long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
            if (isNumber && isDotted) value <<= 16;
            return isNumber;
        }

        value = 0;
        if (!long.TryParse(text[(dot + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out long minor)) return false;
        if (minor > MaximumMinor) return false;
        value = (major << 16) + minor;
        return true;
    }
}
