using System;
using System.Globalization;
using System.Text;
using CsCheck;
using Hawser.Base.Bytes;
using Hawser.Base.Time;
using Xunit;

namespace Hawser.Tests.Base.Time;

public class DateTextsTests
{
    // Written by HAProxy 3.5-dev5 under a set clock.
    [Theory]
    [InlineData(1767517384941000, 0, "04/Jan/2026:09:03:04.941|04/Jan/2026:09:03:04 +0000|04/Jan/2026:09:03:04 +0000|Jan  4 09:03:04")]
    [InlineData(1772323200171000, 60, "01/Mar/2026:01:00:00.171|01/Mar/2026:00:00:00 +0000|01/Mar/2026:01:00:00 +0100|Mar  1 01:00:00")]
    [InlineData(951782399685000, 0, "28/Feb/2000:23:59:59.685|28/Feb/2000:23:59:59 +0000|28/Feb/2000:23:59:59 +0000|Feb 28 23:59:59")]
    [InlineData(1711849500924000, 345, "31/Mar/2024:07:30:00.924|31/Mar/2024:01:45:00 +0000|31/Mar/2024:07:30:00 +0545|Mar 31 07:30:00")]
    [InlineData(1795426634760000, -210, "23/Nov/2026:06:07:14.760|23/Nov/2026:09:37:14 +0000|23/Nov/2026:06:07:14 -0330|Nov 23 06:07:14")]
    public void Dates_are_those_of_haproxy(long microseconds, int offsetMinutes, string expected)
    {
        DateTexts dates = new(Zone(offsetMinutes));
        Assert.Equal(expected, Write(dates, new UnixTime(microseconds), (DateTexts texts, ref ByteWriter writer, UnixTime time) =>
            texts.TryWriteLocal(ref writer, time) && writer.TryWrite((byte)'|')
            && texts.TryWriteUtc(ref writer, time) && writer.TryWrite((byte)'|')
            && texts.TryWriteLocalWithZone(ref writer, time) && writer.TryWrite((byte)'|')
            && texts.TryWriteSyslog(ref writer, time)));
    }

    [Theory]
    [InlineData(1767517385053057, 0, "2026-01-04T09:03:05.053057+00:00")]
    [InlineData(1711849501037766, 345, "2024-03-31T07:30:01.037766+05:45")]
    [InlineData(1795426634760719, -210, "2026-11-23T06:07:14.760719-03:30")]
    public void Iso_dates_are_those_of_haproxy(long microseconds, int offsetMinutes, string expected) =>
        Assert.Equal(expected, WriteIso(new DateTexts(Zone(offsetMinutes)), new UnixTime(microseconds)));

    [Fact]
    public void The_offset_follows_the_zones_rules()
    {
        DateTexts dates = new(TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));
        Assert.Equal("2026-03-29T01:59:59.000000+01:00", WriteIso(dates, new UnixTime(1774745999_000000)));
        Assert.Equal("2026-03-29T03:00:00.000000+02:00", WriteIso(dates, new UnixTime(1774746000_000000)));
        Assert.Equal("2026-03-29T01:59:59.999999+01:00", WriteIso(dates, new UnixTime(1774745999_999999)));
    }

    [Fact]
    public void Every_time_is_shown_as_the_library_shows_it()
    {
        // One object for all of them, so that remembered seconds are hit, displaced and filled again.
        DateTexts dates = new(Zone(-210));
        Gen<long> seconds = Gen.OneOf(Gen.Long[0, 40], Gen.Long[-62_135_596_800 + 86_400, 253_402_300_799 - 86_400]);
        Gen.Select(seconds, Gen.Long[0, 999_999]).Sample(
            (second, microsecond) =>
            {
                DateTimeOffset time = DateTimeOffset.FromUnixTimeSeconds(second).ToOffset(TimeSpan.FromMinutes(-210));
                string expected = time.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture)
                    + $".{microsecond:D6}-03:30";
                Assert.Equal(expected, WriteIso(dates, new UnixTime((second * 1_000_000) + microsecond)));
            },
            threads: 1);
    }

    [Fact]
    public void Without_room_nothing_is_written()
    {
        DateTexts dates = new(TimeZoneInfo.Utc);
        byte[] room = new byte[40];
        for (int size = 0; size < 24; size++)
        {
            ByteWriter writer = new(room.AsSpan(0, size));
            Assert.False(dates.TryWriteLocal(ref writer, default));
            Assert.False(dates.TryWriteUtc(ref writer, default));
            Assert.False(dates.TryWriteLocalWithZone(ref writer, default));
            Assert.False(dates.TryWriteIso(ref writer, default));
            Assert.Equal(size >= 15, dates.TryWriteSyslog(ref writer, default));
            Assert.Equal(size >= 15 ? 15 : 0, writer.Position);
        }
    }

    [Fact]
    public void Lines_allocate_nothing()
    {
        DateTexts dates = new(TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));
        byte[] room = new byte[40];
        WriteMany(dates, room, 1_774_000_000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        WriteMany(dates, room, 1_774_000_500);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private delegate bool Form(DateTexts dates, ref ByteWriter writer, UnixTime time);

    private static void WriteMany(DateTexts dates, byte[] room, long firstSecond)
    {
        for (long second = firstSecond; second < firstSecond + 100; second++)
        {
            ByteWriter writer = new(room);
            dates.TryWriteIso(ref writer, new UnixTime(second * 1_000_000));
        }
    }

    private static string WriteIso(DateTexts dates, UnixTime time) =>
        Write(dates, time, (DateTexts texts, ref ByteWriter writer, UnixTime at) => texts.TryWriteIso(ref writer, at));

    private static string Write(DateTexts dates, UnixTime time, Form form)
    {
        ByteWriter writer = new(stackalloc byte[128]);
        Assert.True(form(dates, ref writer, time));
        return Encoding.ASCII.GetString(writer.Written);
    }

    private static TimeZoneInfo Zone(int offsetMinutes) =>
        TimeZoneInfo.CreateCustomTimeZone("test", TimeSpan.FromMinutes(offsetMinutes), null, null);
}
