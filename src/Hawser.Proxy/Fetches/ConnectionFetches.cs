using System;
using System.Collections.Generic;
using System.Globalization;
using Hawser.Base.Network;
using Hawser.Expressions.Compilation;
using Hawser.Expressions.Samples;
using Hawser.Io.Kernels;
using Hawser.Io.Sockets;
using Hawser.Protocols.ProxyProtocol;
using Hawser.Proxy.Logging;
using Hawser.Proxy.Streams;

namespace Hawser.Proxy.Fetches;

/// <summary>The two connections of a session: addresses, PROXY header, what the kernel measures (manual, section 7.3.3).</summary>
internal static class ConnectionFetches
{
    /// <summary>The longest TLV that is given, as in HAProxy.</summary>
    private const int LongestTlvBytes = 1024;

    private static readonly Dictionary<string, byte> s_tlvNames = new(StringComparer.Ordinal)
    {
        ["ALPN"] = 0x01,
        ["AUTHORITY"] = 0x02,
        ["CRC32"] = 0x03,
        ["CRC32C"] = 0x03,
        ["NOOP"] = 0x04,
        ["UNIQUE_ID"] = 0x05,
        ["SSL"] = 0x20,
        ["SSL_VERSION"] = 0x21,
        ["SSL_CN"] = 0x22,
        ["SSL_CIPHER"] = 0x23,
        ["SSL_SIG_ALG"] = 0x24,
        ["SSL_KEY_ALG"] = 0x25,
        ["NETNS"] = 0x30,
    };

    public static FetchRow[] Rows { get; } =
    [
        // The addresses that rules after "tcp-request connection" do not change.
        Address("fc_src", OwnPeer, "2.6", "the client's address, whatever rules have made of it"),
        Port("fc_src_port", OwnPeer, "2.6", "the client's port, whatever rules have made of it"),
        Address("fc_dst", OwnLocal, "2.6", "the address the client connected to, whatever rules have made of it") with { ReadsConnection = true },
        Port("fc_dst_port", OwnLocal, "2.6", "the port the client connected to, whatever rules have made of it") with { ReadsConnection = true },
        Local("src_is_local", static s => s.ClientSide.Peer, "1.5", "whether the client's address is one of this system's"),
        Local("dst_is_local", static s => s.ClientSide.Local, "1.5", "whether the address the client connected to is one of this system's"),
        Local("fc_src_is_local", OwnPeer, "2.6", "src_is_local of fc_src"),
        Local("fc_dst_is_local", OwnLocal, "2.6", "dst_is_local of fc_dst") with { ReadsConnection = true },

        // What a PROXY header has said.
        SessionRows.Row("fc_rcvd_proxy", SampleType.Boolean, FetchContexts.Connected, static (Session s, ref Sample sample) =>
        {
            sample.SetBoolean(s.Facts.HasProxyHeader);
            return !s.IsBeforeProxyHeader;
        }, "1.7", "whether the client began with a PROXY header"),
        FirstTlv("fc_pp_authority", ProxyTlvType.Authority, "2.0", "the authority of the PROXY header"),
        FirstTlv("fc_pp_unique_id", ProxyTlvType.UniqueId, "2.2", "the unique id of the PROXY header"),
        new("fc_pp_tlv", ArgumentSignature.Of(1, ArgumentType.Text), SampleType.String, FetchContexts.ClientSession, NextTlv, "2.9", "the TLVs of a type in the PROXY header, by number or name")
        {
            Prepare = PrepareTlv,
        },
        new("fc_saved_syn", ArgumentSignature.None, SampleType.Binary, FetchContexts.Connected, SavedSyn, "3.2", "the connection's first packet, kept by tcp-ss; the kernel gives it once"),

        // What the kernel measures.
        Microseconds("fc_rtt", isServer: false, static facts => facts.RoundTripMicroseconds, "1.7", "round trip time to the client"),
        Microseconds("fc_rttvar", isServer: false, static facts => facts.RoundTripVarianceMicroseconds, "1.7", "variance of the round trip time to the client"),
        Microseconds("bc_rtt", isServer: true, static facts => facts.RoundTripMicroseconds, "3.0", "round trip time to the server"),
        Microseconds("bc_rttvar", isServer: true, static facts => facts.RoundTripVarianceMicroseconds, "3.0", "variance of the round trip time to the server"),
        Segments("fc_unacked", static facts => facts.Unacknowledged, "segments to the client that are not acknowledged"),
        Segments("fc_sacked", static facts => facts.SelectivelyAcknowledged, "segments to the client acknowledged out of order"),
        Segments("fc_retrans", static facts => facts.Retransmitted, "segments to the client sent again"),
        Segments("fc_fackets", static facts => facts.ForwardAcknowledged, "segments to the client acknowledged by forward acknowledgements"),
        Segments("fc_lost", static facts => facts.Lost, "segments to the client taken for lost"),
        Segments("fc_reordering", static facts => facts.Reordering, "how far segments may come out of order before one counts as lost"),
    ];

    private static NetworkAddress OwnPeer(Session session) =>
        session.Facts.HasOwnAddresses ? session.Facts.OwnPeer : session.ClientSide.Peer;

    private static NetworkAddress OwnLocal(Session session)
    {
        if (!session.Facts.HasOwnAddresses) return session.ClientSide.Local;
        session.Facts.LearnOwnLocal(session);
        return session.Facts.OwnLocal;
    }

