using Hawser.Base.Network;
using Hawser.Base.Time;
using Hawser.Io.Kernels;
using Hawser.Io.Loop;
using Hawser.Io.Sockets;
using Hawser.Proxy.Streams;

namespace Hawser.Proxy.Listeners;

/// <summary>
/// One loop's hand on one listener: takes connections while every limit has room, and lets go of the listener
/// otherwise, so that connections wait in the kernel's queue and cost nothing.
/// </summary>
public sealed class Acceptor : SessionSource
{
    /// <summary>How long accepting rests after the kernel had no descriptor or memory left.</summary>
    private static readonly Milliseconds s_rest = new(100);

    private readonly Listener _listener;
    /// <summary>
    /// Who has just accepted waits so much longer for a rate that all share: the next place goes to one that got none, or
    /// a busy line would keep the others out.
    /// </summary>
    private const int CourtesyMs = 2;

    private readonly ProxyLoop _home;
    private readonly int _descriptor;
    private readonly AdmissionControl _admission;
    private readonly int _acceptsPerTurn;

    /// <summary>A negative "mss": by how much the segments that a client asked for are made smaller; 0 for none.</summary>
    private readonly int _segmentReduction;
    private ListenerHandler _handler;
    private readonly RestTimer _timer;
    private readonly ResumeJob _resume;
    private SocketAddress _peer;
    private bool _isWatching;

    /// <summary>It has accepted since it last waited for a rate.</summary>
    private bool _hasTakenTurn;
    private bool _isStopped;

    /// <param name="listener">What it accepts from.</param>
    /// <param name="descriptor">The loop's descriptor of the listener.</param>
    /// <param name="home">Where the sessions will live.</param>
    /// <param name="admission">The limits.</param>
    /// <param name="acceptsPerTurn">"tune.maxaccept".</param>
    public Acceptor(Listener listener, int descriptor, ProxyLoop home, AdmissionControl admission, int acceptsPerTurn)
    {
        _listener = listener;
        _descriptor = descriptor;
        _home = home;
        _admission = admission;
        _acceptsPerTurn = acceptsPerTurn;
        _segmentReduction = listener.SegmentReduction;
        _handler = new ListenerHandler(this);
        _timer = new RestTimer(this);
        _resume = new ResumeJob(this);
        listener.Acceptors++;
    }

    /// <summary>Waits for a place to become free; interlocked through <see cref="AdmissionControl"/>.</summary>
    internal int IsWaiting;

    public Listener Listener => _listener;

    internal EventLoop HomeLoop => _home.Loop;

    internal LoopJob Resume => _resume;

    /// <summary>Begins or goes on accepting; on its own loop.</summary>
    public void Start()
    {
        if (_isWatching || _isStopped)
            return;
        _isWatching = _home.Loop.Watch(_descriptor, WatchMode.LevelReadExclusive, _handler);
        if (!_isWatching)
            _home.Loop.SetTimer(_timer, _home.Loop.Now.After(s_rest));
    }

    public void Pause()
    {
        if (!_isWatching)
            return;
        _isWatching = false;
        _home.Loop.Unwatch(_descriptor, _handler, isClosing: false);
    }

    /// <summary>
    /// Takes the place of the acceptor of the same socket in the configuration before, without a call to the kernel: the
    /// loop's watch of the socket is handed over. On its own loop.
    /// </summary>
    internal void Follow(Acceptor before)
    {
        _handler = before._handler;
        _handler.Target = this;
        _isWatching = before._isWatching;
        before._isWatching = false;
        before._isStopped = true;
        before._home.Loop.RemoveTimer(before._timer);
        before.IsRetired = true;
        _admission.NoLongerWaits(before);
        // It may have rested or waited for room under limits that are not these.
        Start();
    }

    /// <summary>The configuration has no such listener any more, or it is another socket. On its own loop.</summary>
    internal void Retire()
    {
        IsRetired = true;
        Stop();
        _admission.NoLongerWaits(this);
    }

