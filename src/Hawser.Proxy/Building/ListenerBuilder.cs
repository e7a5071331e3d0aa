using System.Collections.Generic;
using Hawser.Base.Network;
using Hawser.Config.Diagnostics;
using Hawser.Config.Model;
using Hawser.Io.Kernels;
using Hawser.Io.Sockets;
using Hawser.Proxy.Listeners;
using Hawser.Proxy.Streams;

namespace Hawser.Proxy.Building;

/// <summary>One "bind" line to its listeners: one per address and port.</summary>
internal sealed class ListenerBuilder(Frontend frontend, ProxySettings settings, DiagnosticBag findings)
{
    /// <summary>Backlog of a listener whose frontend has no limit of its own.</summary>
    private const int DefaultBacklog = 4096;

    public void Add(BindConfig bind, List<Listener> listeners, ref int nextId)
    {
        if (bind.Id is { } given)
            nextId = given.Value;
        foreach (AddressConfig address in bind.Addresses)
        {
            int last = address.PortKind == PortKind.Range ? address.PortHigh : address.PortLow;
            for (int port = address.PortLow; port <= last; port++)
            {
                if (Build(bind, address, port, nextId) is { } listener)
                    listeners.Add(listener);
                nextId++;
            }
        }
    }

    private Listener? Build(BindConfig bind, AddressConfig address, int port, int id)
    {
        bool isInherited = address.Kind == AddressKind.FileDescriptor;
        SocketAddress socket = default;
        if (isInherited)
            settings.Kernel.LocalAddress(address.FileDescriptor, ref socket);
        else if (!settings.Resolver.TryResolve(address, port, out socket))
        {
            findings.ReportWhole(DiagnosticCodes.UnresolvedAddress, Severity.Alert, address.Origin,
                $"config : [{bind.Origin}] : 'bind' : invalid address: '{address.Text}'.");
            return null;
        }

        NetworkAddress shown = SocketAddresses.ToNetworkAddress(socket, (uint)id);
        Listener listener = new()
        {
            Frontend = frontend,
            Config = bind,
            Id = id,
            Text = address.IsUnix ? address.Path! : shown.ToString(),
            InheritedDescriptor = isInherited ? address.FileDescriptor : -1,
            UnixPath = address.Kind == AddressKind.Unix ? address.Path : null,
            Backlog = bind.Backlog ?? frontend.Config.Backlog ?? frontend.Config.MaxConnections ?? DefaultBacklog,
            MaximumSessions = bind.MaxConnections is { } limit and > 0 ? limit : int.MaxValue,
        };
        listener.Address = socket;
        return listener;
    }
}
