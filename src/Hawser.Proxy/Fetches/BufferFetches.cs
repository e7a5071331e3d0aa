using System;
using Hawser.Expressions.Compilation;
using Hawser.Expressions.Samples;
using Hawser.Proxy.Logging;
using Hawser.Proxy.Streams;
using Ascii = Hawser.Base.Bytes.Ascii;

namespace Hawser.Proxy.Fetches;

/// <summary>
/// The bytes that wait in a session's buffers (manual, section 7.3.5). They come from strangers: everything is bounded
/// by what is there.
/// </summary>
internal static class BufferFetches
{
    private static readonly ArgumentSignature s_range = ArgumentSignature.Required(ArgumentType.Integer, ArgumentType.Integer);
    private static readonly ArgumentSignature s_lengthValue =
        ArgumentSignature.Of(2, ArgumentType.Integer, ArgumentType.Integer, ArgumentType.Text);

    public static FetchRow[] Rows { get; } =
    [
        Length("req.len", FetchContexts.RequestBuffer, ofResponse: false, "1.5"),
        Length("req_len", FetchContexts.RequestBuffer, ofResponse: false, "1.3"),
        Length("res.len", FetchContexts.ResponseBuffer, ofResponse: true, "1.5"),
        Payload("req.payload", FetchContexts.RequestBuffer, static _ => false, "1.5"),
        Payload("res.payload", FetchContexts.ResponseBuffer, static _ => true, "1.5"),
        Payload("payload", FetchContexts.AnyBuffer, IsResponse, "1.3"),
        LengthValue("req.payload_lv", FetchContexts.RequestBuffer, static _ => false, "1.5"),
        LengthValue("res.payload_lv", FetchContexts.ResponseBuffer, static _ => true, "1.5"),
        LengthValue("payload_lv", FetchContexts.AnyBuffer, IsResponse, "1.3"),
        Cookie("req.rdp_cookie", "1.5"),
        Cookie("rdp_cookie", "1.3"),
        CookieCount("req.rdp_cookie_cnt", "1.5"),
        CookieCount("rdp_cookie_cnt", "1.3"),
        new("wait_end", ArgumentSignature.None, SampleType.Boolean, FetchContexts.Running, WaitEnd, "1.3", "true when waiting for data is over"),
    ];

    private static FetchRow Length(string name, FetchContexts contexts, bool ofResponse, string since) =>
        new(name, ArgumentSignature.None, SampleType.Integer, contexts,
            (SampleSource source, Arguments _, ref Sample sample) =>
            {
                sample.SetInteger(Bytes(source, ofResponse).Length);
                sample.MayChange = true;
                return true;
            },
            since,
            "bytes in the buffer");

    private static FetchRow Payload(string name, FetchContexts contexts, Func<SampleSource, bool> ofResponse, string since) =>
        new(name, s_range, SampleType.Binary, contexts,
            (SampleSource source, Arguments arguments, ref Sample sample) =>
                !IsOfHttp(source) && Take(Bytes(source, ofResponse(source)), arguments.Integer(0), arguments.Integer(1), ref sample),
            since,
            "bytes of the buffer from an offset; 0 for all that follow")
        {
            Prepare = static (arguments, _) => arguments.Integer(0) < 0 || arguments.Integer(1) < 0
                ? "payload offset and length cannot be negative" : null,
        };

    private static FetchRow LengthValue(string name, FetchContexts contexts, Func<SampleSource, bool> ofResponse, string since) =>
        new(name, s_lengthValue, SampleType.Binary, contexts,
            (SampleSource source, Arguments arguments, ref Sample sample) =>
                !IsOfHttp(source) && TakeLengthValue(Bytes(source, ofResponse(source)), arguments, ref sample),
            since,
            "bytes of the buffer whose number stands in it")
        {
            Prepare = PrepareLengthValue,
        };

    /// <summary>In mode http the bytes belong to messages, and what lies in the buffer is not what came: no value.</summary>
    private static bool IsOfHttp(SampleSource source) => SessionRows.SessionOf(source) is { Http: not null };

    /// <summary>All that is asked for, or nothing yet.</summary>
    private static bool Take(ReadOnlySpan<byte> bytes, long offset, long length, ref Sample sample)
    {
        sample.MayChange = length == 0 || offset + length > bytes.Length;
        if (offset > bytes.Length || length > bytes.Length - offset) return false;
        if (length == 0 && offset == bytes.Length) return false;
        sample.SetBinary(length == 0 ? bytes[(int)offset..] : bytes.Slice((int)offset, (int)length));
        return true;
    }

