using Hawser.Base.Random;
using Hawser.Base.Time;
using Hawser.Io.Buffers;
using Hawser.Io.Loop;
using Hawser.Protocols.Http1;
using Hawser.Proxy.Backends;
using Hawser.Proxy.Accounting;
using Hawser.Proxy.Connections;
using Hawser.Proxy.Logging;
using Hawser.Proxy.Streams.Http;

namespace Hawser.Proxy.Streams;

/// <summary>The proxy's share of one event loop: what its sessions need and who they are.</summary>
public sealed class ProxyLoop
{
    /// <summary>Finished sessions kept for the next client.</summary>
    private const int KeptSessions = 4096;

    /// <summary>The default of "tune.http.maxhdr".</summary>
    private const int ProbedFields = 101;

    private readonly PipeRest _pipeRest;
    private HeadProbe? _probe;
    private Session? _firstFree;
    private int _freeCount;

    public ProxyLoop() => _pipeRest = new PipeRest(this);

    public required EventLoop Loop { get; init; }

    public required PipePool Pipes { get; init; }

    public required ProcessState Process { get; init; }

    public required Logger Logger { get; set; }

    public required LimitReporter Limits { get; init; }

    /// <summary>"-d"; null otherwise.</summary>
    public DebugEvents? Debug { get; init; }

    public required Prng Random { get; init; }

    /// <summary>What rules read; pointed at one session at a time.</summary>
    public required SessionLogSource Samples { get; init; }

    /// <summary>Connection objects that hold no connection.</summary>
    public SpareConnections Spares { get; } = new();

    /// <summary>Requests in mode http that are not under way.</summary>
    public required ExchangePool Exchanges { get; init; }

    /// <summary>What fetches of layer 7 read a message of mode tcp with.</summary>
    internal HeadProbe Probe => _probe ??= new HeadProbe(ProbedFields, Loop.Buffers.BlockBytes);

    /// <summary>Filled and logged by one session at a time.</summary>
    public SessionRecord Record { get; } = new();

    /// <summary>
    /// Until when new clients wait because a session found no descriptor for its server: what becomes free is for those
    /// that are in already.
    /// </summary>
    public Instant ShortageUntil { get; internal set; } = new(long.MinValue);

    /// <summary>The last sessions that lost data.</summary>
    public LossRing Losses { get; } = new();

    /// <summary>Live sessions, newest first.</summary>
    public Session? FirstSession { get; private set; }

    public int SessionCount { get; private set; }

    /// <summary>Sessions made since the start: it stands still once the pool is warm.</summary>
    public long SessionsAllocated { get; private set; }

    public Session Rent()
    {
        Session session;
        if (_firstFree is { } free)
        {
            session = free;
            _firstFree = free.NextSession;
            _freeCount--;
        }
        else
        {
            session = new Session(this) { HomeLoop = Loop };
            SessionsAllocated++;
        }

        session.PreviousSession = null;
        session.NextSession = FirstSession;
        if (FirstSession is not null)
            FirstSession.PreviousSession = session;
        FirstSession = session;
        SessionCount++;
        return session;
    }

    public void Return(Session session)
    {
        if (session.PreviousSession is null)
            FirstSession = session.NextSession;
        else
            session.PreviousSession.NextSession = session.NextSession;
        if (session.NextSession is not null)
            session.NextSession.PreviousSession = session.PreviousSession;
        SessionCount--;
        session.PreviousSession = null;
        session.NextSession = null;
        if (session.Source.IsRetired)
            session.Forget();
        if (_freeCount >= KeptSessions)
            return;
        session.NextSession = _firstFree;
        _firstFree = session;
        _freeCount++;
    }

    /// <summary>Gives a channel's block and pipe back; pipes that nobody wants for a while are closed.</summary>
    internal void Release(Channel channel)
    {
        channel.Release(Loop.Buffers, Pipes);
        if (Pipes.Kept > 0 && _pipeRest.Deadline.IsNever)
            Loop.SetTimer(_pipeRest, Loop.Now.After(PipeRest.Period));
    }

    /// <summary>A stop has begun: clients that wait between two requests are let go.</summary>
    public void CloseIdle()
    {
        Session? session = FirstSession;
        while (session is not null)
        {
            Session? next = session.NextSession;
            session.CloseIfIdle();
            session = next;
        }
    }

    /// <summary>
    /// A reload: clients that wait for a request speak with the new configuration from the next one on, and what is
    /// pooled forgets the one before.
    /// </summary>
    public void FollowReload()
    {
        Session? session = FirstSession;
        while (session is not null)
        {
            Session? next = session.NextSession;
            session.FollowReload();
            session = next;
        }

        for (Session? free = _firstFree; free is not null; free = free.NextSession)
            free.Forget();
    }

    /// <summary>Ends the sessions of a server (marked down), or all of them (null: a stop at once).</summary>
    public void Kill(Server? ofServer, TerminationCause cause)
    {
        Session? session = FirstSession;
        while (session is not null)
        {
            Session? next = session.NextSession;
            if (ofServer is null || session.Target == ofServer)
                session.Kill(cause);
            session = next;
        }
    }

    /// <summary>Descriptors are not kept for a burst that is over.</summary>
    private sealed class PipeRest(ProxyLoop home) : LoopTimer
    {
        public static readonly Milliseconds Period = new(1000);

        public override void OnTimer(EventLoop loop)
        {
            if (home.Pipes.TakeWasUsed())
                loop.SetTimer(this, loop.Now.After(Period));
            else
                home.Pipes.CloseAll();
        }
    }
}
