using System.Collections.Generic;
using Hawser.Base.Network;
using Hawser.Io.Kernels;
using Hawser.Simulation.Networks;

namespace Hawser.Simulation.Kernels;

/// <summary>A socket's descriptor: fresh, connected, or for datagrams.</summary>
internal sealed class SimSocket(SimKernel kernel, bool isDatagram) : SimFile(kernel)
{
    public bool IsDatagram => isDatagram;

    /// <summary>Null until it is connected or accepted.</summary>
    public TcpEnd? End;

    /// <summary>bind(2); unspecified when the kernel chooses.</summary>
    public NetworkAddress Bound;

    /// <summary>Where it connects to counts it; 0 for none.</summary>
    public ulong CountedAt;

    public bool ClosesWithReset;

    /// <summary>TCP_QUICKACK off before connect: the mark of a health check.</summary>
    public bool DelaysAcknowledgement;

    public override Readiness Mask()
    {
        if (End is not { } end)
            return isDatagram ? Readiness.Writable : Readiness.Writable | Readiness.HangUp;
        if (!end.IsEstablished && !end.IsDead)
            return Readiness.None;
        Readiness mask = Readiness.None;
        if (end.Readable > 0)
            mask |= Readiness.Readable;
        if (end.IsPeerFinHere || end.IsDead)
            mask |= Readiness.Readable | Readiness.PeerClosed;
        if (end.IsDead || (end.IsPeerFinHere && end.Out.FinWritten))
            mask |= Readiness.HangUp;
        if (end.IsDead || end.Out.FinWritten || end.Room * 3 >= end.SendCapacity)
            mask |= Readiness.Writable;
        else
            end.WantsRoom = true;
        if (end.Error != KernelError.None)
            mask |= Readiness.Error;
        return mask;
    }

    public override void OnClosed() => End?.Close(ClosesWithReset);
}

/// <summary>A listening socket and its accept queue.</summary>
internal sealed class SimListener(SimKernel kernel, NetworkAddress address, int backlog) : SimFile(kernel)
{
    private readonly Target _target = new();
    private bool _isOpen;

    public NetworkAddress Address => address;

    public Queue<TcpConnection> Waiting { get; } = new();

    /// <summary>Since when somebody waits that nobody takes; meaningless while the queue is empty.</summary>
    public long WaitingSinceUs { get; set; }

    public void Open()
    {
        if (_isOpen)
            return;
        _isOpen = true;
        _target.Listener = this;
        Kernel.Network.Listen(address, _target);
    }

    /// <summary>shutdown(2) on a listener: it hears nothing more, and who waits is reset.</summary>
    public void Shut()
    {
        if (!_isOpen)
            return;
        _isOpen = false;
        Kernel.Network.StopListening(address, _target);
        while (Waiting.TryDequeue(out TcpConnection? connection))
            connection.Far.Close(withReset: true);
    }

    public override Readiness Mask() => Waiting.Count > 0 ? Readiness.Readable : Readiness.None;

    public override void OnClosed() => Shut();

    private SynAnswer Take(TcpConnection connection)
    {
        if (Waiting.Count > backlog)
            return SynAnswer.Dropped;
        if (Waiting.Count == 0)
            WaitingSinceUs = Kernel.World.NowUs;
        Waiting.Enqueue(connection);
        connection.Far.Owner = new SimSocket(Kernel, isDatagram: false) { End = connection.Far };
        // Exclusive watches: one of those who wait is woken.
        if (Watches.Count > 0)
        {
            Watch chosen = Watches[connection.Number % Watches.Count];
            chosen.Poller.Add(chosen);
        }

        return SynAnswer.Accepted;
    }

    private sealed class Target : SynTarget
    {
        public SimListener Listener = null!;

        public override SynAnswer OnSyn(TcpConnection connection) => Listener.Take(connection);
    }
}