    /// <summary>As <see cref="Retire"/>, where other loops go on with the socket.</summary>
    internal void RetireAlone()
    {
        IsRetired = true;
        Pause();
        _isStopped = true;
        _home.Loop.RemoveTimer(_timer);
        _admission.NoLongerWaits(this);
    }

    /// <summary>For good; the listener's last acceptor closes it.</summary>
    public void Stop()
    {
        if (_isStopped)
            return;
        Pause();
        _isStopped = true;
        _home.Loop.RemoveTimer(_timer);
        _listener.AcceptorStopped(_home.Loop.Kernel);
    }

    /// <summary>By way of the socket's handler, so that a chain of reloads holds no configuration in the middle.</summary>
    public override SessionSource? Successor => IsRetired && _handler.Target is { IsRetired: false } target ? target : null;

    public override int ActiveSessions => _listener.Room.Active;

    public override void SessionEnded(EventLoop loop) => _admission.Leave(_listener);

    public override void SessionMoved(SessionSource successor) => _admission.Move(_listener, ((Acceptor)successor)._listener);

    private void Accept(EventLoop loop)
    {
        if (_home.ShortageUntil > loop.Now)
        {
            RestFor(s_rest);
            return;
        }

        for (int accepted = 0; accepted < _acceptsPerTurn; accepted++)
        {
            Milliseconds wait = _admission.TryEnter(_listener, loop.Now);
            if (wait.IsSet)
            {
                RestFor(_hasTakenTurn ? new Milliseconds(wait.Value + CourtesyMs) : wait);
                _hasTakenTurn = false;
                return;
            }

            if (wait == AdmissionControl.UntilSomebodyLeaves)
            {
                WaitForRoom();
                return;
            }

            int descriptor = loop.Kernel.Accept(_descriptor, ref _peer);
            if (descriptor < 0)
            {
                _admission.Leave(_listener);
                if (!Continues((KernelError)(-descriptor)))
                    return;
                continue;
            }

            _hasTakenTurn = true;
            _admission.Accepted(_listener, loop);
            if (_segmentReduction > 0)
                ReduceSegments(loop.Kernel, descriptor);
            NetworkAddress peer = SocketAddresses.ToNetworkAddress(_peer, (uint)_listener.Id);
            _home.Rent().Start(this, descriptor, peer);
        }
    }

    private void ReduceSegments(Kernel kernel, int descriptor)
    {
        int segment = kernel.GetOption(descriptor, SocketOption.MaximumSegment);
        if (segment > _segmentReduction)
            kernel.SetOption(descriptor, SocketOption.MaximumSegment, segment - _segmentReduction);
    }

    /// <summary>Whether to try the next connection at once after a failed accept.</summary>
    private bool Continues(KernelError error)
    {
        switch (error)
        {
            // The client was gone before we came to it.
            case KernelError.ConnectionAborted or KernelError.Interrupted:
                return true;
            case KernelError.TooManyDescriptors or KernelError.SystemFileTableFull or
                KernelError.NoBufferSpace or KernelError.OutOfMemory:
                _admission.OutOfResources(_listener, error, _home.Loop);
                RestFor(s_rest);
                return false;
            default:
                return false;
        }
    }

    private void RestFor(Milliseconds time)
    {
        Pause();
        _home.Loop.SetTimer(_timer, _home.Loop.Now.After(time));
    }

    private void WaitForRoom()
    {
        Pause();
        // A place that became free between the look and the wait is seen by looking again.
        if (_admission.WaitForRoom(this))
            return;
        Start();
    }

    private sealed class ListenerHandler(Acceptor acceptor) : ReadyHandler
    {
        /// <summary>Another one after each reload that keeps the socket.</summary>
        public Acceptor Target { get; set; } = acceptor;

        public override void OnReady(EventLoop loop, Readiness readiness) => Target.Accept(loop);
    }

    private sealed class RestTimer(Acceptor acceptor) : LoopTimer
    {
        public override void OnTimer(EventLoop loop) => acceptor.Start();
    }

    private sealed class ResumeJob(Acceptor acceptor) : LoopJob
    {
        public override void Run(EventLoop loop) => acceptor.Start();
    }
}
