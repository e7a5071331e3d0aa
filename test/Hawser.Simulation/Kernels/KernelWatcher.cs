using System;
using Hawser.Base.Network;
using Hawser.Simulation.Networks;

namespace Hawser.Simulation.Kernels;

/// <summary>Who keeps books on what a proxy does to its kernel.</summary>
internal abstract class KernelWatcher
{
    public abstract void OnAccepted(TcpConnection connection);

    public abstract void OnConnecting(TcpConnection connection);

    /// <summary>connect(2), or the socket for it, failed at once.</summary>
    public abstract void OnConnectFailed(in NetworkAddress destination);

    /// <summary>A descriptor or memory was refused.</summary>
    public abstract void OnShortage();

    public abstract void OnClosed(TcpEnd end);

    public abstract void OnLogLine(ReadOnlySpan<byte> line);
}
