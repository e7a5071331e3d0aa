using System;
using System.Collections.Generic;
using Hawser.Base.Network;
using Hawser.Io.Loop;
using Hawser.Io.Sockets;
using Hawser.Proxy.Backends;
using Hawser.Proxy.Listeners;
using Hawser.Proxy.Streams;
using Hawser.Simulation.Actors.Http;
using Hawser.Simulation.Faults;
using Hawser.Simulation.Kernels;
using Hawser.Simulation.Networks;
using Hawser.Simulation.Proxies;
using Hawser.Simulation.Worlds;

namespace Hawser.Simulation.Invariants;

/// <summary>
/// Keeps the books of one proxy, from its kernel and its log, and has the invariants judge: each turn, each finished
/// session, now and then, and at the end.
/// </summary>
/// <param name="book">Of a run in mode http; null in mode tcp.</param>
internal sealed class SessionAuditor(Network network, SimulatedProxy proxy, ExchangeBook? book) : KernelWatcher
{
    /// <summary>Sessions whose channels are looked at after each turn; all of them when there are no more.</summary>
    private const int SessionsPerTurn = 24;

    /// <summary>How long after a normal end everything should have arrived, and must have.</summary>
    private const long SoonUs = 5_000_000;
    private const long DeliveryUs = 300_000_000;

    private const long LongTurnUs = 50_000;

    private readonly World _world = network.World;
    private readonly Dictionary<ulong, TcpConnection> _accepted = [];
    private readonly Dictionary<ulong, string> _frontendsByAddress = [];
    private readonly Dictionary<ulong, string> _serversByAddress = [];
    private readonly Dictionary<(string, string), TimeoutBook> _timeouts = [];
    private readonly Queue<(TcpEnd End, long DueUs)> _delivering = new();
    private readonly Queue<(TcpEnd End, long DueUs)> _delayed = new();
    private readonly List<(Server Server, ulong Key)> _limited = [];
    private readonly NameTable _names = new();
    private readonly TroubleBook _trouble = new();
    private readonly CounterInvariant _counters = new(network.World);
    private readonly OvertakingInvariant _overtaking = new(network.World);
    private RequestAuditor? _requests;
    private ProgressInvariant? _progress;
    private OverdueInvariant? _overdue;
    private WeightInvariant? _weights;
    private Session? _nextLook;

    /// <summary>By loop: when it last had all its blocks in use.</summary>
    private long[] _starvedUs = [];

    /// <summary>Sessions logged so far.</summary>
    public long Sessions { get; private set; }

    /// <summary>Sessions by the two letters of their end.</summary>
    public SortedDictionary<string, long> States { get; } = new(StringComparer.Ordinal);

    public TroubleBook Trouble => _trouble;

    /// <summary>How the session of a client ended: told once, when it is logged.</summary>
    public Action<int, SessionLine>? OnSession { get; set; }

    /// <summary>Once the proxy is bound.</summary>
    /// <param name="hasExactWeights">Nothing fails in this run, so that every choice can be judged.</param>
    public void Begin(bool hasExactWeights)
    {
        if (hasExactWeights)
            _weights = new WeightInvariant(_world, proxy.Set.Backends[0]);
        if (book is not null)
        {
            _requests = new RequestAuditor(_world, network, proxy.Kernel, book, _trouble);
        }

        _starvedUs = new long[proxy.Set.Loops.Length];
        _progress = new ProgressInvariant(_world, proxy.Kernel);
        _overdue = new OverdueInvariant(_world, proxy.Kernel);
        Learn();
    }

    /// <summary>Reloads of this proxy.</summary>
    public ReloadInvariant Reloads { get; } = new(network.World, book?.Takeovers);

    /// <summary>Who has which address in the configuration at work.</summary>
    public void Learn()
    {
        _limited.Clear();
        _trouble.Learn(proxy.Set);
        _requests?.Learn(proxy.Set);
        foreach (Listener listener in proxy.Set.Listeners)
            _frontendsByAddress[Network.Key(SocketAddresses.ToNetworkAddress(listener.Address, 0))] = $"frontend {listener.Frontend.Name}";
        foreach (Backend backend in proxy.Set.Backends)
        {
            foreach (Server server in backend.Servers)
            {
                ulong key = Network.Key(SocketAddresses.ToNetworkAddress(server.Address, 0));
                _serversByAddress[key] = $"server {backend.Name}/{server.Name}";
                if (server.MaximumSessions > 0)
                    _limited.Add((server, book is null ? key : 0));
            }
        }
    }

    public void Stalled(long stallUs)
    {
        _trouble.LastStallUs = Math.Max(_trouble.LastStallUs, _world.NowUs + stallUs);
        book?.AwakeSinceUs = _trouble.LastStallUs;
    }

    /// <param name="lastUs">When the loop began its last turn that was told all that was ready.</param>
    public void BeforeTurn(long lastUs) => book?.LastTurnUs = lastUs;

