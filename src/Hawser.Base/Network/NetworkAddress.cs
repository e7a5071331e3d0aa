using System;
using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text;

namespace Hawser.Base.Network;

/// <summary>
/// One end of a connection: a family, sixteen address bytes in network order and a port.
/// It is unmanaged, so that it can lie in a pooled session or a wire buffer; the path of a UNIX socket is therefore
/// not part of it. A UNIX endpoint carries the id of the listener instead, because that is what a log line shows.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
public struct NetworkAddress : IEquatable<NetworkAddress>
{
    /// <summary>Room that every text form of this type fits in: an IPv6 address with an IPv4 tail, a colon, a port.</summary>
    public const int MaxTextBytes = 45 + 1 + 10;

    // In network order as they lie in memory; unused bytes are zero, so that two words decide equality.
    private ulong _firstHalf;
    private ulong _secondHalf;

    /// <summary>In host order; 0 for the UNIX families.</summary>
    public ushort Port { readonly get; set; }

    public AddressFamily Family { readonly get; private init; }

    public readonly bool IsInternet => Family is AddressFamily.IPv4 or AddressFamily.IPv6;

    public readonly bool IsUnix => Family is AddressFamily.Unix or AddressFamily.AbstractUnix;

    /// <summary>4 bytes for IPv4, 16 for IPv6, none for the other families.</summary>
    [UnscopedRef]
    public readonly ReadOnlySpan<byte> AddressBytes => Family switch
    {
        AddressFamily.IPv4 => AllBytes[..4],
        AddressFamily.IPv6 => AllBytes,
        _ => default,
    };

    /// <summary>The id of the listener a UNIX endpoint stands for; 0 for the other families.</summary>
    public readonly uint UnixListenerId => IsUnix ? BinaryPrimitives.ReadUInt32BigEndian(AllBytes) : 0;

    /// <summary>The address as a number in host order, 0 unless the family is IPv4.</summary>
    public readonly uint IPv4Value =>
        Family == AddressFamily.IPv4 ? BinaryPrimitives.ReadUInt32BigEndian(AllBytes) : 0;

    /// <summary>0.0.0.0 or ::, which a listener or a source address uses for "any".</summary>
    public readonly bool IsAnyAddress => IsInternet && (_firstHalf | _secondHalf) == 0;

    [UnscopedRef]
    private readonly ReadOnlySpan<byte> AllBytes =>
        MemoryMarshal.AsBytes(MemoryMarshal.CreateReadOnlySpan(in _firstHalf, 2));

    [UnscopedRef]
    private Span<byte> WritableBytes => MemoryMarshal.AsBytes(MemoryMarshal.CreateSpan(ref _firstHalf, 2));

    /// <param name="address">Exactly 4 bytes, network order.</param>
    /// <param name="port">Host order.</param>
    public static NetworkAddress FromIPv4(ReadOnlySpan<byte> address, ushort port)
    {
        NetworkAddress result = new() { Family = AddressFamily.IPv4, Port = port };
        address[..4].CopyTo(result.WritableBytes);
        return result;
    }

    /// <param name="address">Host order: 0x7F000001 is 127.0.0.1.</param>
    /// <param name="port">Host order.</param>
    public static NetworkAddress FromIPv4(uint address, ushort port)
    {
        NetworkAddress result = new() { Family = AddressFamily.IPv4, Port = port };
        BinaryPrimitives.WriteUInt32BigEndian(result.WritableBytes, address);
        return result;
    }

    /// <param name="address">Exactly 16 bytes, network order.</param>
    /// <param name="port">Host order.</param>
    public static NetworkAddress FromIPv6(ReadOnlySpan<byte> address, ushort port)
    {
        NetworkAddress result = new() { Family = AddressFamily.IPv6, Port = port };
        address[..16].CopyTo(result.WritableBytes);
        return result;
    }

    /// <param name="listenerId">What a log line shows after <c>unix:</c>.</param>
    /// <param name="isAbstract">Whether the name lies in Linux's abstract namespace.</param>
    public static NetworkAddress FromUnix(uint listenerId, bool isAbstract = false)
    {
        NetworkAddress result = new() { Family = isAbstract ? AddressFamily.AbstractUnix : AddressFamily.Unix };
        BinaryPrimitives.WriteUInt32BigEndian(result.WritableBytes, listenerId);
        return result;
    }

    public readonly NetworkAddress WithPort(ushort port)
    {
        NetworkAddress result = this;
        result.Port = port;
        return result;
    }

    /// <summary>An IPv4 address in its mapped form (::ffff:192.0.2.1), with its port; any other address unchanged.</summary>
    public readonly NetworkAddress ToIPv6()
    {
        if (Family != AddressFamily.IPv4) return this;
        NetworkAddress result = new() { Family = AddressFamily.IPv6, Port = Port };
        Span<byte> bytes = result.WritableBytes;
        bytes[10..12].Fill(0xFF);
        AddressBytes.CopyTo(bytes[12..]);
        return result;
    }

