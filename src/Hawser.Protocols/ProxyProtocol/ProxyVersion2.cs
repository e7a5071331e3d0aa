using System;
using System.Buffers.Binary;
using Hawser.Base.Hashing;
using Hawser.Base.Network;

namespace Hawser.Protocols.ProxyProtocol;

/// <summary>Reads the binary header of version 2 (specification, section 2.2).</summary>
/// <remarks>
/// A header for a client over UDP or of an unspecified family is refused, as HAProxy does; a LOCAL header is accepted
/// whatever its address block holds, as the specification demands and HAProxy 2.6 does (3.5-dev5 refuses a LOCAL header
/// that carries addresses).
/// </remarks>
public static class ProxyVersion2
{
    /// <summary>Signature, command, family and length; the address block and the TLVs follow.</summary>
    public const int FixedBytes = 16;

    /// <summary>The longest unique id (specification, section 2.2.5).</summary>
    public const int MaxUniqueIdBytes = 128;

    /// <summary>The longest authority that HAProxy accepts: a TLS server name has no more.</summary>
    public const int MaxAuthorityBytes = 255;

    internal const byte VersionBits = 0x20;
    internal const byte TcpOverIPv4 = 0x11;
    internal const byte TcpOverIPv6 = 0x21;
    internal const byte UnixStream = 0x31;
    private const int UnixNameBytes = 108;

    internal static ReadOnlySpan<byte> Signature => "\r\n\r\n\0\r\nQUIT\n"u8;

    internal static ProxyHeaderResult Parse(
        ReadOnlySpan<byte> received, int maxHeaderBytes, out ProxyHeader header)
    {
        header = default;
        ProxyHeaderResult signature = ProxyHeaderParser.MatchSignature(received, Signature);
        if (signature != ProxyHeaderResult.Ok) return signature;
        ReadOnlySpan<byte> rest = received[Signature.Length..];
        if (rest.Length > 0 && (rest[0] & 0xF0) != VersionBits) return ProxyHeaderResult.NotProxyHeader;
        if (received.Length < FixedBytes) return ProxyHeaderResult.NeedMore;

        int command = rest[0] & 0x0F;
        byte family = rest[1];
        int lengthBytes = FixedBytes + BinaryPrimitives.ReadUInt16BigEndian(rest[2..]);
        bool isLocal = command == (int)ProxyCommand.Local;
        int addressBytes = AddressBlockBytes(family);
        if (!isLocal && (command != (int)ProxyCommand.Proxy || addressBytes == 0)) return ProxyHeaderResult.Invalid;
        if (!isLocal && lengthBytes < FixedBytes + addressBytes) return ProxyHeaderResult.Invalid;
        if (lengthBytes > maxHeaderBytes) return ProxyHeaderResult.Invalid;
        if (received.Length < lengthBytes) return ProxyHeaderResult.NeedMore;

        ReadOnlySpan<byte> whole = received[..lengthBytes];
        if (isLocal) return ParseLocal(whole, addressBytes, out header);
        if (!AreTlvsValid(whole, FixedBytes + addressBytes)) return ProxyHeaderResult.Invalid;
        header = ParseAddresses(whole, family, addressBytes);
        return ProxyHeaderResult.Ok;
    }

    /// <summary>0 for the families and transports that no client of a stream has.</summary>
    private static int AddressBlockBytes(byte family) => family switch
    {
        TcpOverIPv4 => (2 * 4) + (2 * sizeof(ushort)),
        TcpOverIPv6 => (2 * 16) + (2 * sizeof(ushort)),
        UnixStream => 2 * UnixNameBytes,
        _ => 0,
    };

    /// <summary>
    /// The block of a LOCAL header is to be discarded; but where it holds TLVs after all, as HAProxy's health checks
    /// send them, a checksum among them counts.
    /// </summary>
    private static ProxyHeaderResult ParseLocal(ReadOnlySpan<byte> whole, int addressBytes, out ProxyHeader header)
    {
        int tlvStart = Math.Min(FixedBytes + addressBytes, whole.Length);
        bool areTlvs = AreWellFormed(whole[tlvStart..]);
        header = default;
        if (areTlvs && !AreTlvsValid(whole, tlvStart)) return ProxyHeaderResult.Invalid;
        header = new ProxyHeader
        {
            LengthBytes = whole.Length,
            Version = 2,
            Command = ProxyCommand.Local,
            Tlvs = areTlvs ? whole[tlvStart..] : default,
        };
        return ProxyHeaderResult.Ok;
    }

