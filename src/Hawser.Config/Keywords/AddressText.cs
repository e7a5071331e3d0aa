using System;
using System.Collections.Frozen;
using System.Collections.Generic;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Hawser.Config.Diagnostics;
using Hawser.Config.Model;
using Hawser.Config.Syntax;

namespace Hawser.Config.Keywords;

/// <summary>What an address may be in the place where it stands.</summary>
[Flags]
public enum AddressRules
{
    None = 0,
    PortRequired = 1,
    PortRangeAllowed = 2,
    PortOffsetAllowed = 4,
    FileDescriptorAllowed = 8,
    HostNameAllowed = 16,
    UnixAllowed = 32,
    DatagramAllowed = 64,
    StreamAllowed = 128,

    /// <summary>Without a prefix the socket type is datagram (log targets).</summary>
    DatagramByDefault = 256,

    PortForbidden = 512,

    /// <summary>Port 0 is no port.</summary>
    PortNotZero = 1024,
}

/// <summary>Parses the address syntax of the manual's section 2.9. Nothing is resolved or opened.</summary>
public static class AddressText
{
    private readonly record struct Prefix(
        AddressKind? Kind, AddressPreference Preference = AddressPreference.Any, AddressTransport? Transport = null,
        bool IsQuic = false, bool IsMultipath = false, bool IsUnsupported = false);

    private static readonly FrozenDictionary<string, Prefix> Prefixes = new Dictionary<string, Prefix>
    {
        ["ip"] = new(null),
        ["ipv4"] = new(null, AddressPreference.IPv4),
        ["ipv6"] = new(null, AddressPreference.IPv6),
        ["unix"] = new(AddressKind.Unix),
        ["abns"] = new(AddressKind.Abstract),
        ["abnsz"] = new(AddressKind.AbstractExact),
        ["fd"] = new(AddressKind.FileDescriptor),
        ["sockpair"] = new(AddressKind.FileDescriptor, IsUnsupported: true),
        ["rhttp"] = new(null, IsUnsupported: true),
        ["tcp"] = new(null, Transport: AddressTransport.Stream),
        ["tcp4"] = new(null, AddressPreference.IPv4, AddressTransport.Stream),
        ["tcp6"] = new(null, AddressPreference.IPv6, AddressTransport.Stream),
        ["mptcp"] = new(null, Transport: AddressTransport.Stream, IsMultipath: true),
        ["mptcp4"] = new(null, AddressPreference.IPv4, AddressTransport.Stream, IsMultipath: true),
        ["mptcp6"] = new(null, AddressPreference.IPv6, AddressTransport.Stream, IsMultipath: true),
        ["udp"] = new(null, Transport: AddressTransport.Datagram),
        ["udp4"] = new(null, AddressPreference.IPv4, AddressTransport.Datagram),
        ["udp6"] = new(null, AddressPreference.IPv6, AddressTransport.Datagram),
        ["quic4"] = new(null, AddressPreference.IPv4, AddressTransport.Stream, IsQuic: true),
        ["quic6"] = new(null, AddressPreference.IPv6, AddressTransport.Stream, IsQuic: true),
        ["uxst"] = new(AddressKind.Unix, Transport: AddressTransport.Stream),
        ["uxdg"] = new(AddressKind.Unix, Transport: AddressTransport.Datagram),
    }.ToFrozenDictionary();

