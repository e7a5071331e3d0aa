using System;
using System.Buffers.Binary;
using Hawser.Base.Hashing;
using Hawser.Base.Network;
using Hawser.Config.Model;
using Hawser.Proxy.Backends;

namespace Hawser.Proxy.Streams.Keys;

/// <summary>
/// The key of <c>balance source</c>: the 32-bit words of the client's address, exclusive-ored. As in HAProxy, the
/// function of <c>hash-type</c> is not applied to it, only the avalanche modifier.
/// </summary>
public static class SourceKey
{
    /// <summary>Without a key for a client on a UNIX socket.</summary>
    public static BalanceKey Of(in NetworkAddress client, HashTypeConfig hashType)
    {
        if (!client.IsInternet)
            return default;
        uint hash = 0;
        for (ReadOnlySpan<byte> rest = client.AddressBytes; rest.Length > 0; rest = rest[4..])
            hash ^= BinaryPrimitives.ReadUInt32BigEndian(rest);
        return new BalanceKey(hashType.IsAvalanche ? HashFunctions.Avalanche(hash) : hash, HasKey: true);
    }
}
