using Hawser.Base.Collections;
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

    /// <summary>Up to as many sessions, those whose clients wait between two requests stay as they are.</summary>
    private const int ForgetAbove = 512;

    /// <summary>The default of "tune.http.maxhdr".</summary>
    private const int ProbedFields = 101;

    /// <summary>Free sessions and forgotten clients that stay however long nobody needs them.</summary>
    private const int ResidentSessions = 64;

    /// <summary>What one object of a pool takes, about.</summary>
    private const int SessionBytes = 1792;
    private const int IdleClientBytes = 256;
    private const int ConnectionBytes = 256;
    private const int ExchangeBytes = 8192;

    private readonly PipeRest _pipeRest;
    private readonly MemoryRest _memoryRest;
    private HeadProbe? _probe;
    private Session? _firstFree;
    private int _freeCount;
    private IdleClient? _firstIdle;
    private IdleClient? _firstFreeIdle;
    private int _freeIdleCount;
    private PoolTide _freeTide = new(ResidentSessions);
    private PoolTide _freeIdleTide = new(ResidentSessions);

    public ProxyLoop()
    {
        _pipeRest = new PipeRest(this);
        ContinuousCounts = new ContinuousCounts(this);
        _memoryRest = new MemoryRest(this);
    }

    public required EventLoop Loop { get; init; }

    public required PipePool Pipes { get; init; }

    public required ProcessState Process { get; init; }

    public required Logger Logger { get; set; }

    public required LimitReporter Limits { get; init; }

    /// <summary>"-d"; null otherwise.</summary>
    public DebugEvents? Debug { get; init; }

    public required Prng Random { get; init; }

    /// <summary>The process's own, so that nobody can foresee which identities of connections are equal.</summary>
    public required ulong IdentitySeed { get; init; }

    /// <summary>"option contstats".</summary>
    internal ContinuousCounts ContinuousCounts { get; }

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

    /// <summary>Clients that wait between two requests without a session.</summary>
    public int IdleClientCount { get; private set; }

    /// <summary>Sessions made since the start: it stands still once the pool is warm.</summary>
    public long SessionsAllocated { get; private set; }

    /// <summary>Sessions that nobody uses, kept for the next client.</summary>
    public int FreeSessionCount => _freeCount;

    /// <summary>Some pool holds more than it would keep for good.</summary>
    internal bool ArePoolsHigh => _freeTide.IsHigh(_freeCount) || _freeIdleTide.IsHigh(_freeIdleCount)
        || Loop.Buffers.IsHigh || Spares.IsHigh || Exchanges.IsHigh;

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

        _freeTide.Taken(_freeCount);
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
        {
            session.RemoveTimer();
            return;
        }

        session.NextSession = _firstFree;
        _firstFree = session;
        _freeCount++;
        if (ArePoolsHigh)
            _memoryRest.Begin();
    }

    /// <summary>Where there are many sessions, one whose client waits for nothing but its next request becomes free.</summary>
    internal bool TryForget(Session session)
    {
        if (SessionCount <= ForgetAbove || !session.IsForgettable)
            return false;
        IdleClient client = _firstFreeIdle ?? new IdleClient(this);
        if (client == _firstFreeIdle)
        {
            _firstFreeIdle = client.Next;
            _freeIdleCount--;
        }

        _freeIdleTide.Taken(_freeIdleCount);

        client.Previous = null;
        client.Next = _firstIdle;
        if (_firstIdle is not null)
            _firstIdle.Previous = client;
        _firstIdle = client;
        IdleClientCount++;
        client.Take(session, Timeouts.Next(session));
        session.StopTimer();
        session.Phase = SessionPhase.Idle;
        Return(session);
        return true;
    }

    /// <summary>The client of a session that was forgotten has one again; it has still to run.</summary>
    internal Session Resume(IdleClient client)
    {
        if (client.Previous is null)
            _firstIdle = client.Next;
        else
            client.Previous.Next = client.Next;
        if (client.Next is not null)
            client.Next.Previous = client.Previous;
        IdleClientCount--;
        Session session = Rent();
        session.Resume(client);
        client.Previous = null;
        client.Next = null;
        if (_freeIdleCount >= KeptSessions)
        {
            client.RemoveTimer();
            return session;
        }

        client.Next = _firstFreeIdle;
        _firstFreeIdle = client;
        _freeIdleCount++;
        return session;
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

        while (_firstIdle is { } client)
            Resume(client).CloseIfIdle();
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

        IdleClient? client = _firstIdle;
        while (client is not null)
        {
            IdleClient? next = client.Next;
            if (client.Source.IsRetired)
            {
                Session resumed = Resume(client);
                resumed.FollowReload();
                if (resumed.Phase == SessionPhase.RequestHead)
                    _ = TryForget(resumed);
            }

            client = next;
        }

        for (Session? free = _firstFree; free is not null; free = free.NextSession)
            free.Forget();
    }

    /// <summary>Ends the sessions of a server (marked down), or all of them (null: a stop at once).</summary>
    public void Kill(Server? ofServer, TerminationCause cause)
    {
        if (ofServer is null)
        {
            while (_firstIdle is { } client)
                Resume(client).CloseIfIdle();
        }

        Session? session = FirstSession;
        while (session is not null)
        {
            Session? next = session.NextSession;
            if (ofServer is null || session.Target == ofServer)
                session.Kill(cause);
            session = next;
        }
    }

    internal void EndPoolPeriod()
    {
        _freeTide.EndPeriod(_freeCount);
        _freeIdleTide.EndPeriod(_freeIdleCount);
        Loop.Buffers.EndPeriod();
        Spares.EndPeriod();
        Exchanges.EndPeriod();
    }

    /// <summary>Each pool lets go of up to so many objects that nobody has needed for a while. False: none has more.</summary>
    internal bool DropSurplus(int most)
    {
        int sessions = 0;
        for (; sessions < most && _freeTide.TakeSurplus(_freeCount); sessions++)
        {
            Session session = _firstFree!;
            _firstFree = session.NextSession;
            session.NextSession = null;
            session.RemoveTimer();
            _freeCount--;
        }

        int clients = 0;
        for (; clients < most && _freeIdleTide.TakeSurplus(_freeIdleCount); clients++)
        {
            IdleClient client = _firstFreeIdle!;
            _firstFreeIdle = client.Next;
            client.Next = null;
            client.RemoveTimer();
            _freeIdleCount--;
        }

        int blocks = Loop.Buffers.DropSurplus(most);
        int connections = Spares.DropSurplus(most);
        int exchanges = Exchanges.DropSurplus(most);
        Process.Memory?.Dropped(
            ((long)sessions * SessionBytes) + ((long)clients * IdleClientBytes) + ((long)connections * ConnectionBytes)
                + ((long)exchanges * ExchangeBytes),
            (long)blocks * Loop.Buffers.BlockBytes);
        return sessions == most || clients == most || blocks == most || connections == most || exchanges == most;
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
