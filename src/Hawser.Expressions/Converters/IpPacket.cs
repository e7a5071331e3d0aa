using System;
using System.Buffers.Binary;
using Hawser.Base.Network;

namespace Hawser.Expressions.Converters;

/// <summary>An IPv4 or IPv6 packet whose headers are complete.</summary>
internal readonly ref struct IpPacket
{
    private const int IPv4HeaderBytes = 20;
    private const int IPv6HeaderBytes = 40;

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly int _headerBytes;

    private IpPacket(ReadOnlySpan<byte> bytes, int headerBytes, byte protocol)
    {
        _bytes = bytes;
        _headerBytes = headerBytes;
        Protocol = protocol;
    }

    /// <summary>Of the transport, behind all extensions.</summary>
    public byte Protocol { get; }

    public bool IsIPv6 => VersionOf(_bytes) == 6;

    public ReadOnlySpan<byte> Header => _bytes[.._headerBytes];

    /// <summary>To the end of what was kept, which may be more or less than the packet.</summary>
    public ReadOnlySpan<byte> Data => _bytes[_headerBytes..];

    /// <summary>What the header says the transport's part is long.</summary>
    public int DataBytes =>
        BinaryPrimitives.ReadUInt16BigEndian(_bytes[(IsIPv6 ? 4 : 2)..]) - _headerBytes + (IsIPv6 ? IPv6HeaderBytes : 0);

    /// <summary>Type of service or traffic class.</summary>
    public byte Service => IsIPv6 ? (byte)(BinaryPrimitives.ReadUInt16BigEndian(_bytes) >> 4) : _bytes[1];

    public byte TimeToLive => _bytes[IsIPv6 ? 7 : 8];

    /// <summary>"Don't fragment", which IPv6 never does.</summary>
    public bool MustNotFragment => IsIPv6 || (_bytes[6] & 0x40) != 0;

    public bool HasOptions => _headerBytes > (IsIPv6 ? IPv6HeaderBytes : IPv4HeaderBytes);

    public NetworkAddress Source => AddressAt(IsIPv6 ? 8 : 12);

    public NetworkAddress Destination => AddressAt(IsIPv6 ? 24 : 16);

    /// <summary>The first four bits; 0 for nothing.</summary>
    public static int VersionOf(ReadOnlySpan<byte> bytes) => bytes.IsEmpty ? 0 : bytes[0] >> 4;

    public static bool TryParse(ReadOnlySpan<byte> bytes, out IpPacket packet)
    {
        packet = default;
        int version = VersionOf(bytes);
        int length = version == 4 ? (bytes[0] & 15) * 4 : IPv6HeaderBytes;
        if (version is not (4 or 6) || length < IPv4HeaderBytes || length > bytes.Length) return false;
        byte protocol = bytes[version == 4 ? 9 : 6];
        while (version == 6 && IsExtension(protocol))
        {
            // All of them begin with the next one's kind and their own length.
            if (length + 2 > bytes.Length) return false;
            protocol = bytes[length];
            length += (bytes[length + 1] + 1) * 8;
            if (length > bytes.Length) return false;
        }

        packet = new IpPacket(bytes, length, protocol);
        return true;
    }

    /// <summary>Hop-by-hop options, routing, fragment, authentication and destination options (RFC 8200 section 4).</summary>
    private static bool IsExtension(byte protocol) => protocol is 0 or 43 or 44 or 51 or 60;

    private NetworkAddress AddressAt(int at) =>
        IsIPv6 ? NetworkAddress.FromIPv6(_bytes.Slice(at, 16), 0) : NetworkAddress.FromIPv4(_bytes.Slice(at, 4), 0);
}
