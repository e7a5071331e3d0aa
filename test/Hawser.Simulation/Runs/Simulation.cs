using System;
using System.Collections.Generic;
using System.Linq;
using Hawser.Base.Network;
using Hawser.Proxy.Streams;
using Hawser.Simulation.Actors;
using Hawser.Simulation.Actors.Http;
using Hawser.Simulation.Faults;
using Hawser.Simulation.Invariants;
using Hawser.Simulation.Networks;
using Hawser.Simulation.Proxies;
using Hawser.Simulation.Scenarios;
using Hawser.Simulation.Worlds;

namespace Hawser.Simulation.Runs;

/// <summary>
/// One run: a storm in which clients come and everything may go wrong; a quiet phase in which everything must settle; a
/// few clients that must be served; a stop after which nothing may be left.
/// </summary>
internal sealed class Simulation
{
    private const long SecondUs = 1_000_000;

    /// <summary>How long the storm goes on after the last client has come.</summary>
    private const long AfterStormUs = 3 * SecondUs;

    /// <summary>Long enough for every timeout of every scenario, one after the other.</summary>
    private const long SettleUs = 900 * SecondUs;

    /// <summary>For the checks to find all servers up again.</summary>
    private const long RecoverUs = 40 * SecondUs;

    /// <summary>A stop at once takes no longer, whatever the timeouts are.</summary>
    private const long HardStopUs = 8 * SecondUs;

    private const int Probes = 5;

    private readonly RunOptions _options;
    private readonly Scenario _scenario;
    private readonly World _world;
    private readonly FaultPlan _faults;
    private readonly Network _network;
    private readonly List<ServerActor> _servers = [];
    private readonly SimulatedProxy[] _proxies;
    private readonly ClientPopulation _clients;
    private readonly Dictionary<int, SessionLine> _probeLines = [];
    private readonly ExchangeBook? _book;
    private ClockJumps? _disturbances;
    private ListenerPauses? _pauses;
    private Reloads? _reloads;
    private long _durationMs;

    private Simulation(RunOptions options)
    {
        _options = options;
        _world = new World(options.Seed, options.KeepsTrace) { IsQuiet = true };
        _scenario = ScenarioTable.Make(options.Scenario, _world.Stream(SeedUse.Scenario));
        _world.Salt(_scenario.Name);
        _faults = new FaultPlan(_world, _scenario.IsCalm, options.Without);
        _network = new Network(_world, _faults, new LinkPlan(_world, _faults)) { HasChain = _scenario.Configurations.Length > 1 };
        _book = _scenario.Actors.Http is { } mix ? new ExchangeBook(_network, mix) { Takeovers = _scenario.NextConfiguration is null ? null : new Takeovers() } : null;
        for (int i = 0; i < _scenario.Servers; i++)
            _servers.Add(new ServerActor(_network, NetworkAddress.FromIPv4(0x0A640001 + (uint)i, 8000), i, _scenario.Actors, _book));
        _proxies = new SimulatedProxy[_scenario.Configurations.Length];
        for (int i = 0; i < _proxies.Length; i++)
        {
            _proxies[i] = new SimulatedProxy(_network, i, _scenario.Configurations[i], _scenario.HasExactWeights, _book);
            _proxies[i].Auditor.OnSession = OnSession;
        }

        _world.IsQuiet = false;
        _clients = new ClientPopulation(
            _network, _scenario, [.. _proxies[0].Addresses().Where(static address => address.Port < ReloadScenarios.FirstPassingPort)], options.Sessions, index => options.Only?.Contains(index) != false, _book);
    }

    public static RunResult Run(RunOptions options)
    {
        Simulation run = new(options);
        run.Run();
        return run.Result();
    }