    public void AfterTurn(EventLoop loop, long tookUs)
    {
        Reloads.AfterTurn();
        _trouble.LongestTurnUs = Math.Max(_trouble.LongestTurnUs, tookUs);
        if (tookUs > LongTurnUs)
            book?.AwakeSinceUs = _world.NowUs;
        LimitInvariant.Check(_world, proxy.Kernel, proxy.Set, _limited);
        foreach (Backend backend in proxy.Set.Backends)
        {
            QueueInvariant.Check(_world, backend);
            _overtaking.Check(backend, (_world.NowUs - tookUs) / 1000);
            _trouble.Look(backend, _world.NowUs);
        }

        if (!loop.Buffers.HasRoom)
            _starvedUs[loop.Index] = _world.NowUs;
        ProxyLoop home = proxy.Set.Loops[loop.Index];
        Session? session = home.SessionCount <= SessionsPerTurn || _nextLook?.Home != home ? home.FirstSession : _nextLook;
        for (int i = 0; i < SessionsPerTurn && session is not null; i++)
        {
            if (book is null)
                ConservationInvariant.Check(_world, proxy.Kernel, session);
            else
                ConservationInvariant.CheckHttp(_world, proxy.Kernel, session);
            FairnessInvariant.Check(_world, proxy.Kernel, session);
            _overdue!.Check(session);
            session = session.NextSession;
        }

        // A session that leaves takes its links with it: the walk then begins anew.
        _nextLook = session?.Phase == SessionPhase.Idle ? null : session;
        proxy.Kernel.Turns++;
    }

    /// <summary>Once a virtual second.</summary>
    public void AfterSecond()
    {
        foreach (ProxyLoop loop in proxy.Set.Loops)
        {
            for (Session? session = loop.FirstSession; session is not null; session = session.NextSession)
            {
                TimeoutBook timeouts = Timeouts(session.Frontend.Name, session.Backend?.Name ?? session.Frontend.Name);
                LifetimeInvariant.Check(_world, proxy.Kernel, session, timeouts, Math.Max(_trouble.LastStallUs, _starvedUs[loop.Loop.Index]));
                _progress!.Check(session, _trouble.LastStallUs);
            }
        }

        // After a shortage the product rests on purpose, for a second and a fifth each time.
        _progress!.Check(proxy.Set, Math.Max(_trouble.LastStallUs, _trouble.LastShortageUs));
        while (_delivering.Count > 0 && _delivering.Peek().DueUs < _world.NowUs)
        {
            TcpEnd end = _delivering.Dequeue().End;
            if (!ConservationInvariant.IsDelivered(end))
                _delayed.Enqueue((end, _world.NowUs + DeliveryUs));
        }

        while (_delayed.Count > 0 && _delayed.Peek().DueUs < _world.NowUs)
            ConservationInvariant.CheckDelivered(_world, _delayed.Dequeue().End);
    }

    /// <summary>For a timeline: whose the connections to servers are that have not shown it yet.</summary>
    public void PairLiveSessions()
    {
        foreach (ProxyLoop loop in proxy.Set.Loops)
        {
            for (Session? session = loop.FirstSession; session is not null; session = session.NextSession)
            {
                if (proxy.Kernel.EndOf(session.ServerSide.Descriptor) is { } server
                    && proxy.Kernel.EndOf(session.ClientSide.Descriptor) is { } client)
                {
                    server.Connection.Client = client.Connection.Client;
                }
            }
        }
    }

    /// <summary>All sessions have ended.</summary>
    public void AfterLastSession()
    {
        LeakInvariant.CheckIdle(_world, proxy.Set);
        Reloads.AtEnd();
        bool countsAttempts = !network.Faults.IsOn(FaultKind.SocketFailure) && !network.Faults.IsOn(FaultKind.FewDescriptors);
        if (_requests is null)
            _counters.Check(proxy.Set, countsAttempts);
        else
        {
            _requests.AfterLast();
            _requests.CheckCounters(proxy.Set);
            LeakInvariant.CheckPools(_world, proxy.Set, proxy.Kernel);
        }
    }

    public override void OnAccepted(TcpConnection connection)
    {
        connection.Far.AcceptedUs = _world.NowUs;
        _accepted[Network.Key(connection.From)] = connection;
        _counters.Book(_frontendsByAddress[Network.Key(connection.To)]).Accepted++;
    }

    public override void OnConnecting(TcpConnection connection)
    {
        if (!connection.IsCheck)
            _weights?.OnChosen(connection.To);
        if (!connection.IsCheck && _serversByAddress.TryGetValue(Network.Key(connection.To), out string? server))
            _counters.Book(server).Attempts++;
    }

