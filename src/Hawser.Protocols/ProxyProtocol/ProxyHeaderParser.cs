using System;

namespace Hawser.Protocols.ProxyProtocol;

/// <summary>
/// Recognises both versions of the PROXY protocol (HAProxy's doc/proxy-protocol.txt). It holds no state: the caller
/// keeps what it received and asks again with more. The answer for all bytes never depends on how they were split, a
/// wrong beginning is refused at its first wrong byte, and nothing beyond the header is looked at.
/// </summary>
public static class ProxyHeaderParser
{
    /// <param name="received">All bytes since the connection was accepted.</param>
    /// <param name="maxHeaderBytes">
    /// The longest header to accept, usually the size of the receive buffer; version 1 never exceeds
    /// <see cref="ProxyVersion1.MaxHeaderBytes"/>.
    /// </param>
    /// <param name="header">Set when the result is Ok.</param>
    public static ProxyHeaderResult Parse(
        ReadOnlySpan<byte> received, int maxHeaderBytes, out ProxyHeader header)
    {
        header = default;
        if (received.IsEmpty) return ProxyHeaderResult.NeedMore;
        if (received[0] == ProxyVersion1.Signature[0]) return ProxyVersion1.Parse(received, out header);
        return ProxyVersion2.Parse(received, maxHeaderBytes, out header);
    }

    /// <summary>Ok once all of the signature is there.</summary>
    internal static ProxyHeaderResult MatchSignature(ReadOnlySpan<byte> received, ReadOnlySpan<byte> signature)
    {
        int length = Math.Min(received.Length, signature.Length);
        if (!received[..length].SequenceEqual(signature[..length])) return ProxyHeaderResult.NotProxyHeader;
        return length == signature.Length ? ProxyHeaderResult.Ok : ProxyHeaderResult.NeedMore;
    }
}
