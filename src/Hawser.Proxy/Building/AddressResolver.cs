using System;
using System.Net;
using System.Net.Sockets;
using Hawser.Base.Network;
using Hawser.Config.Model;
using Hawser.Io.Sockets;
using SocketAddress = Hawser.Io.Kernels.SocketAddress;

namespace Hawser.Proxy.Building;

/// <summary>Configured addresses as the kernel takes them. Names are resolved once, at start (manual, "init-addr").</summary>
public sealed class AddressResolver
{
    /// <param name="lookUp">The system's resolver; an empty answer means the name is unknown.</param>
    public AddressResolver(Func<string, IPAddress[]> lookUp) => _lookUp = lookUp;

    private readonly Func<string, IPAddress[]> _lookUp;

    /// <summary>The system's own resolver: files, then DNS, as /etc/nsswitch.conf says.</summary>
    public static IPAddress[] LookUpWithSystem(string name)
    {
        // "0" and other short numbers are addresses; the library refuses to look the unspecified one up.
        if (IPAddress.TryParse(name, out IPAddress? literal)) return [literal];
        try
        {
            return Dns.GetHostAddresses(name);
        }
        catch (SocketException)
        {
            return [];
        }
    }

    /// <summary>The address of a name or literal; null when the name is unknown.</summary>
    public IPAddress? Find(AddressConfig address) => Pick(address, AddressPreference.IPv4);

    /// <summary>False when a name is unknown or a path too long; <paramref name="port"/> replaces the configured one.</summary>
    public bool TryResolve(
        AddressConfig address,
        int port,
        out SocketAddress result,
        AddressPreference preferred = AddressPreference.IPv4)
    {
        result = default;
        switch (address.Kind)
        {
            case AddressKind.Unix:
                return SocketAddresses.TryFromPath(address.Path!, out result);
            case AddressKind.Abstract:
                return SocketAddresses.TryFromAbstractName(address.Path!, isPadded: true, out result);
            case AddressKind.AbstractExact:
                return SocketAddresses.TryFromAbstractName(address.Path!, isPadded: false, out result);
            case AddressKind.FileDescriptor:
                return false;
            default:
                if (Pick(address, preferred) is not { } ip)
                    return false;
                result = SocketAddresses.From(ToNetworkAddress(ip, port));
                return true;
        }
    }

    public static NetworkAddress ToNetworkAddress(IPAddress ip, int port)
    {
        Span<byte> bytes = stackalloc byte[16];
        ip.TryWriteBytes(bytes, out int length);
        return length == 4
            ? NetworkAddress.FromIPv4(bytes[..4], (ushort)port)
            : NetworkAddress.FromIPv6(bytes, (ushort)port);
    }

    /// <summary>The configured family and no other; else the preferred one when the name has it.</summary>
    private IPAddress? Pick(AddressConfig address, AddressPreference preferred)
    {
        if (address.IPAddress is { } given)
            return given;
        IPAddress? other = null;
        foreach (IPAddress candidate in _lookUp(address.Host!))
        {
            bool is4 = candidate.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork;
            AddressPreference wanted = address.Preference == AddressPreference.Any ? preferred : address.Preference;
            if (wanted == AddressPreference.IPv6 ? !is4 : is4)
                return candidate;
            if (address.Preference == AddressPreference.Any)
                other ??= candidate;
        }

        return other;
    }
}