    /// <summary>
    /// The IPv4 address that an IPv6 one stands for: mapped (::ffff:192.0.2.1), compatible (::192.0.2.1) or 6to4
    /// (2002:c000:201::). An IPv4 address is its own.
    /// </summary>
    public readonly bool TryToIPv4(out NetworkAddress result)
    {
        result = this;
        if (Family == AddressFamily.IPv4) return true;
        if (Family != AddressFamily.IPv6) return false;
        ReadOnlySpan<byte> bytes = AllBytes;
        bool isMapped = !bytes[..10].ContainsAnyExcept((byte)0) && bytes[10] == bytes[11] && bytes[10] is 0 or 0xFF;
        if (isMapped) result = FromIPv4(bytes[12..], Port);
        else if (bytes[0] == 0x20 && bytes[1] == 0x02) result = FromIPv4(bytes[2..6], Port);
        return result.Family == AddressFamily.IPv4;
    }

    /// <summary>
    /// An IPv4 or IPv6 literal without brackets, port or zone, in exactly the forms inet_pton(3) takes:
    /// four decimal numbers without leading zeroes, or the text forms of RFC 4291 section 2.2. The port is 0.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out NetworkAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        if (AddressText.TryParseIPv4(text, bytes))
        {
            address = FromIPv4(bytes, 0);
            return true;
        }

        if (AddressText.TryParseIPv6(text, bytes))
        {
            address = FromIPv6(bytes, 0);
            return true;
        }

        address = default;
        return false;
    }

    /// <inheritdoc cref="TryParse(ReadOnlySpan{byte}, out NetworkAddress)"/>
    public static bool TryParse(ReadOnlySpan<char> text, out NetworkAddress address)
    {
        Span<byte> ascii = stackalloc byte[AddressText.MaxIPv6Bytes];
        address = default;
        return text.Length <= ascii.Length
            && System.Text.Ascii.FromUtf16(text, ascii, out int written) == OperationStatus.Done
            && TryParse(ascii[..written], out address);
    }

    /// <summary>
    /// The address without its port, as a log line shows it (%ci, %fi, %si): dotted IPv4, IPv6 without brackets in the
    /// form of inet_ntop(3), <c>unix</c> for both UNIX families, <c>-</c> when nothing is known.
    /// </summary>
    /// <returns>False, with nothing written, when there is no room.</returns>
    public readonly bool TryFormatAddress(Span<byte> destination, out int bytesWritten) => Family switch
    {
        AddressFamily.IPv4 => AddressText.TryFormatIPv4(AddressBytes, destination, out bytesWritten),
        AddressFamily.IPv6 => AddressText.TryFormatIPv6(AddressBytes, destination, out bytesWritten),
        AddressFamily.Unix or AddressFamily.AbstractUnix => AddressText.TryCopy("unix"u8, destination, out bytesWritten),
        _ => AddressText.TryCopy("-"u8, destination, out bytesWritten),
    };

    /// <summary>What a log line shows as the port (%cp, %fp, %sp): for a UNIX endpoint the listener's id.</summary>
    /// <returns>False, with nothing written, when there is no room.</returns>
    public readonly bool TryFormatPort(Span<byte> destination, out int bytesWritten) =>
        Utf8Formatter.TryFormat(IsUnix ? UnixListenerId : Port, destination, out bytesWritten);

    /// <summary>Address, colon, port: <c>192.0.2.1:80</c>, <c>2001:db8::1:80</c> (no brackets), <c>unix:2</c>.</summary>
    /// <returns>False, with nothing written, when there is no room.</returns>
    public readonly bool TryFormat(Span<byte> destination, out int bytesWritten)
    {
        if (TryFormatAddress(destination, out int addressBytes)
            && addressBytes < destination.Length
            && TryFormatPort(destination[(addressBytes + 1)..], out int portBytes))
        {
            destination[addressBytes] = (byte)':';
            bytesWritten = addressBytes + 1 + portBytes;
            return true;
        }

        bytesWritten = 0;
        return false;
    }

    /// <summary>Whether both name the same host, whatever the ports.</summary>
    public readonly bool HasSameAddress(in NetworkAddress other) =>
        Family == other.Family && _firstHalf == other._firstHalf && _secondHalf == other._secondHalf;

    public readonly bool Equals(NetworkAddress other) => HasSameAddress(in other) && Port == other.Port;

    public override readonly bool Equals(object? obj) => obj is NetworkAddress other && Equals(other);

    public override readonly int GetHashCode() => HashCode.Combine(_firstHalf, _secondHalf, Port, Family);

    /// <summary>For messages and the debugger; the data path formats into spans.</summary>
    public override readonly string ToString()
    {
        Span<byte> text = stackalloc byte[MaxTextBytes];
        _ = TryFormat(text, out int written);
        return Encoding.ASCII.GetString(text[..written]);
    }

    public static bool operator ==(NetworkAddress left, NetworkAddress right) => left.Equals(right);

    public static bool operator !=(NetworkAddress left, NetworkAddress right) => !left.Equals(right);
}
