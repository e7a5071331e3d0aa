using System;
using Hawser.Base.Bytes;
using Hawser.Base.Network;

namespace Hawser.Expressions.Converters;

/// <summary>What makers of a Forwarded header (RFC 7239) have to ask of texts from elsewhere.</summary>
public static class ForwardedGrammar
{
    /// <summary>One element: parameters, each at most once.</summary>
    public static bool IsValid(ReadOnlySpan<byte> element) =>
        ForwardedHeader.TryParse(element, ForwardedHeader.Parameter.None, out _, out _);

    /// <summary>A name or an address, with or without a port.</summary>
    public static bool IsHost(ReadOnlySpan<byte> text)
    {
        ByteCursor cursor = new(text);
        return ForwardedHeader.TryHost(ref cursor, isQuoted: true) && cursor.IsAtEnd;
    }

    /// <summary>A node without its port.</summary>
    /// <param name="address">Of no family when it is a name.</param>
    public static bool TryNodeName(ReadOnlySpan<byte> text, out NetworkAddress address)
    {
        ByteCursor cursor = new(text);
        bool isNode = ForwardedHeader.TryNode(ref cursor, out ForwardedNode node) && cursor.IsAtEnd
            && node.Port == 0 && node.PortName.IsEmpty;
        address = node.Address;
        return isNode;
    }

    /// <summary>What an obfuscated identifier is made of, behind its underscore.</summary>
    public static bool IsIdentifier(ReadOnlySpan<byte> text) => ForwardedHeader.IsIdentifier(text);

    /// <summary>A number from 1 to 65535, or an identifier with its underscore.</summary>
    public static bool IsPort(ReadOnlySpan<byte> text)
    {
        ByteCursor cursor = new(text);
        return ForwardedHeader.TryPort(ref cursor, out _, out _) && cursor.IsAtEnd;
    }
}