    public override void OnConnectFailed(in NetworkAddress destination)
    {
        _trouble.LastServerTroubleUs = _world.NowUs;
        if (_serversByAddress.TryGetValue(Network.Key(destination), out string? server))
            _counters.Book(server).Attempts++;
    }

    public override void OnShortage() => _trouble.LastShortageUs = _world.NowUs;

    public override void OnClosed(TcpEnd end)
    {
        if (end is { IsNear: true, IsDead: true })
            _trouble.LastServerTroubleUs = _world.NowUs;
    }

    public override void OnLogLine(ReadOnlySpan<byte> line)
    {
        if (line.Length > 2 && line[0] == (byte)'H' && line[1] == (byte)' ')
            OnRefused(line);
        else if (_requests is not null)
            OnRequest(line);
        else if (SessionLine.TryRead(line, _names, out SessionLine session))
            OnEnded(session);
    }

    private void OnRequest(ReadOnlySpan<byte> text)
    {
        if (!_requests!.TryTake(text, Timeouts, out RequestFacts facts))
            return;
        Sessions++;
        string state = $"{facts.Line.Cause}{facts.Line.Phase}";
        States[state] = States.GetValueOrDefault(state) + 1;
    }

    private void OnRefused(ReadOnlySpan<byte> line)
    {
        NetworkAddress client = SessionLine.ReadRefused(line, out long lost);
        if (!_accepted.Remove(Network.Key(client), out TcpConnection? connection))
        {
            _world.Fail(InvariantNames.Counters, $"the log tells of a client {client} that there is not");
            return;
        }

        CounterBook book = _counters.Book(_frontendsByAddress[Network.Key(connection.To)]);
        book.Denied++;
        book.RequestLost += lost;
        book.Lossy += lost > 0 ? 1 : 0;
        long unread = Math.Max(0, connection.Far.UnreadTold);
        if (lost != unread)
            _world.Fail(InvariantNames.Conservation, $"a refused handshake lost {unread} bytes, the proxy says {lost}", connection.Number);
        Forget(connection);
    }

    private void OnEnded(in SessionLine line)
    {
        // A session that ended before its PROXY header was read goes by its connection's own address.
        TcpConnection? client = network.FindByClient(proxy.Kernel.Index, line.Client)
            ?? _accepted.GetValueOrDefault(Network.Key(line.Client));
        if (client is null)
        {
            _world.Fail(InvariantNames.Counters, $"the log tells of a session of {line.Client}, which has none");
            return;
        }

        TcpConnection? server = line.ServerPort > 0 ? proxy.Kernel.FindByLocalPort(line.ServerPort) : null;
        SessionFacts facts = new(line, client.Far, server?.Near, Timeouts(line.Frontend, line.Backend));
        if (server is not null && client.Client >= 0)
            server.Client = client.Client;
        ConservationInvariant.Check(facts);
        TerminationInvariant.Check(facts, _trouble);
        CheckPair(facts);
        _counters.Add(facts);
        Sessions++;
        string state = $"{line.Cause}{line.Phase}";
        States[state] = States.GetValueOrDefault(state) + 1;
        if (!facts.IsWeighed)
        {
            _delivering.Enqueue((client.Far, _world.NowUs + SoonUs));
            _delivering.Enqueue((server!.Near, _world.NowUs + SoonUs));
        }

        OnSession?.Invoke(client.Client, line);
        _accepted.Remove(Network.Key(client.From));
        Forget(client);
        if (server is not null)
            network.ForgetLater(server.Far.Out.Content.Stream);
    }

    /// <summary>The bytes of the two connections that the log calls one session were exchanged with one another.</summary>
    private static void CheckPair(in SessionFacts facts)
    {
        if (facts.Server is not { } server)
            return;
        ByteStream? sent = server.Out.Content.Stream;
        ByteStream? answered = facts.Client.Out.Content.Stream;
        if ((sent is not null && sent != facts.Client.In.Content.Stream)
            || (answered is not null && answered != server.In.Content.Stream))
        {
            facts.Fail(InvariantNames.ByteOrder, "the log joins two connections that exchanged bytes with others");
        }
    }

    private void Forget(TcpConnection client)
    {
        network.Forget(proxy.Kernel.Index, client);
        if (client.Near.Owner is not SimFile)
            network.ForgetLater(client.Near.Out.Content.Stream);
    }

    private TimeoutBook Timeouts(string frontend, string backend)
    {
        if (_timeouts.TryGetValue((frontend, backend), out TimeoutBook? known))
            return known;
        Config.Model.ProxyConfig? front = null;
        Config.Model.ProxyConfig? back = null;
        foreach (Config.Model.ProxyConfig one in proxy.Model.Proxies)
        {
            if (one.Name == frontend && one.HasFrontend)
                front = one;
            if (one.Name == backend && one.HasBackend)
                back = one;
        }

        return _timeouts[(frontend, backend)] = new TimeoutBook(front!, back);
    }
}
