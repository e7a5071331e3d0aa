using System;
using Hawser.Base.Bytes;
using Hawser.Base.Network;
using Hawser.Expressions.Compilation;
using Hawser.Expressions.Converters;
using Hawser.Expressions.Samples;
using Hawser.Protocols.Http;
using Hawser.Proxy.Logging;
using Ascii = Hawser.Base.Bytes.Ascii;

namespace Hawser.Proxy.Streams.Http;

/// <summary>
/// "option forwarded" (manual, section 4.2): what this proxy knows of the request's way, in the Forwarded header of RFC
/// 7239. Immutable.
/// </summary>
public sealed class ForwardedHeader
{
    /// <summary>The longest value that is made; what would be longer is not added.</summary>
    private const int ValueBytesMaximum = 1024;

    public required bool HasProtocol { get; init; }

    public required ForwardedPart Host { get; init; }

    public required ForwardedPart By { get; init; }

    public required ForwardedPart ByPort { get; init; }

    public required ForwardedPart For { get; init; }

    public required ForwardedPart ForPort { get; init; }

    /// <summary>
    /// Behind the last Forwarded field when all that are there are valid ones; as a field of its own otherwise, so that
    /// what is wrong spoils nothing.
    /// </summary>
    /// <returns>False when there is no room.</returns>
    public bool TryAdd(SessionLogSource source, HttpMessage message)
    {
        Span<byte> buffer = stackalloc byte[ValueBytesMaximum];
        int last = LastIfValid(message);
        int before = last < 0 ? 0 : message.ValueOf(last).Length + 1;
        if (before >= buffer.Length) (last, before) = (-1, 0);
        if (last >= 0)
        {
            message.ValueOf(last).CopyTo(buffer);
            buffer[before - 1] = (byte)',';
        }

        ByteWriter writer = new(buffer[before..]);
        if (!TryWrite(source, message, ref writer)) return false;
        ReadOnlySpan<byte> value = buffer[..(before + writer.Position)];
        if (writer.Position == 0) return true;
        return last >= 0 ? message.TrySetValue(last, value) : message.TryAdd("forwarded"u8, value);
    }

    private static int LastIfValid(HttpMessage message)
    {
        int last = -1;
        for (int at = message.Find(FieldName.Forwarded); at >= 0; at = message.Find(FieldName.Forwarded, at + 1))
        {
            if (!IsValid(message.ValueOf(at))) return -1;
            last = at;
        }

        return last;
    }

    private static bool IsValid(ReadOnlySpan<byte> value)
    {
        while (true)
        {
            int length = 0;
            for (bool isQuoted = false; length < value.Length && (isQuoted || value[length] != ','); length++)
                isQuoted ^= value[length] == '"';
            if (!ForwardedGrammar.IsValid(Ascii.TrimBlanks(value[..length]))) return false;
            if (length == value.Length) return true;
            value = value[(length + 1)..];
        }
    }

    private bool TryWrite(SessionLogSource source, HttpMessage message, ref ByteWriter writer)
    {
        bool fits = !HasProtocol || writer.TryWrite("proto=http;"u8);
        if (fits && Host.IsWanted)
            fits = writer.TryWrite("host=\""u8) && TryWriteHost(source, message, ref writer) && writer.TryWrite("\";"u8);
        if (fits && By.IsWanted)
            fits = writer.TryWrite("by="u8) && TryWriteNode(source, By, ByPort, source.Record.FrontendAddress, ref writer);
        if (fits && For.IsWanted)
            fits = writer.TryWrite("for="u8) && TryWriteNode(source, For, ForPort, source.Record.Client, ref writer);
        // Each parameter has ended with a semicolon.
        if (fits && writer.Position > 0) writer.Rewind(writer.Position - 1);
        return fits;
    }

