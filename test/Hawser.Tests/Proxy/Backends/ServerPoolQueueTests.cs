using System.Linq;
using Hawser.Config.Diagnostics;
using Hawser.Config.Model;
using Hawser.Io.Buffers;
using Hawser.Io.Loop;
using Hawser.Proxy.Backends;
using Hawser.Proxy.Balancing;
using Hawser.Proxy.Connections;
using Hawser.Tests.Proxy.Checks;
using Xunit;

namespace Hawser.Tests.Proxy.Backends;

/// <summary>Who waits for a slot, and who is given it (manual, "maxconn", "minconn", "maxqueue", "set-priority-class").</summary>
public sealed class ServerPoolQueueTests
{
    private readonly EventLoop _loop = new(0, new ScriptedKernel(), new BufferPool(64, 1));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_slot_goes_to_whoever_came_first_whichever_queue_it_is(bool isAnyFirst)
    {
        Backend backend = NewBackend(maximumSessions: 1);
        Server server = backend.Servers[0];
        Assert.Equal(TakeOutcome.Taken, backend.TakeFrom(NewClient(), server));
        Client first = NewClient();
        Client second = NewClient();
        Assert.Equal(TakeOutcome.Queued, isAnyFirst ? WaitForAny(backend, first) : backend.TakeFrom(first, server));
        Assert.Equal(TakeOutcome.Queued, isAnyFirst ? backend.TakeFrom(second, server) : WaitForAny(backend, second));
        backend.Release(server);
        Assert.Same(server, first.GrantedServer);
        Assert.Null(second.GrantedServer);
        backend.Release(server);
        Assert.Same(server, second.GrantedServer);
        Assert.Equal(0, backend.TotalQueued);
    }

    [Theory]
    [InlineData(0, -5)]
    [InlineData(-1, 0)]
    [InlineData(-1, 500000)]
    public void A_better_priority_goes_before_those_who_came_earlier(int priorityClass, int offset)
    {
        Backend backend = NewBackend(maximumSessions: 1);
        Server server = backend.Servers[0];
        backend.TakeFrom(NewClient(), server);
        Client first = NewClient();
        Client better = NewClient();
        (better.PriorityClass, better.PriorityOffset) = (priorityClass, offset);
        backend.TakeFrom(first, server);
        backend.TakeFrom(better, server);
        backend.Release(server);
        Assert.Same(server, better.GrantedServer);
        Assert.Null(first.GrantedServer);
    }

    [Fact]
    public void A_client_that_waits_knows_its_place_from_one_on()
    {
        Backend backend = NewBackend(maximumSessions: 1);
        Server server = backend.Servers[0];
        backend.TakeFrom(NewClient(), server);
        Client[] waiting = [NewClient(), NewClient()];
        foreach (Client client in waiting)
            backend.TakeFrom(client, server);
        Assert.Equal([1, 2], waiting.Select(static client => client.QueueLengthSeen));
    }

    [Fact]
    public void No_more_wait_for_a_server_than_maxqueue_says()
    {
        Backend backend = NewBackend(maximumSessions: 1);
        Server server = backend.Servers[0];
        server.MaximumQueue = 2;
        TakeOutcome[] outcomes = [.. Enumerable.Range(0, 4).Select(_ => backend.TakeFrom(NewClient(), server))];
        Assert.Equal([TakeOutcome.Taken, TakeOutcome.Queued, TakeOutcome.Queued, TakeOutcome.QueueFull], outcomes);
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(50, 5)]
    [InlineData(100, 10)]
    public void Slots_grow_with_the_load_from_minconn_to_maxconn(int load, int slots)
    {
        Backend backend = NewBackend(maximumSessions: 10, minimumSessions: 2);
        for (int session = 0; session < load; session++)
            backend.SessionEntered();
        _ = backend.Take(NewClient(), default, avoid: null, out _);
        Assert.Equal(slots, backend.Servers[0].SessionLimit);
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    public void Who_waits_for_a_server_that_leaves_goes_to_another_with_redispatch(int interval, bool isMoved)
    {
        Backend backend = NewBackend(maximumSessions: 1, servers: 2, redispatchInterval: interval);
        Server leaving = backend.Servers[0];
        backend.TakeFrom(NewClient(), leaving);
        Client waiting = NewClient();
        backend.TakeFrom(waiting, leaving);
        leaving.IsInMaintenance = true;
        backend.ServerChanged(leaving);
        Assert.Same(isMoved ? backend.Servers[1] : null, waiting.GrantedServer);
        Assert.Equal(isMoved ? 0 : 1, leaving.QueueLength);
    }

    private static TakeOutcome WaitForAny(Backend backend, Client client) => backend.Take(client, default, avoid: null, out _);

    private Client NewClient() => new() { HomeLoop = _loop };

    private static Backend NewBackend(int maximumSessions, int servers = 1, int redispatchInterval = 0, int minimumSessions = 0)
    {
        Server[] all = [.. Enumerable.Range(0, servers).Select(index => new Server($"s{index}", index + 1, index)
        {
            Config = CheckedFarm.Unchecked("s", 1),
            MaximumSessions = maximumSessions,
            MinimumSessions = minimumSessions,
        })];
        ProxyConfig config = new()
        {
            Name = "b", Kind = ProxyKind.Backend, Origin = Origin.None, RedispatchInterval = redispatchInterval,
        };
        Backend backend = new(config, all, new RoundRobin(), null!, loops: 1) { FullConnections = 100 };
        backend.Start();
        return backend;
    }

    private sealed class Client : Waiter
    {
        public override void Run(EventLoop loop)
        {
        }

        internal override void OnConnectionReady(EventLoop loop, Connection connection)
        {
        }
    }
}
