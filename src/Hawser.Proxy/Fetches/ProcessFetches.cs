using System;
using System.Buffers.Binary;
using System.Globalization;
using Hawser.Base.Random;
using Hawser.Expressions.Compilation;
using Hawser.Expressions.Samples;
using Hawser.Io.Loop;
using Hawser.Proxy.Logging;
using Hawser.Proxy.Streams;

namespace Hawser.Proxy.Fetches;

/// <summary>The process and its loops (manual, section 7.3.2).</summary>
internal static class ProcessFetches
{
    private const int UuidBytes = 16;

    public static FetchRow[] Rows { get; } =
    [
        Constant("proc", 1, "1.5", "1: there is one process"),
        Constant("nbproc", 1, "1.5", "1: there is one process"),
        Constant("tgroup", 0, "3.3", "0: all threads are one group"),
        new("quic_enabled", ArgumentSignature.None, SampleType.Boolean, FetchContexts.Anywhere, static (SampleSource _, Arguments _, ref Sample _) => false, "3.0", "whether there is QUIC; no value, as in an haproxy that was built without"),
        SessionRows.Number("cpu_usage_grp", FetchContexts.Running, static s => Used(s), "3.3", "percent of its time that the process works: all threads are one group"),
        SessionRows.Number("cpu_usage_proc", FetchContexts.Running, static s => Used(s), "3.3", "percent of its time that the process works, averaged over its loops"),
        SessionRows.Number("cpu_usage_thr", FetchContexts.Running, static s => s.Loop.Load.PercentAt(s.Loop.WallClock), "3.3", "percent of its time that the session's loop works"),
        SessionRows.Number("thread", FetchContexts.Anywhere, static s => s.Loop.Index, "1.8", "the loop that serves the session, from 0"),
        SessionRows.Number("uptime", FetchContexts.Anywhere, static s => (s.Loop.WallClock.Microseconds - s.Home.Process.Started.Microseconds) / 1_000_000, "2.9", "seconds since the process began"),
        SessionRows.Flag("stopping", FetchContexts.Running, static s => s.Home.Process.IsStopping, "1.8", "whether a stop is under way"),
        new("rand", ArgumentSignature.Optional(ArgumentType.Integer), SampleType.Integer, FetchContexts.Anywhere, Random, "1.5", "a random number below the argument, or of 32 bits"),
        new("uuid", ArgumentSignature.Optional(ArgumentType.Integer), SampleType.String, FetchContexts.Anywhere, Uuid, "2.1", "a random UUID of version 4 or 7 (RFC 9562)")
        {
            Prepare = static (arguments, _) => arguments.Integer(0, 4) is 4 or 7
                ? null
                : string.Create(CultureInfo.InvariantCulture, $"Unsupported UUID version: '{arguments.Integer(0)}'"),
        },
    ];

    private static int Used(Session session) => LoopLoad.MeanAt(session.Loop.WallClock, session.Home.Process.Loads);

    private static FetchRow Constant(string name, long value, string since, string description) =>
        new(name, ArgumentSignature.None, SampleType.Integer, FetchContexts.Anywhere,
            (SampleSource _, Arguments _, ref Sample sample) =>
            {
                sample.SetInteger(value);
                return true;
            },
            since,
            description);

    /// <summary>As HAProxy scales it: the range is taken as 32 bits, 0 and below included.</summary>
    private static bool Random(SampleSource source, Arguments arguments, ref Sample sample)
    {
        if (SessionRows.SessionOf(source) is not { } session) return false;
        uint random = session.Home.Random.NextUInt32();
        sample.SetInteger(arguments.Count == 0 ? random : (long)(((ulong)random * unchecked((uint)arguments.Integer(0))) >> 32));
        return true;
    }

    private static bool Uuid(SampleSource source, Arguments arguments, ref Sample sample)
    {
        if ((SessionRows.SessionOf(source)?.Home.Random ?? ((SessionLogSource)source).Random) is not { } random) return false;
        Span<byte> bytes = stackalloc byte[UuidBytes];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, random.NextUInt64());
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], random.NextUInt64());
        int version = (int)arguments.Integer(0, 4);
        if (version == 7)
        {
            // 48 bits of milliseconds come first, so that they sort by time.
            Span<byte> time = stackalloc byte[8];
            BinaryPrimitives.WriteInt64BigEndian(time, source.Now.Milliseconds);
            time[2..].CopyTo(bytes);
        }

        bytes[6] = (byte)((version << 4) | (bytes[6] & 0x0F));
        bytes[8] = (byte)(0x80 | (bytes[8] & 0x3F));
        ReadOnlySpan<byte> digits = "0123456789abcdef"u8;
        Span<byte> text = source.Scratch.Take(default);
        int length = 0;
        for (int index = 0; index < UuidBytes; index++)
        {
            if (index is 4 or 6 or 8 or 10) text[length++] = (byte)'-';
            text[length++] = digits[bytes[index] >> 4];
            text[length++] = digits[bytes[index] & 15];
        }

        sample.SetString(text[..length]);
        return true;
    }
}