    private bool TryWriteHost(SessionLogSource source, HttpMessage message, ref ByteWriter writer)
    {
        if (Host.Expression is null)
        {
            int at = message.Find(FieldName.Host);
            ReadOnlySpan<byte> host = at < 0 ? default : message.ValueOf(at);
            return !ForwardedGrammar.IsHost(host) || writer.TryWrite(host);
        }

        Sample sample = default;
        return !Host.Expression.TryEvaluate(source, SampleType.String, ref sample)
            || !ForwardedGrammar.IsHost(sample.Bytes) || writer.TryWrite(sample.Bytes);
    }

    /// <summary>In quotes where a colon or a bracket is in it, as the RFC asks for.</summary>
    private static bool TryWriteNode(
        SessionLogSource source, ForwardedPart name, ForwardedPart port, in NetworkAddress own, ref ByteWriter writer)
    {
        int start = writer.Position;
        bool fits = writer.TryWrite((byte)'"') && TryWriteName(source, name, own, ref writer);
        int nameEnd = writer.Position;
        fits = fits && (!port.IsWanted || (writer.TryWrite((byte)':') && TryWritePort(source, port, own, ref writer)));
        if (!fits) return false;
        if (writer.Position == nameEnd + 1) writer.Rewind(nameEnd);
        Span<byte> written = writer.Written[start..];
        // In quotes also where there turns out to be no port, as HAProxy writes it.
        if (port.IsWanted || written[1..].Contains((byte)'[')) return writer.TryWrite("\";"u8);
        written[1..].CopyTo(written);
        writer.Rewind(writer.Position - 1);
        return writer.TryWrite((byte)';');
    }

    private static bool TryWriteName(SessionLogSource source, ForwardedPart name, in NetworkAddress own, ref ByteWriter writer)
    {
        if (name.Expression is null) return TryWriteAddress(own, ref writer);
        Sample sample = default;
        if (!name.Expression.TryEvaluate(source, ref sample)) return writer.TryWrite("unknown"u8);
        if (sample.IsAddress) return TryWriteAddress(sample.Address, ref writer);
        if (!SampleCasts.TryCast(ref sample, SampleType.String, source.Scratch)) return writer.TryWrite("unknown"u8);
        ReadOnlySpan<byte> text = sample.Bytes;
        if (ForwardedGrammar.TryNodeName(text, out NetworkAddress address))
            return address.IsInternet ? TryWriteAddress(address, ref writer) : writer.TryWrite(text);
        return !text.IsEmpty && ForwardedGrammar.IsIdentifier(text)
            ? writer.TryWrite((byte)'_') && writer.TryWrite(text)
            : writer.TryWrite("unknown"u8);
    }

    /// <summary>Nothing where there is none.</summary>
    private static bool TryWritePort(SessionLogSource source, ForwardedPart port, in NetworkAddress own, ref ByteWriter writer)
    {
        if (port.Expression is null) return !own.IsInternet || own.Port == 0 || writer.TryWriteDecimal((long)own.Port);
        Sample sample = default;
        if (!port.Expression.TryEvaluate(source, SampleType.String, ref sample)) return true;
        ReadOnlySpan<byte> text = sample.Bytes;
        if (ForwardedGrammar.IsPort(text)) return writer.TryWrite(text);
        if (text.IsEmpty || !ForwardedGrammar.IsIdentifier(text)) return true;
        return writer.TryWrite((byte)'_') && writer.TryWrite(text);
    }

    private static bool TryWriteAddress(in NetworkAddress address, ref ByteWriter writer)
    {
        if (!address.IsInternet) return writer.TryWrite("unknown"u8);
        bool isIPv6 = address.Family == AddressFamily.IPv6;
        if (isIPv6 && !writer.TryWrite((byte)'[')) return false;
        if (!address.TryFormatAddress(writer.Room, out int length)) return false;
        writer.Advance(length);
        return !isIPv6 || writer.TryWrite((byte)']');
    }
}

/// <summary>One parameter of the header: left out, of the connection, or of an expression.</summary>
public readonly record struct ForwardedPart(bool IsWanted, SampleExpression? Expression);
