using System;
using Hawser.Base.Bytes;
using Hawser.Base.Time;
using Ascii = Hawser.Base.Bytes.Ascii;

namespace Hawser.Expressions.Converters;

/// <summary>
/// The three date forms of RFC 9110 section 5.6.7. As in HAProxy the numbers are not checked, so that a 31st of
/// February is a day in March, and what follows the date does not matter.
/// </summary>
internal static class HttpDate
{
    /// <summary>RFC 850's years of two digits: up to this one they belong to this century.</summary>
    private const int LastShortYear = 60;

    public static bool TryParse(ReadOnlySpan<byte> text, out long unixSeconds)
    {
        if (TryFixed(text, out unixSeconds)) return true;
        return TryRfc850(text, out unixSeconds) || TryAsctime(text, out unixSeconds);
    }

    /// <summary>Sun, 06 Nov 1994 08:49:37 GMT</summary>
    private static bool TryFixed(ReadOnlySpan<byte> text, out long unixSeconds)
    {
        unixSeconds = 0;
        ByteCursor cursor = new(text);
        bool isDate = TryWeekday(ref cursor, true) & cursor.TryTake(", "u8)
            & TryNumber(ref cursor, 2, out int day) & cursor.TryTake(" "u8)
            & TryMonth(ref cursor, out int month) & cursor.TryTake(" "u8)
            & TryNumber(ref cursor, 4, out int year) & cursor.TryTake(" "u8)
            & TryTime(ref cursor, out int hour, out int minute, out int second) & cursor.TryTake(" GMT"u8);
        if (isDate) unixSeconds = CivilTime.ToUnixSeconds(year, month, day, hour, minute, second);
        return isDate;
    }

    /// <summary>Sunday, 06-Nov-94 08:49:37 GMT</summary>
    private static bool TryRfc850(ReadOnlySpan<byte> text, out long unixSeconds)
    {
        unixSeconds = 0;
        ByteCursor cursor = new(text);
        bool isDate = TryWeekday(ref cursor, false) & cursor.TryTake(", "u8)
            & TryNumber(ref cursor, 2, out int day) & cursor.TryTake("-"u8)
            & TryMonth(ref cursor, out int month) & cursor.TryTake("-"u8)
            & TryNumber(ref cursor, 2, out int year) & cursor.TryTake(" "u8)
            & TryTime(ref cursor, out int hour, out int minute, out int second) & cursor.TryTake(" GMT"u8);
        year += year <= LastShortYear ? 2000 : 1900;
        if (isDate) unixSeconds = CivilTime.ToUnixSeconds(year, month, day, hour, minute, second);
        return isDate;
    }

    /// <summary>Sun Nov  6 08:49:37 1994</summary>
    private static bool TryAsctime(ReadOnlySpan<byte> text, out long unixSeconds)
    {
        unixSeconds = 0;
        ByteCursor cursor = new(text);
        bool isDate = TryWeekday(ref cursor, true) & cursor.TryTake(" "u8)
            & TryMonth(ref cursor, out int month) & cursor.TryTake(" "u8);
        int digits = isDate && cursor.TryTake(" "u8) ? 1 : 2;
        isDate = isDate & TryNumber(ref cursor, digits, out int day) & cursor.TryTake(" "u8)
            & TryTime(ref cursor, out int hour, out int minute, out int second) & cursor.TryTake(" "u8)
            & TryNumber(ref cursor, 4, out int year);
        if (isDate) unixSeconds = CivilTime.ToUnixSeconds(year, month, day, hour, minute, second);
        return isDate;
    }

    private static bool TryTime(ref ByteCursor cursor, out int hour, out int minute, out int second) =>
        TryNumber(ref cursor, 2, out hour) & cursor.TryTake(":"u8)
        & TryNumber(ref cursor, 2, out minute) & cursor.TryTake(":"u8)
        & TryNumber(ref cursor, 2, out second);

    private static bool TryNumber(ref ByteCursor cursor, int digits, out int value)
    {
        value = 0;
        if (!cursor.TryRead(digits, out ReadOnlySpan<byte> text)) return false;
        foreach (byte digit in text)
        {
            if (!Ascii.IsDigit(digit)) return false;
            value = (value * 10) + digit - '0';
        }

        return true;
    }

    private static bool TryWeekday(ref ByteCursor cursor, bool isShort)
    {
        if (isShort)
            return cursor.TryRead(3, out ReadOnlySpan<byte> name) && IndexOf("SunMonTueWedThuFriSat"u8, name) >= 0;
        return cursor.TryTake("Sunday"u8) || cursor.TryTake("Monday"u8) || cursor.TryTake("Tuesday"u8)
            || cursor.TryTake("Wednesday"u8) || cursor.TryTake("Thursday"u8) || cursor.TryTake("Friday"u8)
            || cursor.TryTake("Saturday"u8);
    }

    private static bool TryMonth(ref ByteCursor cursor, out int month)
    {
        month = cursor.TryRead(3, out ReadOnlySpan<byte> name) ? IndexOf("JanFebMarAprMayJunJulAugSepOctNovDec"u8, name) + 1 : 0;
        return month > 0;
    }

    /// <summary>Which of the names of three letters; -1 for none.</summary>
    private static int IndexOf(ReadOnlySpan<byte> names, ReadOnlySpan<byte> name)
    {
        int at = names.IndexOf(name);
        return at >= 0 && at % 3 == 0 ? at / 3 : -1;
    }
}
