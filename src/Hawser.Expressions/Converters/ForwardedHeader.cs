using System;
using Hawser.Base.Bytes;
using Hawser.Base.Network;
using Ascii = Hawser.Base.Bytes.Ascii;

namespace Hawser.Expressions.Converters;

/// <summary>
/// The grammar of RFC 7239 as HAProxy checks it: one element, parameters in lower case and each at most once, joined
/// by single semicolons, and nothing else around them.
/// </summary>
internal static class ForwardedHeader
{
    public enum Parameter
    {
        None,
        Protocol,
        Host,
        For,
        By,
    }

    /// <param name="wanted">The parameter whose value is asked for.</param>
    /// <param name="value">Its value without quotes; empty when it does not occur.</param>
    /// <returns>Whether all of the header is valid.</returns>
    public static bool TryParse(ReadOnlySpan<byte> header, Parameter wanted, out ReadOnlySpan<byte> value, out bool isFound)
    {
        value = default;
        isFound = false;
        int seen = 0;
        ByteCursor cursor = new(header);
        do
        {
            Parameter parameter = NameOf(ref cursor);
            if (parameter == Parameter.None || (seen & (1 << (int)parameter)) != 0 || cursor.IsAtEnd) return false;
            seen |= 1 << (int)parameter;
            if (!TryValue(ref cursor, parameter, out ReadOnlySpan<byte> found)) return false;
            if (parameter != wanted) continue;
            value = found;
            isFound = true;
        }
        while (cursor.TryTake(";"u8));

        return cursor.IsAtEnd;
    }

    /// <summary>
    /// A node: a name and, behind a colon, a port. What follows them is left over.
    /// </summary>
    public static bool TryNode(scoped ref ByteCursor cursor, out ForwardedNode node)
    {
        node = default;
        int start = cursor.Position;
        if (cursor.TryTake("unknown"u8))
        {
            node.Name = cursor.Taken[start..];
        }
        else if (cursor.TryTake("["u8))
        {
            if (!cursor.TryReadUntil((byte)']', out ReadOnlySpan<byte> text) || text.Contains((byte)'.')) return false;
            if (!NetworkAddress.TryParse(text, out NetworkAddress address) || address.Family != AddressFamily.IPv6) return false;
            node.Address = address;
        }
        else if (cursor.TryPeek(out byte first) && first == '_')
        {
            node.Name = Obfuscated(ref cursor);
            if (node.Name.Length < 2) return false;
        }
        else
        {
            int length = LengthOf(cursor.Remaining, static value => Ascii.IsDigit(value) || value == '.');
            if (!cursor.TryRead(length, out ReadOnlySpan<byte> text)) return false;
            if (!NetworkAddress.TryParse(text, out NetworkAddress address) || address.Family != AddressFamily.IPv4) return false;
            node.Address = address;
        }

        if (!cursor.TryTake(":"u8)) return true;
        bool isPort = TryPort(ref cursor, out int port, out ReadOnlySpan<byte> portName);
        node.Port = port;
        node.PortName = portName;
        return isPort;
    }

    /// <summary>What an obfuscated identifier is made of, behind its underscore.</summary>
    public static bool IsIdentifier(ReadOnlySpan<byte> text) => LengthOf(text, IsIdentifierByte) == text.Length;

    public static Parameter ParameterOf(ReadOnlySpan<byte> name)
    {
        ByteCursor cursor = new(name);
        Parameter parameter = cursor.TryTake("proto"u8) ? Parameter.Protocol
            : cursor.TryTake("host"u8) ? Parameter.Host
            : cursor.TryTake("for"u8) ? Parameter.For
            : cursor.TryTake("by"u8) ? Parameter.By
            : Parameter.None;
        return cursor.IsAtEnd ? parameter : Parameter.None;
    }

    private static Parameter NameOf(scoped ref ByteCursor cursor) =>
        cursor.TryReadUntil((byte)'=', out ReadOnlySpan<byte> name) ? ParameterOf(name) : Parameter.None;

    private static bool TryValue(scoped ref ByteCursor cursor, Parameter parameter, out ReadOnlySpan<byte> value)
    {
        bool isQuoted = cursor.TryTake("\""u8);
        int start = cursor.Position;
        bool isValid = parameter switch
        {
            Parameter.Protocol => !isQuoted && (cursor.TryTake("https"u8) || cursor.TryTake("http"u8)),
            Parameter.Host => TryHost(ref cursor, isQuoted),
            _ => TryNode(ref cursor, out _) && (isQuoted || cursor.Taken[start..].IndexOfAny((byte)':', (byte)'[') < 0),
        };
        value = cursor.Taken[start..];
        return isValid && (!isQuoted || cursor.TryTake("\""u8));
    }

    /// <summary>A host name or an address, with a port if quoted. As in HAProxy, a name with a hyphen is none.</summary>
    internal static bool TryHost(scoped ref ByteCursor cursor, bool isQuoted)
    {
        if (isQuoted && cursor.TryTake("["u8))
        {
            if (!cursor.TryReadUntil((byte)']', out ReadOnlySpan<byte> text)) return false;
            if (!NetworkAddress.TryParse(text, out NetworkAddress address) || address.Family != AddressFamily.IPv6) return false;
        }
        else
        {
            _ = cursor.TrySkip(LengthOf(cursor.Remaining, static value => Ascii.IsAlphaNumeric(value) || value == '.'));
        }

        if (!isQuoted || !cursor.TryTake(":"u8)) return true;
        return TryPort(ref cursor, out _, out ReadOnlySpan<byte> portName) && portName.IsEmpty;
    }

    internal static bool TryPort(scoped ref ByteCursor cursor, out int port, out ReadOnlySpan<byte> name)
    {
        port = 0;
        name = default;
        if (cursor.TryPeek(out byte first) && first == '_')
        {
            name = Obfuscated(ref cursor);
            return name.Length >= 2;
        }

        while (cursor.TryPeek(out byte digit) && Ascii.IsDigit(digit) && port <= ushort.MaxValue)
        {
            port = (port * 10) + digit - '0';
            _ = cursor.TrySkip(1);
        }

        return port is > 0 and <= ushort.MaxValue;
    }

    private static ReadOnlySpan<byte> Obfuscated(scoped ref ByteCursor cursor)
    {
        int length = LengthOf(cursor.Remaining, IsIdentifierByte);
        _ = cursor.TryRead(length, out ReadOnlySpan<byte> name);
        return name;
    }

    private delegate bool ByteClass(byte value);

    private static int LengthOf(ReadOnlySpan<byte> text, ByteClass isPart)
    {
        int length = 0;
        while (length < text.Length && isPart(text[length])) length++;
        return length;
    }

    private static bool IsIdentifierByte(byte value) =>
        Ascii.IsAlphaNumeric(value) || value is (byte)'.' or (byte)'_' or (byte)'-';
}
