using System.Collections.Generic;
using Hawser.Io.Kernels;
using Hawser.Simulation.Networks;

namespace Hawser.Simulation.Kernels;

/// <summary>What a descriptor stands for.</summary>
internal abstract class SimFile(SimKernel kernel) : EndOwner, IOwnedByProxy
{
    protected SimKernel Kernel => kernel;

    public int ProxyIndex => kernel.Index;

    public int Descriptor = -1;

    /// <summary>The pollers that watch it: one, or several for a shared listener.</summary>
    public List<Watch> Watches { get; } = [];

    /// <summary>What epoll would say now.</summary>
    public abstract Readiness Mask();

    public abstract void OnClosed();

    /// <summary>Something about it changed: its poller looks again.</summary>
    public void Raise()
    {
        foreach (Watch watch in Watches)
            watch.Poller.Add(watch);
    }

    /// <summary>A delayed <see cref="Raise"/>: see <see cref="SimKernel.Announce"/>.</summary>
    public override void Run(int argument) => Raise();

    public override void OnEstablished(TcpEnd end) => Raise();

    public override void OnRefused(TcpEnd end) => Raise();

    public override void OnArrived(TcpEnd end) => Raise();

    public override void OnRoom(TcpEnd end) => Raise();

    public override void OnReset(TcpEnd end) => Raise();
}

/// <summary>One poller's interest in one descriptor.</summary>
internal sealed class Watch(SimPoller poller, SimFile file, WatchMode mode, ulong token)
{
    public SimPoller Poller => poller;

    public SimFile File => file;

    public WatchMode Mode => mode;

    public ulong Token => token;

    public bool IsQueued;

    public bool IsRemoved;
}
