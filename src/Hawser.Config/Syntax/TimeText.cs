using System;

namespace Hawser.Config.Syntax;

/// <summary>Why a time, size or number was refused.</summary>
public enum ValueError
{
    None,

    /// <summary>Not a digit where one had to be, or no such unit.</summary>
    UnexpectedCharacter,

    /// <summary>Beyond the largest value.</summary>
    Overflow,

    /// <summary>Above zero, but less than the unit the value is kept in.</summary>
    Underflow,
}

/// <summary>Times (manual, 2.5): a whole number and a unit of us, ms, s, m, h or d.</summary>
public static class TimeText
{
    /// <summary>2^31-1 ms, about 24.8 days.</summary>
    public const int MaxMs = int.MaxValue;

    /// <param name="defaultUnitUs">What a number without unit counts, in microseconds: 1,000 for most keywords.</param>
    /// <param name="milliseconds">Rounded up to whole milliseconds.</param>
    /// <param name="errorIndex">The character at fault.</param>
    public static ValueError TryParse(
        ReadOnlySpan<char> text, long defaultUnitUs, out int milliseconds, out int errorIndex)
    {
        milliseconds = 0;
        long value = 0;
        int index = 0;
        bool overflows = false;
        for (; index < text.Length && char.IsAsciiDigit(text[index]); index++)
        {
            value = value * 10 + (text[index] - '0');
            if (value <= uint.MaxValue) continue;
            overflows = true;
            value = uint.MaxValue;
        }
        errorIndex = index;
        if (index == 0) return ValueError.UnexpectedCharacter;

        long unitUs = UnitUs(text[index..], defaultUnitUs);
        if (unitUs < 0) return ValueError.UnexpectedCharacter;
        if (overflows) return ValueError.Overflow;
        long rounded = unitUs >= 1000 ? value * (unitUs / 1000) : (value * unitUs + 999) / 1000;
        if (rounded > MaxMs) return ValueError.Overflow;
        milliseconds = (int)rounded;
        return ValueError.None;
    }

    private static long UnitUs(ReadOnlySpan<char> unit, long defaultUnitUs) => unit switch
    {
        "" => defaultUnitUs,
        "us" => 1,
        "ms" => 1_000,
        "s" => 1_000_000,
        "m" => 60_000_000,
        "h" => 3_600_000_000,
        "d" => 86_400_000_000,
        _ => -1,
    };
}
