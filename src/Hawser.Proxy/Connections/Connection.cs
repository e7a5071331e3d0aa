using Hawser.Base.Network;
using Hawser.Base.Time;
using Hawser.Io.Kernels;
using Hawser.Io.Loop;

namespace Hawser.Proxy.Connections;

/// <summary>
/// One TCP or UNIX connection: its descriptor and what is known about it. Belongs to one session or to a server's idle
/// connections, always of the same loop. Registered with the poller once, edge-triggered: readiness is remembered here until a system call
/// says otherwise.
/// </summary>
public sealed class Connection : ReadyHandler
{
    public Connection(ConnectionOwner owner) => Owner = owner;

    /// <summary>Who is told that it became ready.</summary>
    internal ConnectionOwner Owner { get; set; }

    /// <summary>-1 when there is no connection.</summary>
    public int Descriptor { get; private set; } = -1;

    public bool IsOpen => Descriptor >= 0;

    /// <summary>A receive may give something.</summary>
    public bool IsReadable;

    /// <summary>A send may take something.</summary>
    public bool IsWritable;

    /// <summary>The peer's FIN (or a reset) has arrived: a short read is not the end of what there is to read.</summary>
    public bool IsPeerClosed;

    /// <summary>The poller has reported an error: the next receive will tell which.</summary>
    public bool HasError;

    /// <summary>Our FIN is sent, or was tried on a connection that is broken.</summary>
    public bool IsFinSent;

    /// <summary>The kernel took our FIN: until the peer has acknowledged it, it counts among the unacknowledged bytes.</summary>
    public bool IsFinTaken;

    public NetworkAddress Peer;
    public NetworkAddress Local;

    /// <summary>
    /// The last time bytes came or (unless "option independent-streams") went: what the side's inactivity timeout
    /// counts from.
    /// </summary>
    public Instant LastActivity;

    /// <summary>Since when a send has been waiting for room without any progress; Never when none is.</summary>
    public Instant BlockedSince = Instant.Never;

    /// <summary>
    /// The kernel was promised more: what does not fill a segment waits there (MSG_MORE, tcp(7)). Before its owner waits
    /// for anything, more is sent, or <see cref="Push"/> called.
    /// </summary>
    public bool HoldsBack;

    /// <summary>Requests it has served, in mode http.</summary>
    public int Requests;

    /// <summary>Who opened it is the only one who may use it again: it is known to the server by more than its requests.</summary>
    public bool IsPrivate;

    /// <summary>
    /// What the server knows it by besides its address: only a request that would have opened it in the same way may use
    /// it. 0: nothing.
    /// </summary>
    internal ulong Identity;

    /// <summary>Goes out before anything else; null nearly always.</summary>
    internal HeaderRest? HeaderRest;

    /// <summary>Our port, where the server's "source" is a range; given back when it closes.</summary>
    internal SourcePortLease SourcePort;

    // Its place among the idle connections of a server.

    /// <summary>Who may take it (<see cref="Connections.IdleState"/>); interlocked where loops share.</summary>
    internal int IdleState;

    /// <summary>Tells its loop that another one has looked at it; made when that first happens.</summary>
    internal LoopJob? Notice;
    internal Connection? NextIdle;
    internal Connection? PreviousIdle;

    /// <summary>"option independent-streams": what is sent to this side does not keep it from timing out.</summary>
    public bool IsIndependent;

    /// <summary>Takes a descriptor over. False when the poller refuses it; it is closed then.</summary>
    public bool Open(EventLoop loop, int descriptor, bool isEstablished)
    {
        Descriptor = descriptor;
        // The poller tells at once when there is something already: nothing is tried before.
        IsReadable = false;
        IsWritable = isEstablished;
        IsPeerClosed = false;
        HasError = false;
        IsFinSent = false;
        IsFinTaken = false;
        HoldsBack = false;
        Requests = 0;
        IsPrivate = false;
        Identity = 0;
        LastActivity = loop.Now;
        BlockedSince = Instant.Never;
        if (loop.Watch(descriptor, WatchMode.EdgeBoth, this))
            return true;
        Close(loop, reset: false);
        return false;
    }