    private void Run()
    {
        long startUs = _world.NowUs;
        _clients.Begin();
        _disturbances = new ClockJumps(_world, _faults, _proxies);
        if (_scenario.IsPausedNowAndThen)
            _pauses = new ListenerPauses(_world, _proxies);
        if (_scenario.NextConfiguration is not null)
            _reloads = new Reloads(_world, _proxies[0], _scenario, _proxies[0].Auditor.Reloads);
        Until(() => _clients.HasAllStarted, long.MaxValue);
        if (_scenario.IsStoppedUnderLoad)
        {
            StopUnderLoad();
            _durationMs = (_world.NowUs - startUs) / 1000;
            return;
        }

        Until(static () => false, AfterStormUs);
        _world.IsQuiet = true;
        _world.Note(Act.Phase, value: 1);
        foreach (ServerActor server in _servers)
            server.Calm();
        if (!Until(IsSettled, SettleUs))
            _world.Fail(InvariantNames.Settles, $"{_proxies.Sum(static proxy => proxy.LiveSessions)} sessions are left ({Phases()}), and {_clients.Present.Count} clients",
                _clients.Present.FirstOrDefault()?.End.Connection.Number ?? -1);
        Until(static () => false, RecoverUs);
        foreach (SimulatedProxy proxy in _proxies)
            RecoveryInvariant.Check(_world, proxy.Set);
        Probe();
        if (_world.Violation is null)
        {
            foreach (SimulatedProxy proxy in _proxies)
                proxy.Auditor.AfterLastSession();
        }

        Stop(60 * SecondUs, isHard: false);
        _durationMs = (_world.NowUs - startUs) / 1000;
    }


    /// <summary>Lets the world go on. False when the condition did not come true in time, or an invariant broke.</summary>
    private bool Until(Func<bool> condition, long limitUs)
    {
        long endUs = limitUs == long.MaxValue ? long.MaxValue : _world.NowUs + limitUs;
        while (_world.Violation is null)
        {
            if (condition())
                return true;
            if (_world.NowUs >= endUs)
                return false;
            long secondUs = Math.Min(endUs, _world.NowUs + SecondUs);
            while (_world.Violation is null && _world.RunNext(secondUs))
            {
            }

            _world.AdvanceTo(secondUs);
            foreach (SimulatedProxy proxy in _proxies)
                proxy.Auditor.AfterSecond();
        }

        return false;
    }

    private bool IsSettled() => _clients.Present.Count == 0 && _proxies.All(static proxy => proxy.LiveSessions == 0);

    /// <summary>After the storm the proxy serves as if nothing had been.</summary>
    private void Probe()
    {
        if (_world.Violation is not null)
            return;
        _world.Note(Act.Phase, value: 2);
        for (int i = 0; i < Probes && _world.Violation is null; i++)
        {
            int index = _options.Sessions + i;
            ClientActor client = _clients.Start(index, isProbe: true);
            Until(() => client.IsOver && IsSettled(), 120 * SecondUs);
            if (_world.Violation is not null)
                return;
            if (client is HttpClient { } asker)
                CheckServed(asker);
            else if (!_probeLines.TryGetValue(index, out SessionLine line))
                _world.Fail(InvariantNames.Service, "a client after the storm was not served", client.End.Connection.Number);
            else if (line.Cause != '-' || line.RequestOut != client.Script.SendsBytes)
                _world.Fail(InvariantNames.Service, $"a client after the storm ended with {line.Cause}{line.Phase} and {line.RequestOut} of {client.Script.SendsBytes} bytes", client.End.Connection.Number);
        }
    }

    /// <summary>Of the sessions that are left: how many stand where, and how many blocks they hold.</summary>
    private string Phases()
    {
        SortedDictionary<string, int> counts = new(StringComparer.Ordinal);
        int blocks = 0;
        foreach (ProxyLoop loop in _proxies.SelectMany(static proxy => proxy.Set.Loops.ToArray()))
        {
            blocks += loop.Loop.Buffers.Leased;
            for (Session? session = loop.FirstSession; session is not null; session = session.NextSession)
            {
                string name = session.IsWaitingForBuffer ? $"{session.Phase} without a block" : session.Phase.ToString();
                counts[name] = counts.GetValueOrDefault(name) + 1;
            }
        }

        return string.Join(", ", counts.Select(static one => $"{one.Key} {one.Value}")) + $", {blocks} blocks";
    }

