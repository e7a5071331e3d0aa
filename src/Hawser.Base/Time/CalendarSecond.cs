using System;

namespace Hawser.Base.Time;

/// <summary>
/// One second of the calendar, in the text forms that log lines need. It is filled in place, without allocation, so
/// that a writer of many lines keeps a few of them.
/// </summary>
internal sealed class CalendarSecond
{
    private static ReadOnlySpan<byte> MonthNames => "JanFebMarAprMayJunJulAugSepOctNovDec"u8;

    private readonly byte[] _logLocal = new byte["23/Nov/2026:09:08:01".Length];
    private readonly byte[] _logUtc = new byte["23/Nov/2026:08:08:01".Length];
    private readonly byte[] _syslog = new byte["Nov 23 09:08:01".Length];
    private readonly byte[] _iso = new byte["2026-11-23T09:08:01".Length];
    private readonly byte[] _logZone = new byte["+0100".Length];
    private readonly byte[] _isoZone = new byte["+01:00".Length];

    /// <summary>Since 1970-01-01T00:00:00Z; before the first filling no second of any clock.</summary>
    internal long UnixSeconds { get; private set; } = long.MinValue;

    /// <summary>23/Nov/2026:09:08:01, local.</summary>
    internal ReadOnlySpan<byte> LogLocal => _logLocal;

    /// <summary>23/Nov/2026:08:08:01, UTC.</summary>
    internal ReadOnlySpan<byte> LogUtc => _logUtc;

    /// <summary>Nov 23 09:08:01, local; a day below 10 after a space (RFC 3164 section 4.1.2).</summary>
    internal ReadOnlySpan<byte> Syslog => _syslog;

    /// <summary>2026-11-23T09:08:01, local.</summary>
    internal ReadOnlySpan<byte> Iso => _iso;

    /// <summary>+0100</summary>
    internal ReadOnlySpan<byte> LogZone => _logZone;

    /// <summary>+01:00</summary>
    internal ReadOnlySpan<byte> IsoZone => _isoZone;

    /// <param name="unixSeconds">A date of the years 1 to 9999; others are shown as the nearest of these.</param>
    /// <param name="zone">What "local" means.</param>
    internal void Fill(long unixSeconds, TimeZoneInfo zone)
    {
        DateTime utc = FromUnix(unixSeconds);
        int offsetMinutes = (int)(zone.GetUtcOffset(utc).Ticks / TimeSpan.TicksPerMinute);
        DateTime local = FromUnix(unixSeconds + (offsetMinutes * 60L));
        FillLogDate(utc, _logUtc);
        FillLogDate(local, _logLocal);
        FillSyslogDate(local, _syslog);
        FillIsoDate(local, _iso);
        FillZone(offsetMinutes);
        UnixSeconds = unixSeconds;
    }

    private static DateTime FromUnix(long unixSeconds)
    {
        const long First = -62_135_596_800;
        const long Last = 253_402_300_799;
        return DateTime.UnixEpoch.AddTicks(Math.Clamp(unixSeconds, First, Last) * TimeSpan.TicksPerSecond);
    }

    private static void FillLogDate(DateTime date, Span<byte> text)
    {
        WriteDigits(date.Day, text[..2]);
        text[2] = (byte)'/';
        WriteMonth(date.Month, text[3..]);
        text[6] = (byte)'/';
        WriteDigits(date.Year, text[7..11]);
        text[11] = (byte)':';
        WriteTime(date, text[12..]);
    }

    private static void FillSyslogDate(DateTime date, Span<byte> text)
    {
        WriteMonth(date.Month, text);
        text[3] = (byte)' ';
        WriteDigits(date.Day, text[4..6]);
        if (date.Day < 10) text[4] = (byte)' ';
        text[6] = (byte)' ';
        WriteTime(date, text[7..]);
    }

    private static void FillIsoDate(DateTime date, Span<byte> text)
    {
        WriteDigits(date.Year, text[..4]);
        text[4] = (byte)'-';
        WriteDigits(date.Month, text[5..7]);
        text[7] = (byte)'-';
        WriteDigits(date.Day, text[8..10]);
        text[10] = (byte)'T';
        WriteTime(date, text[11..]);
    }

    private static void WriteTime(DateTime date, Span<byte> text)
    {
        WriteDigits(date.Hour, text[..2]);
        text[2] = (byte)':';
        WriteDigits(date.Minute, text[3..5]);
        text[5] = (byte)':';
        WriteDigits(date.Second, text[6..8]);
    }

    private static void WriteMonth(int month, Span<byte> text) =>
        MonthNames.Slice(3 * (month - 1), 3).CopyTo(text);

    private static void WriteDigits(int value, Span<byte> text)
    {
        for (int place = text.Length - 1; place >= 0; place--)
        {
            text[place] = (byte)('0' + (value % 10));
            value /= 10;
        }
    }

    private void FillZone(int offsetMinutes)
    {
        (int hours, int minutes) = Math.DivRem(Math.Abs(offsetMinutes), 60);
        _logZone[0] = _isoZone[0] = (byte)(offsetMinutes < 0 ? '-' : '+');
        WriteDigits(hours, _logZone.AsSpan(1, 2));
        WriteDigits(minutes, _logZone.AsSpan(3, 2));
        WriteDigits(hours, _isoZone.AsSpan(1, 2));
        _isoZone[3] = (byte)':';
        WriteDigits(minutes, _isoZone.AsSpan(4, 2));
    }
}
