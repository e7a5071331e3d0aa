using System;
using System.Net;
using Hawser.Config.Diagnostics;
using Hawser.Config.Syntax;

namespace Hawser.Config.Lint.Views;

/// <summary>How far away the peers of an address may be.</summary>
public enum AddressReach
{
    /// <summary>A UNIX socket, an abstract one, or a loopback address.</summary>
    ThisMachine,

    /// <summary>An inherited descriptor or a connection the other side opened: whoever made it knows.</summary>
    Unknown,

    /// <summary>An IP address or a name of the network.</summary>
    Network,
}

/// <summary>An address of a bind or server line, as far as lint wants to know it (manual, 11).</summary>
/// <param name="Text">As written.</param>
/// <param name="Host">Without family and port; empty for any address.</param>
/// <param name="Port">As written; empty when there is none.</param>
/// <param name="IsDatagram">A datagram or QUIC address: its ports are not those of TCP.</param>
public sealed record AddressView(
    string Text, string Host, string Port, AddressReach Reach, bool IsDatagram, Origin Origin)
{
    private static readonly string[] LocalFamilies = ["unix@", "abns@", "abnsz@", "sockpair@", "uxst@", "uxdg@", "ring@"];

    private static readonly string[] NetworkFamilies =
    [
        "ipv4@", "ipv6@", "ipv4p@", "ipv6p@", "tcp@", "tcp4@", "tcp6@", "udp@", "udp4@", "udp6@", "quic4@", "quic6@",
        "mptcp@", "mptcp4@", "mptcp6@", "dgram+", "stream+", "ip@",
    ];

    /// <summary>True when all interfaces are meant.</summary>
    public bool IsWildcard => Reach == AddressReach.Network && Host is "" or "*" or "::" or "0.0.0.0";

    /// <summary>A name that has to be looked up.</summary>
    public bool IsName => Reach == AddressReach.Network && Host.Length > 0 && Host != "*"
        && !IPAddress.TryParse(Host, out _);

    /// <summary>One of the addresses of a word: a bind line separates them by commas.</summary>
    internal static AddressView Parse(string text, Origin origin)
    {
        string rest = text;
        bool isDatagram = text.StartsWith("quic", StringComparison.Ordinal)
            || text.StartsWith("udp", StringComparison.Ordinal) || text.StartsWith("dgram", StringComparison.Ordinal);
        foreach (string family in NetworkFamilies)
        {
            if (rest.StartsWith(family, StringComparison.Ordinal)) rest = rest[family.Length..];
        }
        bool isGiven = rest.StartsWith("fd@", StringComparison.Ordinal) || rest.StartsWith("rhttp@", StringComparison.Ordinal);
        if (isGiven)
            return new AddressView(text, rest, "", AddressReach.Unknown, isDatagram, origin);
        bool isLocal = rest.StartsWith('/') || rest.Contains('/', StringComparison.Ordinal)
            || Array.Exists(LocalFamilies, family => rest.StartsWith(family, StringComparison.Ordinal));
        if (isLocal) return new AddressView(text, rest, "", AddressReach.ThisMachine, isDatagram, origin);

        (string host, string port) = SplitPort(rest);
        bool isLoopback = host == "localhost" || (IPAddress.TryParse(host, out IPAddress? ip) && IPAddress.IsLoopback(ip));
        AddressReach reach = isLoopback ? AddressReach.ThisMachine : AddressReach.Network;
        return new AddressView(text, host, port, reach, isDatagram, origin);
    }

    private static (string Host, string Port) SplitPort(string text)
    {
        int bracket = text.LastIndexOf(']');
        int colon = text.LastIndexOf(':');
        bool isBareIpv6 = bracket < 0 && IPAddress.TryParse(text, out IPAddress? ip)
            && ip.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 && text.EndsWith(':') is false
            && text.IndexOf(':', StringComparison.Ordinal) != colon && text.Contains("::", StringComparison.Ordinal);
        string host = colon <= bracket || isBareIpv6 ? text : text[..colon];
        string port = colon <= bracket || isBareIpv6 ? "" : text[(colon + 1)..];
        return (host.Trim('[', ']'), port);
    }
}
