using System.Threading;
using Hawser.Base.Time;
using Hawser.Io.Kernels;
using Hawser.Io.Loop;
using Hawser.Proxy.Accounting;
using Hawser.Proxy.Streams;

namespace Hawser.Proxy.Listeners;

/// <summary>
/// Every limit a connection passes before it is accepted: the process's "maxconn", "maxconnrate" and "maxsessrate",
/// the frontend's "maxconn" and "rate-limit sessions", the bind line's "maxconn". Shared by all loops.
/// </summary>
public sealed class AdmissionControl
{
    /// <summary>Entered; the caller accepts and later leaves.</summary>
    public static readonly Milliseconds Entered = new(0);

    /// <summary>Full: somebody has to leave first.</summary>
    public static readonly Milliseconds UntilSomebodyLeaves = new(-1);

    private readonly ProcessState _process;
    private readonly LimitReporter _reporter;
    private Acceptor[] _acceptors = [];
    private int _waiting;

    public AdmissionControl(ProcessState process, LimitReporter reporter)
    {
        _process = process;
        _reporter = reporter;
    }

    /// <summary>All acceptors of the process: before the loops run, and on loop 0 at each reload.</summary>
    public void SetAcceptors(Acceptor[] acceptors) => Volatile.Write(ref _acceptors, acceptors);

    /// <summary>It will not accept again; on its own loop.</summary>
    internal void NoLongerWaits(Acceptor acceptor) => StopsWaiting(acceptor);

    /// <summary>A session goes over from the configuration before; its place in the process stays.</summary>
    internal void Move(Listener from, Listener to)
    {
        to.Room.EnterFromBefore();
        to.Frontend.Room.EnterFromBefore();
        from.Room.Leave();
        from.Frontend.Room.Leave();
    }

    /// <summary>
    /// Takes a place in each count. <see cref="Entered"/>, <see cref="UntilSomebodyLeaves"/>, or a positive time to wait
    /// for a rate; nothing is held in the two latter cases.
    /// </summary>
    public Milliseconds TryEnter(Listener listener, Instant now)
    {
        Milliseconds wait = RateWait(_process.ConnectionRate, now);
        if (!wait.IsSet)
            wait = RateWait(_process.SessionRate, now);
        if (!wait.IsSet)
            wait = RateWait(listener.Frontend.SessionRate, now);
        if (wait.IsSet)
            return wait;
        if (!_process.TryEnter())
            return UntilSomebodyLeaves;
        if (!listener.Frontend.Room.TryEnter(listener.Frontend.MaximumSessions))
        {
            _process.Leave();
            return UntilSomebodyLeaves;
        }

        if (!listener.Room.TryEnter(listener.MaximumSessions))
        {
            listener.Frontend.Room.Leave();
            _process.Leave();
            return UntilSomebodyLeaves;
        }

        return Entered;
    }

    public void Accepted(Listener listener, EventLoop loop)
    {
        _process.ConnectionRate?.Count(loop.Now);
        _process.SessionRate?.Count(loop.Now);
        listener.Frontend.SessionRate?.Count(loop.Now);
        Frontend frontend = listener.Frontend;
        TrafficCounters counters = frontend.Counters[loop.Index];
        counters.Connections++;
        // Not when the place was taken: most of the time the last place is given back for want of a connection.
        frontend.Peaks.Sessions.Observe(frontend.ActiveSessions);
        listener.Peaks.Sessions.Observe(listener.Room.Active);
        frontend.Peaks.CountConnection(frontend.Counters, loop.Index, loop.Now);
        if (listener.Counters is { } own)
            own[loop.Index].Connections++;

        _process.Peaks.CountConnection(_process.Rates, loop.Index, loop.Now);
        _process.Peaks.CountSession(_process.Rates, loop.Index, loop.Now);
        if (_process.ActiveSessions >= _process.MaximumSessions)
        {
            _process.CountLimitReached();
            _reporter.MaxconnReached(loop, frontend, _process.MaximumSessions);
        }
        else if (frontend.ActiveSessions >= frontend.MaximumSessions)
            _reporter.MaxconnReached(loop, frontend, frontend.MaximumSessions);
        else if (listener.Room.Active >= listener.MaximumSessions)
            _reporter.MaxconnReached(loop, frontend, listener.MaximumSessions);
    }

    public void Leave(Listener listener)
    {
        listener.Room.Leave();
        listener.Frontend.Room.Leave();
        _process.Leave();
        if (Volatile.Read(ref _waiting) > 0)
            WakeWaiting();
    }

    /// <summary>A limit was raised: whoever waits for room looks again.</summary>
    public void LimitsRaised() => WakeWaiting();

    public void OutOfResources(Listener listener, KernelError error, EventLoop loop)
    {
        _process.CountResourceError();
        _reporter.CannotAccept(loop, listener.Frontend, error);
    }

    /// <summary>False when there is room again already: nothing would wake the acceptor then.</summary>
    internal bool WaitForRoom(Acceptor acceptor)
    {
        if (Interlocked.Exchange(ref acceptor.IsWaiting, 1) == 0)
            Interlocked.Increment(ref _waiting);
        Listener listener = acceptor.Listener;
        bool hasRoom = _process.ActiveSessions < _process.MaximumSessions
            && listener.Frontend.ActiveSessions < listener.Frontend.MaximumSessions
            && listener.Room.Active < listener.MaximumSessions;
        return !hasRoom || !StopsWaiting(acceptor);
    }

    private void WakeWaiting()
    {
        foreach (Acceptor acceptor in Volatile.Read(ref _acceptors))
        {
            if (Volatile.Read(ref acceptor.IsWaiting) != 0 && StopsWaiting(acceptor))
                acceptor.HomeLoop.Post(acceptor.Resume);
        }
    }

    private bool StopsWaiting(Acceptor acceptor)
    {
        if (Interlocked.Exchange(ref acceptor.IsWaiting, 0) == 0)
            return false;
        Interlocked.Decrement(ref _waiting);
        return true;
    }

    private static Milliseconds RateWait(RateMeter? rate, Instant now) =>
        rate is null || rate.Remaining(now) > 0 ? Entered : rate.Wait(now);
}
