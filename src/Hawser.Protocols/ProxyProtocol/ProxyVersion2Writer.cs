using System;
using System.Buffers.Binary;
using Hawser.Base.Bytes;
using Hawser.Base.Network;

namespace Hawser.Protocols.ProxyProtocol;

/// <summary>Writes the binary header of version 2, byte for byte as HAProxy's <c>send-proxy-v2</c> does.</summary>
public static class ProxyVersion2Writer
{
    /// <summary>
    /// The header for a client at <paramref name="source"/> that connected to <paramref name="destination"/>. When one of
    /// them is IPv6 and the other IPv4, both are written as IPv6. A client without an IP address, and a health check
    /// (default addresses), gives a LOCAL header.
    /// </summary>
    /// <returns>False, with nothing to be sent, when there is no room or the TLVs exceed 65535 bytes.</returns>
    public static bool TryWrite(
        in NetworkAddress source,
        in NetworkAddress destination,
        in ProxyVersion2Options options,
        Span<byte> room,
        out int bytesWritten)
    {
        ByteWriter writer = new(room);
        bytesWritten = 0;
        if (!writer.TryWrite(ProxyVersion2.Signature) || !TryWriteEndpoints(ref writer, source, destination)) return false;
        if (!writer.TryWrite(options.CustomTlvs)) return false;

        int checksumStart = writer.Position + ProxyTlvReader.OverheadBytes;
        if (options.HasChecksum && !TryWriteTlv(ref writer, ProxyTlvType.Crc32C, [0, 0, 0, 0])) return false;
        if (!options.Authority.IsEmpty && !TryWriteTlv(ref writer, ProxyTlvType.Authority, options.Authority)) return false;
        ReadOnlySpan<byte> uniqueId = options.UniqueId;
        if (uniqueId.Length > ProxyVersion2.MaxUniqueIdBytes) uniqueId = uniqueId[..ProxyVersion2.MaxUniqueIdBytes];
        if (!uniqueId.IsEmpty && !TryWriteTlv(ref writer, ProxyTlvType.UniqueId, uniqueId)) return false;

        Span<byte> whole = writer.Written;
        int length = whole.Length - ProxyVersion2.FixedBytes;
        if (length > ushort.MaxValue) return false;
        BinaryPrimitives.WriteUInt16BigEndian(whole[(ProxyVersion2.FixedBytes - sizeof(ushort))..], (ushort)length);
        if (options.HasChecksum)
        {
            uint checksum = ProxyVersion2.Checksum(whole, checksumStart);
            BinaryPrimitives.WriteUInt32BigEndian(whole[checksumStart..], checksum);
        }

        bytesWritten = whole.Length;
        return true;
    }

    /// <summary>Command, family, a length to be filled in, addresses and ports.</summary>
    private static bool TryWriteEndpoints(ref ByteWriter writer, NetworkAddress source, NetworkAddress destination)
    {
        if (!source.IsInternet || !destination.IsInternet)
            return writer.TryWrite([ProxyVersion2.VersionBits | (byte)ProxyCommand.Local, 0, 0, 0]);

        byte family = ProxyVersion2.TcpOverIPv4;
        if (source.Family == AddressFamily.IPv6 || destination.Family == AddressFamily.IPv6)
        {
            family = ProxyVersion2.TcpOverIPv6;
            source = source.ToIPv6();
            destination = destination.ToIPv6();
        }

        return writer.TryWrite([ProxyVersion2.VersionBits | (byte)ProxyCommand.Proxy, family, 0, 0])
            && writer.TryWrite(source.AddressBytes)
            && writer.TryWrite(destination.AddressBytes)
            && writer.TryWriteUInt16BigEndian(source.Port)
            && writer.TryWriteUInt16BigEndian(destination.Port);
    }

    private static bool TryWriteTlv(ref ByteWriter writer, ProxyTlvType type, ReadOnlySpan<byte> value) =>
        value.Length <= ushort.MaxValue
        && writer.TryWrite((byte)type)
        && writer.TryWriteUInt16BigEndian((ushort)value.Length)
        && writer.TryWrite(value);
}
