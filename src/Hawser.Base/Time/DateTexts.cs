using System;
using Hawser.Base.Bytes;

namespace Hawser.Base.Time;

/// <summary>
/// Dates as HAProxy's log lines and syslog headers show them. Most lines of a busy proxy fall into the same few
/// seconds, so the calendar is asked once per second and then copied. One per event loop; not thread-safe, allocates
/// nothing after construction.
/// </summary>
/// <param name="zone">
/// The local time zone; the composition root gives the system's, tests and the simulator one of their own.
/// </param>
public sealed class DateTexts(TimeZoneInfo zone)
{
    // A header shows "now" and the line behind it the session's start: neighbouring seconds must not displace each other.
    private const int RememberedSeconds = 8;

    private readonly CalendarSecond[] _seconds = CreateSeconds();

    /// <summary>%t and %tr: <c>23/Nov/2026:09:08:01.123</c>, local.</summary>
    /// <returns>False, with nothing written, when there is no room; as all methods here.</returns>
    public bool TryWriteLocal(ref ByteWriter writer, UnixTime time)
    {
        int start = writer.Position;
        return (writer.TryWrite(SecondOf(time).LogLocal)
            && writer.TryWrite((byte)'.')
            && writer.TryWritePadded(SubsecondMicroseconds(time) / 1000, 3)) || Undo(ref writer, start);
    }

    /// <summary>%T and %trg: <c>23/Nov/2026:08:08:01 +0000</c>, UTC.</summary>
    public bool TryWriteUtc(ref ByteWriter writer, UnixTime time)
    {
        int start = writer.Position;
        return (writer.TryWrite(SecondOf(time).LogUtc) && writer.TryWrite(" +0000"u8)) || Undo(ref writer, start);
    }

    /// <summary>%Tl and %trl: <c>23/Nov/2026:09:08:01 +0100</c>, local.</summary>
    public bool TryWriteLocalWithZone(ref ByteWriter writer, UnixTime time)
    {
        int start = writer.Position;
        CalendarSecond second = SecondOf(time);
        return (writer.TryWrite(second.LogLocal)
            && writer.TryWrite((byte)' ')
            && writer.TryWrite(second.LogZone)) || Undo(ref writer, start);
    }

    /// <summary>The date of RFC 3164 section 4.1.2: <c>Nov 23 09:08:01</c>, local, <c>Nov  3</c> for a single digit.</summary>
    public bool TryWriteSyslog(ref ByteWriter writer, UnixTime time) => writer.TryWrite(SecondOf(time).Syslog);

    /// <summary>The date of RFC 5424 section 6.2.3: <c>2026-11-23T09:08:01.123456+01:00</c>, local.</summary>
    public bool TryWriteIso(ref ByteWriter writer, UnixTime time)
    {
        int start = writer.Position;
        CalendarSecond second = SecondOf(time);
        return (writer.TryWrite(second.Iso)
            && writer.TryWrite((byte)'.')
            && writer.TryWritePadded(SubsecondMicroseconds(time), 6)
            && writer.TryWrite(second.IsoZone)) || Undo(ref writer, start);
    }

    private static bool Undo(ref ByteWriter writer, int start)
    {
        writer.Rewind(start);
        return false;
    }

    private static CalendarSecond[] CreateSeconds()
    {
        CalendarSecond[] seconds = new CalendarSecond[RememberedSeconds];
        for (int index = 0; index < seconds.Length; index++) seconds[index] = new CalendarSecond();
        return seconds;
    }

    // A simulated clock may stand before 1970: rounded down, so that the fraction is never negative.
    private static long WholeSeconds(UnixTime time) => (time.Microseconds - SubsecondMicroseconds(time)) / 1_000_000;

    private static uint SubsecondMicroseconds(UnixTime time)
    {
        long rest = time.Microseconds % 1_000_000;
        return (uint)(rest < 0 ? rest + 1_000_000 : rest);
    }

    private CalendarSecond SecondOf(UnixTime time)
    {
        long unixSeconds = WholeSeconds(time);
        CalendarSecond second = _seconds[(int)((ulong)unixSeconds % RememberedSeconds)];
        if (second.UnixSeconds != unixSeconds) second.Fill(unixSeconds, zone);
        return second;
    }
}
