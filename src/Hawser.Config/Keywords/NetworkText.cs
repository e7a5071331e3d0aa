using System;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Hawser.Config.Model;
using Hawser.Config.Syntax;

namespace Hawser.Config.Keywords;

/// <summary>
/// Networks as <c>address[/mask]</c>. The mask is a number of bits; of IPv4 also an address, whose bits need not be
/// leading ones. An IPv4 address may be cut short: <c>10.0/16</c>.
/// </summary>
internal static class NetworkText
{
    private const int IPv4Bytes = 4;
    private const int BitsPerByte = 8;

    /// <summary>Null when the text is no network.</summary>
    public static NetworkConfig? Parse(string text)
    {
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        string address = slash < 0 ? text : text[..slash];
        string? mask = slash < 0 ? null : text[(slash + 1)..];
        bool isIPv6 = address.Contains(':', StringComparison.Ordinal);
        IPAddress? parsed = isIPv6 ? IPv6(address) : IPv4(address);
        return parsed is not null && Mask(mask, isIPv6) is { } bits ? new NetworkConfig(parsed, bits) : null;
    }

    private static IPAddress? IPv6(string text) =>
        !text.StartsWith('[') && IPAddress.TryParse(text, out IPAddress? address) && address.AddressFamily == AddressFamily.InterNetworkV6
            && address.ScopeId == 0
            ? address
            : null;

    private static IPAddress? IPv4(string text)
    {
        string[] parts = text.Split('.');
        if (parts.Length > IPv4Bytes) return null;
        Span<byte> bytes = stackalloc byte[IPv4Bytes];
        bytes.Clear();
        for (int index = 0; index < parts.Length; index++)
        {
            if (!byte.TryParse(parts[index], NumberStyles.None, CultureInfo.InvariantCulture, out bytes[index])) return null;
        }
        return new IPAddress(bytes);
    }

    private static IPAddress? Mask(string? text, bool isIPv6)
    {
        int most = isIPv6 ? 128 : 32;
        if (text is null) return Leading(most, isIPv6);
        bool isNumber = NumberText.TryParse(text, out long bits) && bits >= 0 && bits <= most;
        if (isNumber) return Leading((int)bits, isIPv6);
        bool isDotted = !isIPv6 && text.Split('.').Length == IPv4Bytes;
        return isDotted ? IPv4(text) : null;
    }

    private static IPAddress Leading(int bits, bool isIPv6)
    {
        Span<byte> bytes = stackalloc byte[isIPv6 ? 16 : IPv4Bytes];
        bytes.Clear();
        for (int bit = 0; bit < bits; bit++) bytes[bit / BitsPerByte] |= (byte)(0x80 >> (bit % BitsPerByte));
        return new IPAddress(bytes);
    }
}