    /// <summary>Takes over what another loop's connection was, whose poller does not know the descriptor any more.</summary>
    /// <returns>False when our poller refuses it; it is closed then.</returns>
    internal bool Adopt(EventLoop loop, Connection other)
    {
        if (!Open(loop, other.Descriptor, isEstablished: true)) return false;
        Requests = other.Requests;
        Identity = other.Identity;
        SourcePort = other.SourcePort;
        other.SourcePort = default;
        Peer = other.Peer;
        Local = other.Local;
        return true;
    }

    /// <summary>Forgets its descriptor, which lives on elsewhere.</summary>
    internal void Abandon(EventLoop loop)
    {
        loop.Unwatch(Descriptor, this, isClosing: true);
        Descriptor = -1;
        IsReadable = false;
        IsWritable = false;
    }

    public override void OnReady(EventLoop loop, Readiness readiness)
    {
        if ((readiness & (Readiness.Readable | Readiness.PeerClosed | Readiness.HangUp | Readiness.Error)) != 0)
            IsReadable = true;
        if ((readiness & (Readiness.Writable | Readiness.HangUp | Readiness.Error)) != 0)
            IsWritable = true;
        if ((readiness & (Readiness.PeerClosed | Readiness.HangUp | Readiness.Error)) != 0)
            IsPeerClosed = true;
        if ((readiness & Readiness.Error) != 0)
            HasError = true;
        Owner.OnConnectionReady(loop, this);
    }

    /// <summary>
    /// The peer has neither closed it nor said anything that was not read: the kernel is asked. News of bytes that were read
    /// already may come late.
    /// </summary>
    internal unsafe bool IsQuiet(EventLoop loop)
    {
        byte unread;
        return loop.Kernel.Peek(Descriptor, &unread, 1) == -(int)KernelError.WouldBlock;
    }

    public void Received(EventLoop loop) => LastActivity = loop.Now;

    public void Sent(EventLoop loop)
    {
        if (!IsIndependent)
            LastActivity = loop.Now;
    }

    /// <summary>The kernel takes no more for now.</summary>
    public void Blocked(EventLoop loop)
    {
        IsWritable = false;
        if (BlockedSince.IsNever)
            BlockedSince = loop.Now;
    }

    /// <summary>The promised rest is not there yet: what waits for it goes now.</summary>
    public void Push(EventLoop loop)
    {
        HoldsBack = false;
        // Setting it again sends what is held back (tcp(7)).
        loop.Kernel.SetOption(Descriptor, SocketOption.NoDelay, 1);
    }

    /// <summary>Sends our FIN; later calls do nothing.</summary>
    public void ShutdownSend(EventLoop loop)
    {
        if (IsFinSent || !IsOpen)
            return;
        IsFinSent = true;
        IsFinTaken = loop.Kernel.Shutdown(Descriptor, ShutdownSide.Send) >= 0;
    }

    /// <param name="loop">The loop it is registered with.</param>
    /// <param name="reset">True: the peer gets a reset, and what it has not acknowledged is dropped.</param>
    public void Close(EventLoop loop, bool reset)
    {
        if (!IsOpen)
            return;
        if (reset)
            loop.Kernel.SetOption(Descriptor, SocketOption.LingerReset, 1);
        loop.Unwatch(Descriptor, this, isClosing: true);
        loop.Kernel.Close(Descriptor);
        SourcePort.Return();
        Descriptor = -1;
        IsReadable = false;
        IsWritable = false;
        DropHeaderRest(loop);
    }

    /// <summary>It was sent, or nobody will.</summary>
    internal unsafe void DropHeaderRest(EventLoop loop)
    {
        if (HeaderRest is not { } rest)
            return;
        loop.Buffers.Return(rest.Block);
        HeaderRest = null;
    }
}
