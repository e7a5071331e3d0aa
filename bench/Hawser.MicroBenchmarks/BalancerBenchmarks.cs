using System;
using System.Globalization;
using BenchmarkDotNet.Attributes;
using Hawser.Base.Random;
using Hawser.Proxy.Backends;
using Hawser.Proxy.Balancing;

namespace Hawser.MicroBenchmarks;

/// <summary>
/// One session under the gate of a backend of growing size: a server is chosen, its load goes up, and the load of the one that
/// has had a session longest goes down. 64 sessions are open at any time.
/// </summary>
public class BalancerBenchmarks
{
    private const int OpenSessions = 64;

    private readonly Server[] _open = new Server[OpenSessions];
    private Balancer _balancer = null!;
    private Server[] _servers = [];
    private uint _key;
    private int _next;

    [Params(10, 1_000, 10_000)]
    public int Servers { get; set; }

    [Params("roundrobin", "leastconn", "random", "static-rr", "map-based", "consistent")]
    public string Algorithm { get; set; } = "";

    [GlobalSetup]
    public void Start()
    {
        _balancer = Algorithm switch
        {
            "roundrobin" => new RoundRobin(),
            "leastconn" => new LeastConn(),
            "random" => new RandomDraws(2, 0, new Prng(1)),
            "static-rr" => new StaticRoundRobin(),
            "map-based" => new MapHash(),
            _ => new ConsistentHash(0),
        };
        _servers = new Server[Servers];
        for (int index = 0; index < Servers; index++)
        {
            // Equal weights are the easy case of some algorithms.
            int weight = 1 + (index % 7);
            _servers[index] = new Server(index.ToString(CultureInfo.InvariantCulture), index + 1, index)
            {
                Weight = weight,
                EffectiveWeight = weight * Server.WeightScale,
                InRotation = true,
            };
        }

        _balancer.Start(_servers);
        for (int session = 0; session < OpenSessions; session++)
            Take(session);
    }

    [Benchmark]
    public int Session()
    {
        Server oldest = _open[_next];
        oldest.ActiveSessions--;
        _balancer.LoadChanged(oldest);
        Take(_next);
        _next = (_next + 1) % OpenSessions;
        return _next;
    }

    private void Take(int place)
    {
        _key = unchecked((_key * 1664525) + 1013904223);
        Server server = _balancer.Choose(new BalanceKey(_key, HasKey: Algorithm is "map-based" or "consistent"), avoid: null)
            ?? throw new InvalidOperationException("none is usable");
        server.ActiveSessions++;
        _balancer.LoadChanged(server);
        _open[place] = server;
    }
}

/// <summary>A server of a backend of 10,000 goes down and comes up again, as its checks do it: what the gate is held for.</summary>
public class BalancerChangeBenchmarks
{
    private Balancer _balancer = null!;
    private Server[] _servers = [];
    private int _next;

    [Params("roundrobin", "leastconn", "random", "static-rr")]
    public string Algorithm { get; set; } = "";

    [GlobalSetup]
    public void Start()
    {
        _balancer = Algorithm switch
        {
            "roundrobin" => new RoundRobin(),
            "leastconn" => new LeastConn(),
            "random" => new RandomDraws(2, 0, new Prng(1)),
            _ => new StaticRoundRobin(),
        };
        _servers = new Server[10_000];
        for (int index = 0; index < _servers.Length; index++)
        {
            _servers[index] = new Server(index.ToString(CultureInfo.InvariantCulture), index + 1, index)
            {
                Weight = 1,
                EffectiveWeight = Server.WeightScale,
                InRotation = true,
            };
        }

        _balancer.Start(_servers);
    }

    [Benchmark]
    public void DownAndUp()
    {
        Server server = _servers[_next];
        _next = (_next + 1) % _servers.Length;
        server.IsUp = false;
        _balancer.Refresh(server);
        server.IsUp = true;
        _balancer.Refresh(server);
    }
}