    private static ProxyHeader ParseAddresses(ReadOnlySpan<byte> whole, byte family, int addressBytes)
    {
        ReadOnlySpan<byte> block = whole.Slice(FixedBytes, addressBytes);
        ReadOnlySpan<byte> tlvs = whole[(FixedBytes + addressBytes)..];
        if (family == UnixStream)
        {
            return new ProxyHeader
            {
                LengthBytes = whole.Length,
                Version = 2,
                Command = ProxyCommand.Proxy,
                Source = NetworkAddress.FromUnix(0, isAbstract: IsAbstractName(block)),
                Destination = NetworkAddress.FromUnix(0, isAbstract: IsAbstractName(block[UnixNameBytes..])),
                SourcePath = UnixName(block[..UnixNameBytes]),
                DestinationPath = UnixName(block[UnixNameBytes..]),
                Tlvs = tlvs,
            };
        }

        int width = family == TcpOverIPv4 ? 4 : 16;
        ushort sourcePort = BinaryPrimitives.ReadUInt16BigEndian(block[(2 * width)..]);
        ushort destinationPort = BinaryPrimitives.ReadUInt16BigEndian(block[((2 * width) + sizeof(ushort))..]);
        return new ProxyHeader
        {
            LengthBytes = whole.Length,
            Version = 2,
            Command = ProxyCommand.Proxy,
            Source = InternetAddress(block[..width], sourcePort),
            Destination = InternetAddress(block.Slice(width, width), destinationPort),
            Tlvs = tlvs,
        };
    }

    private static NetworkAddress InternetAddress(ReadOnlySpan<byte> bytes, ushort port) =>
        bytes.Length == 4 ? NetworkAddress.FromIPv4(bytes, port) : NetworkAddress.FromIPv6(bytes, port);

    private static bool IsAbstractName(ReadOnlySpan<byte> name) => name[0] == 0 && name[1] != 0;

    /// <summary>Without the zeroes that fill the field.</summary>
    private static ReadOnlySpan<byte> UnixName(ReadOnlySpan<byte> field) => field.TrimEnd((byte)0);

    private static bool AreWellFormed(ReadOnlySpan<byte> tlvs)
    {
        ProxyTlvReader reader = new(tlvs);
        while (reader.TryRead(out _, out _))
        {
        }

        return reader.IsAtEnd;
    }

    private static bool AreTlvsValid(ReadOnlySpan<byte> whole, int tlvStart)
    {
        ProxyTlvReader reader = new(whole[tlvStart..]);
        while (reader.TryRead(out ProxyTlvType type, out ReadOnlySpan<byte> value))
        {
            bool isValid = type switch
            {
                ProxyTlvType.Crc32C => IsChecksumRight(whole, tlvStart + reader.Position - value.Length, value),
                ProxyTlvType.UniqueId => value.Length <= MaxUniqueIdBytes,
                ProxyTlvType.Authority => value.Length <= MaxAuthorityBytes,
                _ => true,
            };
            if (!isValid) return false;
        }

        return reader.IsAtEnd;
    }

    /// <summary>The checksum of the header with zeroes in the place of the checksum (specification, section 2.2.3).</summary>
    private static bool IsChecksumRight(ReadOnlySpan<byte> whole, int valueStart, ReadOnlySpan<byte> value) =>
        BinaryPrimitives.TryReadUInt32BigEndian(value, out uint announced)
        && value.Length == sizeof(uint)
        && announced == Checksum(whole, valueStart);

    internal static uint Checksum(ReadOnlySpan<byte> whole, int valueStart)
    {
        ReadOnlySpan<byte> zeroes = [0, 0, 0, 0];
        Crc32C crc = new();
        crc.Append(whole[..valueStart]);
        crc.Append(zeroes);
        crc.Append(whole[(valueStart + sizeof(uint))..]);
        return crc.Value;
    }
}
