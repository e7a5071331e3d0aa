using System;

namespace Hawser.Protocols.ProxyProtocol;

/// <summary>What <c>proxy-v2-options</c> and <c>set-proxy-v2-tlv-fmt</c> add to the addresses.</summary>
public readonly ref struct ProxyVersion2Options
{
    /// <summary>TLVs already in wire form, written first.</summary>
    public ReadOnlySpan<byte> CustomTlvs { get; init; }

    /// <summary><c>crc32c</c>: a checksum over the whole header.</summary>
    public bool HasChecksum { get; init; }

    /// <summary><c>authority</c>: the name the client asked for; empty when there is none.</summary>
    public ReadOnlySpan<byte> Authority { get; init; }

    /// <summary>
    /// <c>unique-id</c>; empty when there is none. At most <see cref="ProxyVersion2.MaxUniqueIdBytes"/>, a longer one
    /// is cut.
    /// </summary>
    public ReadOnlySpan<byte> UniqueId { get; init; }
}
