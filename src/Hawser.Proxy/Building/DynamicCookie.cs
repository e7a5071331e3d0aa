using System;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Hawser.Base.Hashing;
using Hawser.Base.Network;
using Hawser.Config.Model;
using Hawser.Io.Sockets;
using Hawser.Proxy.Backends;

namespace Hawser.Proxy.Building;

/// <summary>
/// "cookie ... dynamic" (manual, section 4.2): a server's value follows from its address, its port and
/// "dynamic-cookie-key", so that all load balancers agree on it. The hash, XXH64 over the key, the address's bytes and
/// the port's four, is what HAProxy's cookies show.
/// </summary>
internal static class DynamicCookie
{
    /// <returns>Null where it does not apply: no such cookie, no key, no address.</returns>
    public static byte[]? Of(ProxyConfig proxy, Server server)
    {
        if (proxy.Http is not { Cookie.IsDynamic: true, DynamicCookieKey: { } key } || server.Address.Length == 0) return null;
        NetworkAddress address = SocketAddresses.ToNetworkAddress(server.Address, unixListenerId: 0);
        if (!address.IsInternet) return null;
        byte[] port = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(port, address.Port);
        byte[] hashed = [.. Encoding.UTF8.GetBytes(key), .. address.AddressBytes, .. port];
        ulong hash = XxHash64.Compute(hashed, seed: 0);
        return Encoding.ASCII.GetBytes(hash.ToString("x16", CultureInfo.InvariantCulture));
    }
}