    /// <param name="line">Knows the variables; null: there are none.</param>
    /// <param name="error">What is wrong, in HAProxy's words, without the keyword.</param>
    /// <param name="isNotImplemented">The syntax is right, the family is not there yet.</param>
    public static AddressConfig? Parse(
        LineCursor? line, string text, Origin origin, AddressRules rules, out string error, out bool isNotImplemented)
    {
        error = "";
        isNotImplemented = false;
        string rest = line?.Variables is { } variables ? AddressVariables.Expand(text, variables.Find) : text;
        if (rest.Length == 0)
        {
            error = $"'{text}' resolves to an empty address (environment variable missing?)";
            return null;
        }

        AddressTransport? transport = null;
        bool isQuic = false;
        if (TakePrefix(ref rest, "stream+")) transport = AddressTransport.Stream;
        else if (TakePrefix(ref rest, "dgram+")) transport = AddressTransport.Datagram;
        else if (TakePrefix(ref rest, "quic+")) isQuic = true;

        Prefix prefix = default;
        int at = rest.IndexOf('@', StringComparison.Ordinal);
        if (at > 0 && !rest.StartsWith('/') && Prefixes.TryGetValue(rest[..at], out prefix)) rest = rest[(at + 1)..];
        else prefix = default;
        if (rest.StartsWith('/') && prefix.Kind is null && prefix.Preference == AddressPreference.Any)
            prefix = prefix with { Kind = AddressKind.Unix };

        AddressTransport defaultTransport = rules.HasFlag(AddressRules.DatagramByDefault)
            ? AddressTransport.Datagram
            : AddressTransport.Stream;
        AddressConfig address = new()
        {
            Text = text,
            Kind = prefix.Kind ?? AddressKind.HostName,
            Origin = origin,
            Transport = transport ?? prefix.Transport ?? defaultTransport,
            Preference = prefix.Preference,
            IsMultipath = prefix.IsMultipath,
        };
        if (prefix.IsUnsupported || prefix.IsQuic || isQuic)
        {
            isNotImplemented = true;
            error = $"the address family of '{text}' is not implemented yet";
            return null;
        }
        error = TransportError(address, rules);
        if (error.Length > 0) return null;
        return address.Kind switch
        {
            AddressKind.FileDescriptor => WithFileDescriptor(address, rest, rules, out error),
            AddressKind.HostName => WithHostAndPort(address, rest, rules, out error),
            _ => WithPath(address, rest, rules, out error),
        };
    }

    private static bool TakePrefix(ref string text, string prefix)
    {
        if (!text.StartsWith(prefix, StringComparison.Ordinal)) return false;
        text = text[prefix.Length..];
        return true;
    }

    private static string TransportError(AddressConfig address, AddressRules rules)
    {
        if (address.Transport == AddressTransport.Datagram && !rules.HasFlag(AddressRules.DatagramAllowed))
            return $"dgram-type address not acceptable in '{address.Text}'";
        if (address.Transport == AddressTransport.Stream && !rules.HasFlag(AddressRules.StreamAllowed))
            return $"stream-type address not acceptable in '{address.Text}'";
        return "";
    }

    private static AddressConfig? WithFileDescriptor(
        AddressConfig address, string rest, AddressRules rules, out string error)
    {
        error = "";
        if (!int.TryParse(rest, NumberStyles.None, CultureInfo.InvariantCulture, out int descriptor))
            error = $"file descriptor '{rest}' is not a valid integer in '{address.Text}'";
        else if (!rules.HasFlag(AddressRules.FileDescriptorAllowed))
            error = $"a file descriptor is not acceptable here in '{address.Text}'";
        return error.Length > 0 ? null : address with { FileDescriptor = descriptor };
    }

    private static AddressConfig? WithPath(AddressConfig address, string rest, AddressRules rules, out string error)
    {
        error = "";
        // sun_path has 108 bytes; a file's path ends with a NUL inside them.
        const int MaxPathBytes = 107;
        if (!rules.HasFlag(AddressRules.UnixAllowed)) error = $"unix sockets are not acceptable in '{address.Text}'";
        else if (ConfigText.Encode(rest).Length > MaxPathBytes)
            error = $"socket path '{rest}' too long (max {MaxPathBytes})";
        return error.Length > 0 ? null : address with { Path = rest };
    }

