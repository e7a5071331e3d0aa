using System;
using Hawser.Base.Bytes;
using Hawser.Base.Network;

namespace Hawser.Protocols.ProxyProtocol;

/// <summary>
/// The text line of version 1 (specification, section 2.1). It is read to the letter of the specification, where
/// HAProxy is laxer in places: leading zeroes, an empty port and an IPv4 address of three numbers are invalid here,
/// and so is a port above 65535, which HAProxy takes for 0. Words after UNKNOWN are ignored, as the specification
/// demands, where HAProxy refuses them.
/// </summary>
public static class ProxyVersion1
{
    /// <summary>With both addresses and ports at their longest, and the line end.</summary>
    public const int MaxHeaderBytes = 107;

    internal static ReadOnlySpan<byte> Signature => "PROXY "u8;

    private static ReadOnlySpan<byte> TcpOverIPv4 => "TCP4"u8;

    private static ReadOnlySpan<byte> TcpOverIPv6 => "TCP6"u8;

    private static ReadOnlySpan<byte> Unknown => "UNKNOWN"u8;

    private static ReadOnlySpan<byte> LineEnd => "\r\n"u8;

    /// <summary>
    /// The line for a client at <paramref name="source"/> that connected to <paramref name="destination"/>. When one of
    /// them is IPv6 and the other IPv4, both are written as IPv6; a client without an IP address gives UNKNOWN.
    /// </summary>
    /// <returns>False, with nothing written, when there is no room.</returns>
    public static bool TryWrite(
        in NetworkAddress source, in NetworkAddress destination, Span<byte> room, out int bytesWritten)
    {
        ByteWriter writer = new(room);
        bool fits = writer.TryWrite(Signature);
        if (source.IsInternet && destination.IsInternet)
        {
            bool isIPv4 = source.Family == AddressFamily.IPv4 && destination.Family == AddressFamily.IPv4;
            fits = fits
                && writer.TryWrite(isIPv4 ? TcpOverIPv4 : TcpOverIPv6)
                && TryWriteAddress(ref writer, isIPv4 ? source : source.ToIPv6())
                && TryWriteAddress(ref writer, isIPv4 ? destination : destination.ToIPv6())
                && writer.TryWrite((byte)' ') && writer.TryWriteDecimal((ulong)source.Port)
                && writer.TryWrite((byte)' ') && writer.TryWriteDecimal((ulong)destination.Port);
        }
        else
        {
            fits = fits && writer.TryWrite(Unknown);
        }

        fits = fits && writer.TryWrite(LineEnd);
        bytesWritten = fits ? writer.Position : 0;
        return fits;
    }

    internal static ProxyHeaderResult Parse(ReadOnlySpan<byte> received, out ProxyHeader header)
    {
        header = default;
        ProxyHeaderResult signature = ProxyHeaderParser.MatchSignature(received, Signature);
        if (signature != ProxyHeaderResult.Ok) return signature;

        ReadOnlySpan<byte> window = received[..Math.Min(received.Length, MaxHeaderBytes)];
        int end = window.IndexOfAny((byte)'\r', (byte)'\n');
        if (end < 0 || end == window.Length - 1)
        {
            bool mayContinue = window.Length < MaxHeaderBytes && (end < 0 || window[end] == '\r');
            if (mayContinue) return ProxyHeaderResult.NeedMore;
            return end >= 0 || NamesFamily(window[Signature.Length..]) ? ProxyHeaderResult.Invalid : ProxyHeaderResult.UnhandledProtocol;
        }

        if (!window[end..].StartsWith(LineEnd)) return ProxyHeaderResult.Invalid;
        return ParseLine(window[Signature.Length..end], end + LineEnd.Length, out header);
    }

    private static bool NamesFamily(ReadOnlySpan<byte> words) =>
        words.StartsWith("TCP4 "u8) || words.StartsWith("TCP6 "u8) || words.StartsWith(Unknown);

    private static ProxyHeaderResult ParseLine(ReadOnlySpan<byte> words, int lengthBytes, out ProxyHeader header)
    {
        header = default;
        if (words.SequenceEqual(Unknown) || words.StartsWith("UNKNOWN "u8))
        {
            header = new ProxyHeader { LengthBytes = lengthBytes, Version = 1, Command = ProxyCommand.Proxy };
            return ProxyHeaderResult.Ok;
        }

        ByteCursor cursor = new(words);
        AddressFamily family =
            cursor.TryTake("TCP4 "u8) ? AddressFamily.IPv4 :
            cursor.TryTake("TCP6 "u8) ? AddressFamily.IPv6 : AddressFamily.Unspecified;
        if (family == AddressFamily.Unspecified) return ProxyHeaderResult.UnhandledProtocol;
        if (!TryReadAddress(ref cursor, family, out NetworkAddress source)
            || !TryReadAddress(ref cursor, family, out NetworkAddress destination)
            || !cursor.TryReadUntil((byte)' ', out ReadOnlySpan<byte> sourcePort)
            || !TryParsePort(sourcePort, out ushort sourcePortNumber)
            || !TryParsePort(cursor.Remaining, out ushort destinationPortNumber))
            return ProxyHeaderResult.Invalid;

        header = new ProxyHeader
        {
            LengthBytes = lengthBytes,
            Version = 1,
            Command = ProxyCommand.Proxy,
            Source = source.WithPort(sourcePortNumber),
            Destination = destination.WithPort(destinationPortNumber),
        };
        return ProxyHeaderResult.Ok;
    }

    private static bool TryReadAddress(ref ByteCursor cursor, AddressFamily family, out NetworkAddress address)
    {
        address = default;
        return cursor.TryReadUntil((byte)' ', out ReadOnlySpan<byte> text)
            && NetworkAddress.TryParse(text, out address)
            && address.Family == family;
    }

    private static bool TryParsePort(ReadOnlySpan<byte> text, out ushort port) =>
        Ascii.TryParseUnsigned(text, out port) && (text.Length == 1 || text[0] != '0');

    private static bool TryWriteAddress(ref ByteWriter writer, in NetworkAddress address)
    {
        if (!writer.TryWrite((byte)' ')) return false;
        if (!address.TryFormatAddress(writer.Room, out int written)) return false;
        writer.Advance(written);
        return true;
    }
}
