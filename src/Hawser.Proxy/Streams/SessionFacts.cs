using System;
using System.Numerics;
using Hawser.Base.Network;
using Hawser.Config.Diagnostics;
using Hawser.Io.Kernels;

namespace Hawser.Proxy.Streams;

/// <summary>
/// What only some sessions have and only rules and log lines ask for. Made with its session, emptied for the next one;
/// buffers are kept.
/// </summary>
public sealed class SessionFacts
{
    private byte[] _tlvs = [];
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

    /// <summary>"set-priority-class".</summary>
    public int PriorityClass { get; set; }

    /// <summary>"set-priority-offset", in milliseconds.</summary>
    public int PriorityOffset { get; set; }

    /// <summary>The last rule of content that ended its set; <see cref="Origin.None"/> when none has.</summary>
    public Origin LastRule { get; set; } = Origin.None;

    /// <summary>What the last connection to a server failed with.</summary>
    public KernelError ServerError { get; set; }

    /// <summary>A connection to a server was tried.</summary>
    public bool WasForwarded { get; set; }

    /// <summary>How often the session was advanced.</summary>
    public int Calls { get; set; }

    public void KeepProxyHeader(ReadOnlySpan<byte> tlvs)
    {
        HasProxyHeader = true;
        if (tlvs.Length > _tlvs.Length) _tlvs = new byte[BitOperations.RoundUpToPowerOf2((uint)tlvs.Length)];
        tlvs.CopyTo(_tlvs);
        _tlvBytes = tlvs.Length;
    }

    /// <summary>Before rules change them; the first time counts.</summary>
    public void KeepOwnAddresses(in NetworkAddress peer, in NetworkAddress local)
    {
        if (HasOwnAddresses) return;
        HasOwnAddresses = true;
        OwnPeer = peer;
        OwnLocal = local;
    }

    /// <summary>For the next session.</summary>
    internal void Reset()
    {
        HasProxyHeader = false;
        _tlvBytes = 0;
        HasOwnAddresses = false;
        PriorityClass = 0;
        PriorityOffset = 0;
        LastRule = Origin.None;
        ServerError = KernelError.None;
        WasForwarded = false;
        Calls = 0;
    }
}