    private static AddressConfig? WithHostAndPort(
        AddressConfig address, string rest, AddressRules rules, out string error)
    {
        SplitPort(rest, out string host, out string? port);
        AddressConfig? parsed = WithPort(address, port, rules, out error);
        if (parsed is null) return null;

        if (rules.HasFlag(AddressRules.PortNotZero) && parsed is { PortKind: PortKind.Fixed, PortLow: 0 })
        {
            error = $"invalid port '{port}'";
            return null;
        }
        if (host is "" or "*")
        {
            bool isSix = address.Preference == AddressPreference.IPv6;
            return parsed with
            {
                Kind = isSix ? AddressKind.IPv6 : AddressKind.IPv4,
                IPAddress = isSix ? IPAddress.IPv6Any : IPAddress.Any,
            };
        }
        // A zone ("%eth0") is not part of an address here: what the library reads of it would be lost.
        if (IsIPLiteral(host) && !host.Contains('%', StringComparison.Ordinal) && IPAddress.TryParse(host, out IPAddress? literal))
        {
            bool isSix = literal.AddressFamily == AddressFamily.InterNetworkV6;
            bool isWrong = isSix ? address.Preference == AddressPreference.IPv4
                : address.Preference == AddressPreference.IPv6;
            if (isWrong)
            {
                error = $"invalid address: '{host}' in '{address.Text}'";
                return null;
            }
            return parsed with { Kind = isSix ? AddressKind.IPv6 : AddressKind.IPv4, IPAddress = literal };
        }
        if (!rules.HasFlag(AddressRules.HostNameAllowed) || !IsHostName(host))
        {
            error = $"invalid address: '{host}' in '{address.Text}'";
            return null;
        }
        return parsed with { Host = host };
    }

    /// <summary>The last colon parts the port off, unless the whole is an IPv6 address in brackets.</summary>
    private static void SplitPort(string text, out string host, out string? port)
    {
        port = null;
        host = text;
        if (text.StartsWith('['))
        {
            int close = text.IndexOf(']', StringComparison.Ordinal);
            if (close > 0)
            {
                host = text[1..close];
                if (close + 1 < text.Length && text[close + 1] == ':') port = text[(close + 2)..];
                else if (close + 1 < text.Length) host = text;
                return;
            }
        }
        int colon = text.LastIndexOf(':');
        if (colon < 0) return;
        host = text[..colon];
        port = text[(colon + 1)..];
    }

    private static AddressConfig? WithPort(AddressConfig address, string? port, AddressRules rules, out string error)
    {
        error = "";
        if (string.IsNullOrEmpty(port))
        {
            if (rules.HasFlag(AddressRules.PortRequired)) error = $"missing port specification in '{address.Text}'";
            return error.Length > 0 ? null : address;
        }
        if (rules.HasFlag(AddressRules.PortForbidden))
        {
            error = $"port specification not permitted here in '{address.Text}'";
            return null;
        }
        if (port[0] is '+' or '-')
        {
            if (!rules.HasFlag(AddressRules.PortOffsetAllowed))
                error = $"port offset not permitted here in '{address.Text}'";
            else if (!TryPort(port[1..], out int offset)) error = $"invalid port '{port}'";
            else
            {
                return address with
                {
                    PortKind = PortKind.Relative, PortOffset = port[0] == '-' ? -offset : offset,
                };
            }
            return null;
        }
        int dash = port.IndexOf('-', StringComparison.Ordinal);
        if (dash > 0)
        {
            if (!rules.HasFlag(AddressRules.PortRangeAllowed))
            {
                error = $"port range not permitted here in '{address.Text}'";
                return null;
            }
            if (TryPort(port[..dash], out int low) && TryPort(port[(dash + 1)..], out int high) && low >= 1 && low <= high)
                return address with { PortKind = PortKind.Range, PortLow = low, PortHigh = high };
            error = $"invalid port range '{port}'";
            return null;
        }
        if (TryPort(port, out int single))
            return address with { PortKind = PortKind.Fixed, PortLow = single, PortHigh = single };
        int bad = port.AsSpan().IndexOfAnyExceptInRange('0', '9');
        error = bad >= 0
            ? $"invalid character '{port[bad]}' in port number '{port}' in '{address.Text}'"
            : $"invalid port '{port}'";
        return null;
    }

    private static bool TryPort(string text, out int port) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port <= 65535;

    /// <summary>Four dotted numbers or anything with a colon; .NET would also take "1" and "0x7f.1".</summary>
    private static bool IsIPLiteral(string host)
    {
        if (host.Contains(':', StringComparison.Ordinal)) return true;
        return host.Split('.') is { Length: 4 } parts && Array.TrueForAll(parts,
            static part => part.Length is > 0 and <= 3 && part.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0);
    }

    private static bool IsHostName(string host)
    {
        foreach (char letter in host)
        {
            if (!char.IsAsciiLetterOrDigit(letter) && letter is not ('-' or '.' or '_')) return false;
        }
        return host.Length <= 255;
    }
}
