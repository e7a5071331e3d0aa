using System;
using System.Collections.Generic;
using System.Globalization;
using Hawser.Base.Network;
using Hawser.Config.Diagnostics;
using Hawser.Config.Model;
using Hawser.Io.Kernels;
using Hawser.Io.Sockets;
using Hawser.Proxy.Accounting;
using Hawser.Proxy.Listeners;
using Hawser.Proxy.Streams;

namespace Hawser.Proxy.Building;

/// <summary>One "bind" line to its listeners: one per address and port.</summary>
/// <param name="running">The sockets of a running configuration, by address; null at a start.</param>
internal sealed class ListenerBuilder(
    Frontend frontend, ProxySettings settings, GlobalConfig global, Dictionary<string, Listener>? running, DiagnosticBag findings)
{
    private readonly HashSet<int> _takenIds = WrittenIds(frontend.Config);
    private int _lastId;

    public void Add(BindConfig bind, List<Listener> listeners)
    {
        if (bind.Threads is { } threads && !HasThread(bind, threads))
            return;
        int place = 0;
        foreach (AddressConfig address in bind.Addresses)
        {
            int last = address.PortKind == PortKind.Range ? address.PortHigh : address.PortLow;
            for (int port = address.PortLow; port <= last; port++)
            {
                if (Build(bind, address, port, NextId(bind), place++) is { } listener)
                    listeners.Add(listener);
            }
        }
    }

    private static HashSet<int> WrittenIds(ProxyConfig proxy)
    {
        HashSet<int> ids = [];
        foreach (BindConfig bind in proxy.Binds)
        {
            if (bind.Id is { } id)
                ids.Add(id.Value);
        }

        return ids;
    }

    /// <summary>The written one, else the next free one after the listener before, as seen in HAProxy 3.5's statistics.</summary>
    private int NextId(BindConfig bind)
    {
        if (bind.Id is { } written)
            return _lastId = written.Value;
        do
            _lastId++;
        while (!_takenIds.Add(_lastId));
        return _lastId;
    }

    private bool HasThread(BindConfig bind, ThreadSet threads)
    {
        string? wrong = null;
        if (threads.LastGroup > 1)
            wrong = $"references non-existing thread group {threads.LastGroup}";
        else if (LoopsOf(threads) == 0)
            wrong = "only references non-existing threads";
        if (wrong is null)
            return true;
        string kind = frontend.Config.Kind == ProxyKind.Listen ? "proxy" : "frontend";
        findings.ReportWhole(DiagnosticCodes.UnknownThread, Severity.Alert, bind.Origin,
            $"{kind} '{frontend.Name}': 'thread' directive {wrong} in 'bind {bind.Addresses[0].Text}' "
            + $"at [{bind.Origin}].");
        return false;
    }

    private int LoopsOf(ThreadSet? threads)
    {
        if (threads is null)
            return settings.Loops;
        int count = 0;
        for (int thread = 1; thread <= settings.Loops; thread++)
            count += threads.Contains(thread) ? 1 : 0;
        return count;
    }

    private int? Owner(BindConfig bind, string option, Located<string>? name, int? number, Func<string, int?> find)
    {
        if (name is not { } written)
            return number;
        int? found = find(written.Value);
        if (found is null)
        {
            findings.ReportWhole(DiagnosticCodes.UnknownUser, Severity.Alert, written.Origin,
                $"config : parsing [{written.Origin}] : 'bind {bind.Addresses[0].Text}' : '{option}' : "
                + $"unknown {option} name '{written.Value}'");
        }

        return found;
    }

    /// <summary>One group of threads is all there is: "by-group" is one socket, as "by-process".</summary>
    private int ShardsOf(Listener listener)
    {
        if (listener.InheritedDescriptor >= 0 || listener.Address.Family == SocketAddresses.UnixFamily)
            return 1;
        BindConfig bind = listener.Config;
        ShardsKind kind = bind.ShardsKind == ShardsKind.Default ? global.Tuning.ListenerDefaultShards : bind.ShardsKind;
        return kind switch
        {
            ShardsKind.ByThread => listener.Loops,
            ShardsKind.Fixed => Math.Min(bind.Shards, listener.Loops),
            _ => 1,
        };
    }

    private static int? Positive(int? limit) => limit is > 0 ? limit : null;

    private Listener? Build(BindConfig bind, AddressConfig address, int port, int id, int place)
    {
        bool isInherited = address.Kind == AddressKind.FileDescriptor;
        SocketAddress socket = default;
        if (isInherited)
        {
            int result = settings.Kernel.LocalAddress(address.FileDescriptor, ref socket);
            if (result < 0)
            {
                findings.ReportWhole(DiagnosticCodes.UnresolvedAddress, Severity.Alert, address.Origin,
                    $"config : parsing [{bind.Origin}] : 'bind' : cannot use file descriptor '{address.FileDescriptor}' : "
                    + $"{KernelErrorText.Of((KernelError)(-result))}.");
                return null;
            }
        }
        else if (!settings.Resolver.TryResolve(address, port, out socket))
        {
            findings.ReportWhole(DiagnosticCodes.UnresolvedAddress, Severity.Alert, address.Origin,
                $"config : [{bind.Origin}] : 'bind' : invalid address: '{address.Text}'.");
            return null;
        }

        Listener? before = running?.GetValueOrDefault(SocketSignature.Key(
            isInherited ? address.FileDescriptor : -1, address.Kind == AddressKind.Unix ? address.Path : null, socket));
        NetworkAddress shown = SocketAddresses.ToNetworkAddress(socket, (uint)id);
        Listener listener = new()
        {
            Frontend = frontend,
            Config = bind,
            Id = id,
            Guid = bind.GuidPrefix is { } prefix ? string.Create(CultureInfo.InvariantCulture, $"{prefix.Value}-{place}") : null,
            Text = address.IsUnix ? address.Path! : shown.ToString(),
            IsMultipath = address.IsMultipath,
            SegmentReduction = Math.Max(0, -(bind.MaxSegmentSize ?? 0)),
            InheritedDescriptor = isInherited ? address.FileDescriptor : -1,
            UnixPath = address.Kind == AddressKind.Unix ? address.Path : null,
            WrittenBacklog = bind.Backlog ?? frontend.Config.Backlog ?? Positive(bind.MaxConnections) ?? Positive(frontend.Config.MaxConnections),
            Loops = LoopsOf(bind.Threads),
            Counters = frontend.Config.Options.SocketStatistics ? before?.Counters ?? TrafficCounters.PerLoop(settings.Loops) : null,
            Peaks = before?.Peaks ?? new TrafficPeaks(),
            Before = before,
            UserId = Owner(bind, "user", bind.User, bind.UserId, settings.FindUser),
            GroupId = Owner(bind, "group", bind.Group, bind.GroupId, settings.FindGroup),
            MaximumSessions = Positive(bind.MaxConnections) ?? int.MaxValue,
        };
        listener.Address = socket;
        listener.Shards = ShardsOf(listener);
        listener.SocketNature = SocketSignature.Nature(listener);
        listener.SocketSettings = SocketSignature.Settings(listener, global);
        return listener;
    }
}
