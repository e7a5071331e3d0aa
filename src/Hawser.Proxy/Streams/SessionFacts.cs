using System;
using System.Collections.Generic;
using System.Numerics;
using Hawser.Base.Network;
using Hawser.Base.Time;
using Hawser.Config.Diagnostics;
using Hawser.Config.Model;
using Hawser.Expressions.LogFormat;
using Hawser.Expressions.Samples;
using Hawser.Io.Kernels;
using Hawser.Io.Sockets;
using Hawser.Proxy.Connections;
using Hawser.Proxy.Logging;

namespace Hawser.Proxy.Streams;

/// <summary>
/// What only some sessions have and only rules and log lines ask for. Made with its session, emptied for the next one;
/// buffers are kept.
/// </summary>
public sealed class SessionFacts
{
    /// <summary>As in HAProxy.</summary>
    private const int LongestUniqueId = 128;

    private readonly List<(BandwidthFilterConfig Filter, BandwidthLimit Limit)> _limits = [];
    private int _limitsInUse;
    private byte[]? _uniqueId;
    private byte[] _tlvs = [];
    private bool _areAddressesOfRequest;
    private NetworkAddress _peerBefore;
    private NetworkAddress _localBefore;
    private int _tlvBytes;

    /// <summary>The client began with a PROXY header.</summary>
    public bool HasProxyHeader { get; private set; }

    /// <summary>The TLVs of the PROXY header, as received.</summary>
    public ReadOnlySpan<byte> ProxyTlvs => _tlvs.AsSpan(0, _tlvBytes);

    /// <summary>
    /// A PROXY header, or a rule behind "tcp-request connection", has put others in the place of the connection's own
    /// addresses: these are they.
    /// </summary>
    public bool HasOwnAddresses { get; private set; }

    /// <summary>Only with <see cref="HasOwnAddresses"/>.</summary>
    public NetworkAddress OwnPeer { get; private set; }

    /// <summary>As <see cref="OwnPeer"/>; unspecified when nobody had asked for it yet.</summary>
    public NetworkAddress OwnLocal { get; private set; }

    /// <summary>"silent-drop rst-ttl"; 0 without.</summary>
    public int ResetTimeToLive { get; set; }

    /// <summary>The last rule of content that ended its set; <see cref="Origin.None"/> when none has.</summary>
    public Origin LastRule { get; set; } = Origin.None;

    /// <summary>There is something that the connection's next request must find again.</summary>
    public bool OutliveRequest => HasProxyHeader || HasOwnAddresses;

    /// <summary>What the last connection to a server failed with.</summary>
    public KernelError ServerError { get; set; }

    /// <summary>A connection to a server was tried.</summary>
    public bool WasForwarded { get; set; }

    /// <summary>What rules have captured of the request.</summary>
    public CaptureStore RequestCaptures { get; } = new();

    /// <summary>What rules have captured of the response.</summary>
    public CaptureStore ResponseCaptures { get; } = new();

    /// <summary>What "unique-id-format" calls the session; empty until somebody asks.</summary>
    public ReadOnlyMemory<byte> UniqueId { get; private set; }

    /// <summary>How often the session was advanced.</summary>
    public int Calls { get; set; }

    public void KeepProxyHeader(ReadOnlySpan<byte> tlvs)
    {
        HasProxyHeader = true;
        if (tlvs.Length > _tlvs.Length) _tlvs = new byte[BitOperations.RoundUpToPowerOf2((uint)tlvs.Length)];
        tlvs.CopyTo(_tlvs);
        _tlvBytes = tlvs.Length;
    }

    /// <summary>
    /// Puts a limit of a filter in force, or back to its beginning. Limits that were made once are used again.
    /// </summary>
    internal void Limit(Channel channel, BandwidthFilterConfig filter, long limitBytes, long periodMs, Instant now)
    {
        int index = 0;
        while (index < _limitsInUse && _limits[index].Filter != filter) index++;
        if (index == _limitsInUse)
        {
            if (index == _limits.Count) _limits.Add((filter, new BandwidthLimit()));
            _limits[index] = (filter, _limits[index].Limit);
            _limitsInUse++;
            _limits[index].Limit.Next = channel.Limit;
            channel.Limit = _limits[index].Limit;
        }

        _limits[index].Limit.Begin(limitBytes, periodMs, filter.MinimumBytes, now);
    }

    /// <summary>Before rules change them; the first time counts.</summary>
    public void KeepOwnAddresses(in NetworkAddress peer, in NetworkAddress local)
    {
        if (HasOwnAddresses) return;
        HasOwnAddresses = true;
        OwnPeer = peer;
        OwnLocal = local;
    }

    /// <summary>The kernel is only asked for the connection's own address where something else has taken its place.</summary>
    internal void LearnOwnLocal(Session session)
    {
        if (!HasOwnAddresses || OwnLocal.Family != AddressFamily.Unspecified || !session.ClientSide.IsOpen) return;
        SocketAddress address = default;
        if (session.Loop.Kernel.LocalAddress(session.ClientSide.Descriptor, ref address) >= 0)
            OwnLocal = SocketAddresses.ToNetworkAddress(address, session.Source.UnixId);
    }

    /// <summary>Before a request's rules change them; the first time of each request counts.</summary>
    public void KeepAddressesBeforeRequest(in NetworkAddress peer, in NetworkAddress local)
    {
        if (_areAddressesOfRequest) return;
        _areAddressesOfRequest = true;
        _peerBefore = peer;
        _localBefore = local;
    }

    /// <summary>The request is over: the connection's addresses are again what they were before it.</summary>
    internal void RestoreAddresses(Connection client)
    {
        if (!_areAddressesOfRequest) return;
        _areAddressesOfRequest = false;
        client.Peer = _peerBefore;
        client.Local = _localBefore;
    }

    /// <summary>Makes the id, once; what is too long is cut.</summary>
    internal void Name(LogFormat format, SampleSource source)
    {
        _uniqueId ??= new byte[LongestUniqueId];
        int length = format.Write(source, _uniqueId);
        UniqueId = _uniqueId.AsMemory(0, length);
    }

    /// <summary>For the next session.</summary>
    internal void BeginConnection()
    {
        HasProxyHeader = false;
        _tlvBytes = 0;
        HasOwnAddresses = false;
        _areAddressesOfRequest = false;
        Calls = 0;
    }

    /// <summary>For the session's next way to a server.</summary>
    internal void BeginTransaction(CaptureSlots slots)
    {
        if (slots.RequestLengths.Length + RequestCaptures.Count > 0) RequestCaptures.Begin(slots.RequestLengths);
        if (slots.ResponseLengths.Length + ResponseCaptures.Count > 0) ResponseCaptures.Begin(slots.ResponseLengths);
        _limitsInUse = 0;
        UniqueId = default;
        ResetTimeToLive = 0;
        LastRule = Origin.None;
        ServerError = KernelError.None;
        WasForwarded = false;
    }
}