    private static FetchRow Address(string name, Func<Session, NetworkAddress> read, string since, string description) =>
        SessionRows.Row(name, SampleType.Address, FetchContexts.Connected,
            (Session session, ref Sample sample) =>
            {
                NetworkAddress address = read(session);
                if (!address.IsInternet) return false;
                sample.SetAddress(in address);
                return true;
            },
            since,
            description);

    private static FetchRow Port(string name, Func<Session, NetworkAddress> read, string since, string description) =>
        SessionRows.Number(name, FetchContexts.Connected,
            session => read(session) is { IsInternet: true } address ? address.Port : null, since, description);

    private static FetchRow Local(string name, Func<Session, NetworkAddress> read, string since, string description) =>
        SessionRows.Row(name, SampleType.Boolean, FetchContexts.Connected,
            (Session session, ref Sample sample) =>
            {
                NetworkAddress address = read(session);
                if (!address.IsInternet) return false;
                sample.SetBoolean(IsLocal(session.Loop.Kernel, in address));
                return true;
            },
            since,
            description);

    /// <summary>An address of this system is one that a socket can be bound to.</summary>
    private static bool IsLocal(Kernel kernel, in NetworkAddress address)
    {
        SocketAddress own = SocketAddresses.From(address.WithPort(0));
        int socket = kernel.OpenSocket(own.Family, datagram: true);
        if (socket < 0) return false;
        bool isLocal = kernel.Bind(socket, in own) >= 0;
        kernel.Close(socket);
        return isLocal;
    }

    private static FetchRow FirstTlv(string name, ProxyTlvType type, string since, string description) =>
        SessionRows.Row(name, SampleType.String, FetchContexts.Connected,
            (Session session, ref Sample sample) => TryTlv(session, type, skip: 0, ref sample),
            since,
            description);

    private static string? PrepareTlv(Arguments arguments, CompileContext context)
    {
        string text = arguments.String(0);
        if (s_tlvNames.TryGetValue(text, out byte known))
        {
            arguments.Prepared = (ProxyTlvType)known;
            return null;
        }

        bool isNumber = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            ? int.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int number)
            : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
        if (!isNumber)
            return text.Length == 0 ? "Missing TLV Type" : $"Could not convert type '{text}'";
        arguments.Prepared = (ProxyTlvType)(byte)number;
        return number is < 0 or > byte.MaxValue ? $"Invalid TLV Type '{text}'" : null;
    }

    /// <summary>One occurrence after the other.</summary>
    private static bool NextTlv(SampleSource source, Arguments arguments, ref Sample sample)
    {
        if (SessionRows.SessionOf(source) is not { } session) return false;
        return TryTlv(session, (ProxyTlvType)arguments.Prepared!, skip: sample.Place++, ref sample);
    }

    private static bool TryTlv(Session session, ProxyTlvType type, long skip, ref Sample sample)
    {
        ProxyTlvReader reader = new(session.Facts.ProxyTlvs);
        bool isFound = false;
        sample.HasMore = false;
        while (reader.TryRead(out ProxyTlvType next, out ReadOnlySpan<byte> value))
        {
            if (next != type || value.Length > LongestTlvBytes) continue;
            if (isFound)
            {
                sample.HasMore = true;
                break;
            }

            if (skip-- > 0) continue;
            isFound = true;
            sample.SetString(value);
        }

        return isFound;
    }

    private static bool SavedSyn(SampleSource source, Arguments arguments, ref Sample sample)
    {
        if (SessionRows.SessionOf(source) is not { ClientSide.IsOpen: true } session) return false;
        Span<byte> packet = source.Scratch.Take(default);
        int length = session.Loop.Kernel.SavedSyn(session.ClientSide.Descriptor, packet);
        if (length <= 0) return false;
        sample.SetBinary(packet[..length]);
        return true;
    }

    /// <summary>In milliseconds, rounded, unless microseconds are asked for.</summary>
    private static FetchRow Microseconds(string name, bool isServer, Func<TcpFacts, uint> read, string since, string description) =>
        new(name, ArgumentSignature.Optional(ArgumentType.Text), SampleType.Integer, FetchContexts.Connected,
            (SampleSource source, Arguments arguments, ref Sample sample) =>
            {
                if (!TryFacts(source, isServer, out TcpFacts facts)) return false;
                long value = read(facts);
                sample.SetInteger(arguments.Prepared is null ? (value + 500) / 1000 : value);
                return true;
            },
            since,
            description)
        {
            Prepare = static (arguments, _) =>
            {
                string unit = arguments.String(0);
                arguments.Prepared = unit == "us" ? arguments : null;
                return arguments.Count == 0 || unit is "us" or "ms" ? null : $"expects 'us' or 'ms', got '{unit}'";
            },
            ReadsConnection = true,
        };

    private static FetchRow Segments(string name, Func<TcpFacts, uint> read, string description) =>
        new(name, ArgumentSignature.Optional(ArgumentType.Text), SampleType.Integer, FetchContexts.Connected,
            (SampleSource source, Arguments _, ref Sample sample) =>
            {
                if (!TryFacts(source, isServer: false, out TcpFacts facts)) return false;
                sample.SetInteger(read(facts));
                return true;
            },
            "1.7",
            description)
        {
            ReadsConnection = true,
        };

    private static bool TryFacts(SampleSource source, bool isServer, out TcpFacts facts)
    {
        facts = default;
        if ((source as SessionLogSource)?.Record is not SessionRecord record) return false;
        facts = record.TcpFactsOf(isServer);
        return facts.IsKnown;
    }
}