    /// <summary>Where its connection was closed between two requests, it leaves it at that.</summary>
    private void CheckServed(HttpClient client)
    {
        foreach (Inquiry inquiry in client.Inquiries)
        {
            if (inquiry.Status == 0 && inquiry.Executions.Count == 0 && inquiry != client.Inquiries[0])
                return;
            if (inquiry is not { IsAnswered: true, IsLogged: true, Answer: { Status: 200 } answer } || answer.Inquiry != inquiry)
                _world.Fail(InvariantNames.Service, $"request {inquiry.Id} of a client after the storm ended with {inquiry.Status}", client.End.Connection.Number);
        }
    }

    /// <summary>The storm goes on, and the proxy ends: softly, softly with a limit, or at once.</summary>
    private void StopUnderLoad()
    {
        if (_world.Violation is not null)
            return;
        _pauses?.End();
        bool isHard = _world.Stream(SeedUse.Disturbances, index: 1).NextChance(1, 3);
        foreach (SimulatedProxy proxy in _proxies)
        {
            proxy.Auditor.Trouble.WasHardStopped = isHard || proxy.Model.Global.HardStopAfterMs is not null;
        }

        long? limitMs = isHard ? 0 : _proxies[0].Model.Global.HardStopAfterMs;
        Stop(limitMs is { } ms ? ms * 1000 + HardStopUs : SettleUs, isHard);
        if (_world.Violation is not null)
            return;
        foreach (SimulatedProxy proxy in _proxies)
            proxy.Auditor.AfterLastSession();
    }

    private void Stop(long limitUs, bool isHard)
    {
        if (_world.Violation is not null)
            return;
        _world.Note(Act.Phase, value: 3);
        foreach (SimulatedProxy proxy in _proxies)
        {
            proxy.Set.Runtime.SoftStop();
            if (isHard)
                proxy.Set.Runtime.HardStop();
        }

        if (!Until(() => _proxies.All(static proxy => proxy.HasEnded), limitUs))
            _world.Fail(InvariantNames.Settles, "a loop did not end after the stop");
        foreach (SimulatedProxy proxy in _proxies)
        {
            if (_world.Violation is not null)
                return;
            LeakInvariant.CheckStopped(_world, proxy.Set, proxy.Kernel);
            proxy.Set.Runtime.Close();
            LeakInvariant.CheckClosed(_world, proxy.Kernel);
        }
    }

    private void OnSession(int client, SessionLine line)
    {
        if (client >= _options.Sessions)
            _probeLines[client] = line;
    }

    /// <summary>Which client each connection served.</summary>
    private Dictionary<int, int> ClientsByConnection()
    {
        Dictionary<int, int> clients = [];
        foreach (TcpConnection connection in _network.All)
            clients[connection.Number] = connection.Client;
        return clients;
    }

    private RunResult Result()
    {
        if (_options.KeepsTrace)
        {
            foreach (SimulatedProxy proxy in _proxies)
                proxy.Auditor.PairLiveSessions();
        }

        SortedDictionary<string, long> states = new(StringComparer.Ordinal);
        foreach (SimulatedProxy proxy in _proxies)
        {
            foreach ((string state, long count) in proxy.Auditor.States)
                states[state] = states.GetValueOrDefault(state) + count;
        }

        SortedDictionary<string, long> faults = new(StringComparer.Ordinal);
        foreach (FaultKind kind in _faults.Kinds())
            faults[kind.ToString()] = _faults.Struck[(int)kind];
        return new RunResult
        {
            Options = _options,
            Scenario = _scenario.Name,
            Configurations = _scenario.Configurations,
            Violation = _world.Violation,
            TraceHash = _world.Trace.Hash,
            Events = _world.Trace.Count,
            Sessions = _proxies.Sum(static proxy => proxy.Auditor.Sessions),
            VirtualMs = _durationMs,
            States = states,
            Faults = faults,
            Trace = _options.KeepsTrace ? _world.Trace : null,
            ViolatingClient = _options.KeepsTrace && _world.Violation is { Connection: >= 0 } broken
                ? _network.All[broken.Connection].Client
                : -1,
            Clients = _options.KeepsTrace ? ClientsByConnection() : null,
        };
    }
}
