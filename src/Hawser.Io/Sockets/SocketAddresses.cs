using System;
using System.Buffers.Binary;
using System.Text;
using Hawser.Base.Network;
using Hawser.Io.Kernels;

namespace Hawser.Io.Sockets;

/// <summary>Between our addresses and the kernel's: struct sockaddr_in, sockaddr_in6 and sockaddr_un.</summary>
public static class SocketAddresses
{
    public const int UnspecifiedFamily = 0;
    public const int UnixFamily = 1;
    public const int IPv4Family = 2;
    public const int IPv6Family = 10;

    /// <summary>sun_path's size: a longer path cannot be bound.</summary>
    public const int UnixPathMaximum = 108;

    public static SocketAddress From(in NetworkAddress address)
    {
        SocketAddress result = default;
        Span<byte> bytes = result.Bytes;
        if (address.Family == AddressFamily.IPv4)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(bytes, IPv4Family);
            BinaryPrimitives.WriteUInt16BigEndian(bytes[2..], address.Port);
            address.AddressBytes.CopyTo(bytes[4..]);
            result.Length = 16;
        }
        else if (address.Family == AddressFamily.IPv6)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(bytes, IPv6Family);
            BinaryPrimitives.WriteUInt16BigEndian(bytes[2..], address.Port);
            address.AddressBytes.CopyTo(bytes[8..]);
            result.Length = 28;
        }

        return result;
    }

    /// <summary>An IP address of zeroes only.</summary>
    public static bool IsUnspecified(in SocketAddress address) => address.Family switch
    {
        IPv4Family => !address.Used[4..8].ContainsAnyExcept((byte)0),
        IPv6Family => !address.Used[8..24].ContainsAnyExcept((byte)0),
        _ => false,
    };

    /// <summary>False when the path is longer than <see cref="UnixPathMaximum"/> less its terminator.</summary>
    public static bool TryFromPath(string path, out SocketAddress address)
    {
        address = default;
        if (Encoding.UTF8.GetByteCount(path) >= UnixPathMaximum)
            return false;
        Span<byte> bytes = address.Bytes;
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, UnixFamily);
        address.Length = 2 + Encoding.UTF8.GetBytes(path, bytes[2..]) + 1;
        return true;
    }

    /// <summary>
    /// A name of Linux's abstract namespace. HAProxy's <c>abns@</c> pads it with zero bytes to the whole of sun_path,
    /// <c>abnsz@</c> gives its exact length (manual, section 2.9.1).
    /// </summary>
    public static bool TryFromAbstractName(string name, bool isPadded, out SocketAddress address)
    {
        address = default;
        int length = Encoding.UTF8.GetByteCount(name);
        if (length >= UnixPathMaximum)
            return false;
        Span<byte> bytes = address.Bytes;
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, UnixFamily);
        Encoding.UTF8.GetBytes(name, bytes[3..]);
        address.Length = isPadded ? 2 + UnixPathMaximum : 3 + length;
        return true;
    }

    /// <summary>The internet address the kernel gave (an IPv4 client of an IPv6 listener is ::ffff:a.b.c.d); for UNIX, the listener's id stands in for the nameless peer.</summary>
    public static NetworkAddress ToNetworkAddress(in SocketAddress address, uint unixListenerId)
    {
        ReadOnlySpan<byte> bytes = address.Used;
        return address.Family switch
        {
            IPv4Family => NetworkAddress.FromIPv4(bytes.Slice(4, 4), BinaryPrimitives.ReadUInt16BigEndian(bytes[2..])),
            IPv6Family => NetworkAddress.FromIPv6(bytes.Slice(8, 16), BinaryPrimitives.ReadUInt16BigEndian(bytes[2..])),
            UnixFamily => NetworkAddress.FromUnix(unixListenerId),
            _ => default,
        };
    }
}
