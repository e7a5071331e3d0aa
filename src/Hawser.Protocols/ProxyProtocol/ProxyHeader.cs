using System;
using Hawser.Base.Network;

namespace Hawser.Protocols.ProxyProtocol;

/// <summary>A complete, valid header. Its spans are parts of the received bytes and live as long as these.</summary>
public readonly ref struct ProxyHeader
{
    /// <summary>How many received bytes are the header; what follows belongs to the client.</summary>
    public required int LengthBytes { get; init; }

    /// <summary>1 or 2.</summary>
    public required int Version { get; init; }

    public required ProxyCommand Command { get; init; }

    /// <summary>The client; its family is Unspecified when the connection's real endpoints count.</summary>
    public NetworkAddress Source { get; init; }

    /// <summary>Where the client connected to; of the family of <see cref="Source"/>.</summary>
    public NetworkAddress Destination { get; init; }

    /// <summary>For the UNIX family, the name without its padding: a path, or an abstract name after a zero byte.</summary>
    public ReadOnlySpan<byte> SourcePath { get; init; }

    /// <inheritdoc cref="SourcePath"/>
    public ReadOnlySpan<byte> DestinationPath { get; init; }

    /// <summary>The TLVs as received, all complete; empty in version 1.</summary>
    public ReadOnlySpan<byte> Tlvs { get; init; }

    /// <summary>Whether <see cref="Source"/> and <see cref="Destination"/> replace the connection's own endpoints.</summary>
    public bool HasEndpoints => Source.Family != AddressFamily.Unspecified;

    /// <summary>The first TLV of a type, as HAProxy's <c>fc_pp_*</c> fetches see it.</summary>
    public bool TryFindTlv(ProxyTlvType type, out ReadOnlySpan<byte> value)
    {
        ProxyTlvReader reader = new(Tlvs);
        while (reader.TryRead(out ProxyTlvType found, out value))
        {
            if (found == type) return true;
        }

        value = default;
        return false;
    }
}
