using System;
using System.Net;
using System.Net.Sockets;
using Hawser.Io.Buffers;
using Hawser.Io.Kernels;
using Hawser.Io.Loop;
using Hawser.Proxy.Backends;
using Hawser.Proxy.Connections;
using Hawser.Tests.Proxy.Checks;
using Xunit;

namespace Hawser.Tests.Proxy.Backends;

/// <summary>Idle connections of two loops, over real sockets and pollers, each loop taking its turns when a test says so.</summary>
public sealed class IdleConnectionsTests : IDisposable
{
    private readonly LinuxKernel _kernel = new();
    private readonly EventLoop[] _loops;
    private readonly SpareConnections[] _spares = [new(), new()];
    private readonly Server _server;
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly Socket _near = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly Socket _far;

    public IdleConnectionsTests()
    {
        _loops = [new(0, _kernel, new BufferPool(64, 8)), new(1, _kernel, new BufferPool(64, 8))];
        _server = new Server("s", 1, 0) { Config = CheckedFarm.Unchecked("s", 1) };
        _server.NeededConnections = 8;
        _server.Idle = [.. Array.ConvertAll(_loops, loop => new IdleConnections(_server, loop, _spares[loop.Index], isShared: true))];
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        _near.Connect(_listener.LocalEndPoint!);
        _far = _listener.Accept();
        _near.Blocking = false;
    }

    [Fact]
    public void A_loop_without_one_takes_another_loops_and_that_one_forgets_it()
    {
        Connection mine = Idle(requests: 1);

        Connection? taken = _server.Idle[1].Take(isProven: false, identity: 0);

        Assert.NotNull(taken);
        Assert.NotSame(mine, taken);
        Assert.Equal(mine.Descriptor, taken.Descriptor);
        Assert.Equal(1, taken.Requests);
        Assert.Equal(0, _server.IdleCount);
        Assert.Null(_server.Idle[0].Take(isProven: false, identity: 0));
        _loops[0].Turn();
        Assert.Equal(0, _server.Idle[0].Count);
        Assert.False(mine.IsOpen);
    }

    [Fact]
    public void Its_own_loop_comes_first_and_the_other_finds_nothing()
    {
        Connection mine = Idle(requests: 1);

        Assert.Same(mine, _server.Idle[0].Take(isProven: false, identity: 0));
        Assert.Null(_server.Idle[1].Take(isProven: false, identity: 0));
    }

    [Fact]
    public void One_that_its_server_has_closed_is_not_taken_over()
    {
        Idle(requests: 1);
        _far.Dispose();

        Assert.Null(_server.Idle[1].Take(isProven: false, identity: 0));
        _loops[0].Turn();
        Assert.Equal(0, _server.Idle[0].Count);
        Assert.Equal(0, _server.IdleCount);
    }

    [Theory]
    [InlineData(true, 0ul)]
    [InlineData(false, 5ul)]
    public void One_that_does_not_fit_stays_where_it_is(bool isProven, ulong identity)
    {
        Connection mine = Idle(requests: 1);

        Assert.Null(_server.Idle[1].Take(isProven, identity));
        Assert.Same(mine, _server.Idle[0].Take(isProven: false, identity: 0));
    }

    [Fact]
    public void With_few_descriptors_left_none_is_kept_any_more()
    {
        DescriptorShare share = new(_loops);
        _server.Idle[0] = new IdleConnections(_server, _loops[0], _spares[0], isShared: true, share);
        share.Limit(maximum: 100, lowPercent: 2, highPercent: null);
        Connection kept = Idle(requests: 1);
        Assert.Same(kept, _server.Idle[0].Take(isProven: false, identity: 0));

        share.Limit(maximum: 100, lowPercent: 1, highPercent: null);

        Assert.False(_server.Idle[0].TryPut(kept));
        kept.Close(_loops[0], reset: false);
    }

    [Fact]
    public void With_too_few_descriptors_left_a_new_connection_has_the_oldest_of_its_loop_closed()
    {
        DescriptorShare share = new(_loops);
        Server other = new("o", 2, 0) { Config = CheckedFarm.Unchecked("o", 2) };
        other.Idle = [new IdleConnections(other, _loops[0], _spares[0], isShared: true, share)];
        _server.Idle[0] = new IdleConnections(_server, _loops[0], _spares[0], isShared: true, share);
        share.Limit(maximum: 100, lowPercent: null, highPercent: 2);
        Idle(requests: 1);

        other.Idle[0].MakeRoom();
        Assert.Equal(1, _server.IdleCount);

        share.Limit(maximum: 100, lowPercent: null, highPercent: 1);
        other.Idle[0].MakeRoom();
        Assert.Equal(0, _server.IdleCount);
        Assert.Equal(1, _server.Idle[0].Purged);
    }

    public void Dispose()
    {
        _near.Dispose();
        _far.Dispose();
        _listener.Dispose();
        foreach (EventLoop loop in _loops) loop.Close();
    }

    /// <summary>A connection that waits at the first loop.</summary>
    private Connection Idle(int requests)
    {
        Connection connection = _spares[0].Rent(_server.Idle[0]);
        Assert.True(connection.Open(_loops[0], (int)_near.SafeHandle.DangerousGetHandle(), isEstablished: true));
        connection.Requests = requests;
        Assert.True(_server.Idle[0].TryPut(connection));
        return connection;
    }
}