    private static string? PrepareLengthValue(Arguments arguments, CompileContext context)
    {
        if (arguments.Integer(0) < 0) return "payload offset1 cannot be negative";
        if (arguments.Integer(1) is < 1 or > 8) return "payload length cannot be null or greater than 8 bytes";
        string second = arguments.String(2);
        bool isRelative = second.StartsWith('+') || second.StartsWith('-');
        _ = SampleCasts.TryParseInteger(arguments.Text(2), out long offset);
        long after = arguments.Integer(0) + arguments.Integer(1);
        if (second.Length == 0) arguments.Prepared = after;
        else arguments.Prepared = isRelative ? after + offset : offset;
        return (long)arguments.Prepared < 0 ? "payload offset2 too negative" : null;
    }

    private static bool TakeLengthValue(ReadOnlySpan<byte> bytes, Arguments arguments, ref Sample sample)
    {
        long at = arguments.Integer(0);
        long width = arguments.Integer(1);
        sample.MayChange = true;
        if (at + width > bytes.Length) return false;
        ulong length = 0;
        foreach (byte value in bytes.Slice((int)at, (int)width)) length = (length << 8) | value;
        if (length == 0 || length > int.MaxValue) return false;
        return Take(bytes, (long)arguments.Prepared!, (long)length, ref sample);
    }

    private static FetchRow Cookie(string name, string since) =>
        new(name, ArgumentSignature.Optional(ArgumentType.Text), SampleType.String, FetchContexts.RequestBuffer,
            static (SampleSource source, Arguments arguments, ref Sample sample) =>
            {
                bool isFound = TryFindCookie(Bytes(source, false), arguments.Text(0), out bool mayChange, out ReadOnlySpan<byte> value);
                sample.MayChange = mayChange;
                sample.SetString(value);
                return isFound;
            },
            since,
            "the cookie of an RDP client");

    private static FetchRow CookieCount(string name, string since) =>
        new(name, ArgumentSignature.Optional(ArgumentType.Text), SampleType.Integer, FetchContexts.RequestBuffer,
            static (SampleSource source, Arguments arguments, ref Sample sample) =>
            {
                bool isFound = TryFindCookie(Bytes(source, false), arguments.Text(0), out bool mayChange, out _);
                sample.MayChange = mayChange;
                sample.SetInteger(isFound ? 1 : 0);
                return isFound || !sample.MayChange;
            },
            since,
            "how many cookies an RDP client sent: 0 or 1");

    /// <summary>
    /// A TPKT header, an X.224 connection request, and then <c>Cookie: name=value</c> with a line's end (MS-RDPBCGR,
    /// section 2.2.1.1).
    /// </summary>
    private static bool TryFindCookie(
        ReadOnlySpan<byte> bytes, scoped ReadOnlySpan<byte> name, out bool mayChange, out ReadOnlySpan<byte> value)
    {
        const int CookieAt = 11;
        ReadOnlySpan<byte> field = "Cookie: "u8;
        value = default;
        mayChange = true;
        if (bytes.Length < CookieAt + field.Length) return false;
        mayChange = false;
        bool looksLikeIt = bytes[0] == 3 && bytes[5] == 0xE0 && bytes[6] == 0 && bytes[7] == 0 && bytes[8] == 0 && bytes[9] == 0;
        if (!looksLikeIt) return false;
        int packet = (bytes[2] << 8) | bytes[3];
        ReadOnlySpan<byte> rest = bytes[CookieAt..Math.Min(Math.Max(packet, CookieAt), bytes.Length)];
        if (!Ascii.StartsWithIgnoreCase(rest, field[..Math.Min(field.Length, rest.Length)])) return false;
        int end = rest.IndexOf("\r\n"u8);
        if (end < 0)
        {
            mayChange = bytes.Length < packet;
            return false;
        }

        ReadOnlySpan<byte> pair = rest[field.Length..end];
        int equals = pair.IndexOf((byte)'=');
        if (equals < 0 || (!name.IsEmpty && !Ascii.EqualsIgnoreCase(pair[..equals], name))) return false;
        value = pair[(equals + 1)..];
        return true;
    }

    private static bool WaitEnd(SampleSource source, Arguments arguments, ref Sample sample)
    {
        sample.SetBoolean(source.IsFinal);
        sample.MayChange = !source.IsFinal;
        return source.IsFinal;
    }

    /// <summary>Whether the rules that run are those of the response: the direction of what has no direction in its name.</summary>
    internal static bool IsResponse(SampleSource source) =>
        SessionRows.SessionOf(source) is { Phase: >= SessionPhase.Forward };

    internal static ReadOnlySpan<byte> Bytes(SampleSource source, bool ofResponse) =>
        ofResponse ? ((SessionLogSource)source).Response : ((SessionLogSource)source).Request;
}
