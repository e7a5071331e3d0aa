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

/// <summary>
/// Times (manual, 2.5): a whole number and a unit of us, ms, s, m, h or d. What follows the unit is ignored as by HAProxy,
/// which still takes <c>15min</c> for 15 minutes, and warns.
/// </summary>
public static class TimeText
{
    /// <summary>2^31-1 ms, about 24.8 days.</summary>
    public const int MaxMs = int.MaxValue;

    /// <param name="defaultUnitUs">What a number without unit counts, in microseconds: 1,000 for most keywords.</param>
    /// <param name="milliseconds">Rounded up to whole milliseconds.</param>
    /// <param name="end">The character at fault, or the first one behind a good time.</param>
    public static ValueError TryParse(
        ReadOnlySpan<char> text, long defaultUnitUs, out int milliseconds, out int end)
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
        end = index;
        if (index == 0) return ValueError.UnexpectedCharacter;

        long unitUs = UnitUs(text[index..], defaultUnitUs, out int unitLength);
        end = index + unitLength;
        if (unitUs < 0) return ValueError.UnexpectedCharacter;
        if (overflows) return ValueError.Overflow;
        long rounded = unitUs >= 1000 ? value * (unitUs / 1000) : (value * unitUs + 999) / 1000;
        if (rounded > MaxMs) return ValueError.Overflow;
        milliseconds = (int)rounded;
        return ValueError.None;
    }

    /// <summary>HAProxy's words for a time that goes on behind its unit.</summary>
    /// <param name="end">As <see cref="TryParse"/> has found it.</param>
    /// <returns>Null when there is nothing to say.</returns>
    public static string? WarningOf(string text, int end) => end == text.Length
        ? null
        : $"unexpected character '{text[end]}' after the timer value '{text}', "
            + "only (us=microseconds,ms=milliseconds,s=seconds,m=minutes,h=hours,d=days) are supported. "
            + "This will be reported as an error in next versions.";

    private static long UnitUs(ReadOnlySpan<char> text, long defaultUnitUs, out int length)
    {
        (length, long unitUs) = text switch
        {
            [] => (0, defaultUnitUs),
            ['u', 's', ..] => (2, 1),
            ['m', 's', ..] => (2, 1_000),
            ['s', ..] => (1, 1_000_000),
            ['m', ..] => (1, 60_000_000),
            ['h', ..] => (1, 3_600_000_000),
            ['d', ..] => (1, 86_400_000_000),
            _ => (0, -1),
        };
        return unitUs;
    }
}
