using System;
using System.Text;
using Hawser.Base.Bytes;
using Hawser.Base.Time;
using Hawser.Expressions.Compilation;
using Hawser.Expressions.Samples;

namespace Hawser.Expressions.Converters;

/// <summary>Seconds, milliseconds and microseconds since 1970 as dates, and dates of HTTP as seconds.</summary>
public static class DateConverters
{
    /// <summary>HAProxy keeps the lower 55 bits of a number of seconds, so that a year always fits its fields.</summary>
    private const long SecondsMask = (1L << 55) - 1;

    public static ConverterRow[] Rows { get; } =
    [
        new("date", ArgumentSignature.None, SampleType.String, SampleType.Integer, FromText, "3.1", "an HTTP date as seconds since 1970"),
        new(
            "http_date",
            ArgumentSignature.Optional(ArgumentType.Integer, ArgumentType.Text),
            SampleType.Integer,
            SampleType.String,
            ToHttpDate,
            "1.5",
            "a date for an HTTP header")
        {
            Prepare = PrepareUnit,
        },
        Row("utime", 1, false, "1.6", "seconds as a date in UTC, after strftime(3)"),
        Row("ltime", 1, true, "1.6", "seconds as a date in local time, after strftime(3)"),
        Row("ms_utime", 1_000, false, "2.9", "milliseconds as a date in UTC, after strftime(3)"),
        Row("ms_ltime", 1_000, true, "2.9", "milliseconds as a date in local time, after strftime(3)"),
        Row("us_utime", 1_000_000, false, "2.9", "microseconds as a date in UTC, after strftime(3)"),
        Row("us_ltime", 1_000_000, true, "2.9", "microseconds as a date in local time, after strftime(3)"),
    ];

    private sealed record Unit(int PerSecond);

    /// <summary>
    /// The offset is in seconds in all of them: that is what HAProxy 3.5 does, whatever its manual says of the ones in
    /// milliseconds and microseconds.
    /// </summary>
    private static ConverterRow Row(string name, int unitsPerSecond, bool isLocal, string since, string description)
    {
        bool Evaluate(SampleSource source, Arguments arguments, ref Sample sample)
        {
            long seconds = FloorDivide(sample.Integer, unitsPerSecond, out long rest);
            seconds = unchecked(seconds + arguments.Integer(1));
            if (unitsPerSecond == 1) seconds &= SecondsMask;
            int nanoseconds = unitsPerSecond == 1 ? -1 : (int)(rest * (1_000_000_000 / unitsPerSecond));
            Span<byte> room = stackalloc byte[64];
            int offset = 0;
            scoped ReadOnlySpan<byte> zoneName = "GMT"u8;
            if (isLocal) zoneName = LocalZone(source.Zone, seconds, room, out offset);
            Span<byte> result = source.Scratch.Take(default);
            if (!DateFormat.TryWrite(arguments.Text(0), seconds, nanoseconds, offset, zoneName, result, out int length))
                return false;
            sample.SetString(result[..length]);
            return true;
        }

        return new ConverterRow(
            name,
            ArgumentSignature.Of(1, ArgumentType.Text, ArgumentType.Integer),
            SampleType.Integer,
            SampleType.String,
            Evaluate,
            since,
            description)
        {
            ReadsSource = isLocal,
        };
    }

    private static ReadOnlySpan<byte> LocalZone(TimeZoneInfo zone, long seconds, Span<byte> room, out int offset)
    {
        const long First = -62_135_596_800;
        const long Last = 253_402_300_799;
        DateTime utc = DateTime.UnixEpoch.AddTicks(Math.Clamp(seconds, First, Last) * TimeSpan.TicksPerSecond);
        offset = (int)(zone.GetUtcOffset(utc).Ticks / TimeSpan.TicksPerSecond);
        if (ReferenceEquals(zone, TimeZoneInfo.Utc)) return "UTC"u8;
        string name = zone.IsDaylightSavingTime(utc) ? zone.DaylightName : zone.StandardName;
        return Encoding.UTF8.TryGetBytes(name, room, out int length) ? room[..length] : default;
    }

    private static string? PrepareUnit(Arguments arguments, CompileContext context)
    {
        int perSecond = arguments.String(1) switch { "" or "s" => 1, "ms" => 1_000, "us" => 1_000_000, _ => 0 };
        arguments.Prepared = new Unit(perSecond);
        return perSecond == 0 ? $"expects 's', 'ms' or 'us', got '{arguments.String(1)}'" : null;
    }

    /// <summary>RFC 9110 section 5.6.7; the fraction of a second is written without leading zeroes, as HAProxy does.</summary>
    private static bool ToHttpDate(SampleSource source, Arguments arguments, ref Sample sample)
    {
        int perSecond = ((Unit)arguments.Prepared!).PerSecond;
        long seconds = FloorDivide(unchecked(sample.Integer + arguments.Integer(0)), perSecond, out long fraction);
        ByteWriter writer = new(source.Scratch.Take(default));
        bool fits = DateFormat.TryWrite("%a, %d %b %Y %T"u8, seconds & SecondsMask, -1, 0, default, writer.Room, out int length);
        writer.Advance(length);
        fits &= perSecond == 1 || (writer.TryWrite((byte)'.') && writer.TryWriteDecimal(fraction));
        fits &= writer.TryWrite(" GMT"u8);
        sample.SetString(writer.Written);
        return fits;
    }

    private static bool FromText(SampleSource source, Arguments arguments, ref Sample sample)
    {
        if (!HttpDate.TryParse(sample.Bytes, out long seconds)) return false;
        sample.SetInteger(seconds);
        return true;
    }

    private static long FloorDivide(long value, int divisor, out long rest)
    {
        long quotient = Math.DivRem(value, divisor, out rest);
        if (rest >= 0) return quotient;
        rest += divisor;
        return quotient - 1;
    }
}
