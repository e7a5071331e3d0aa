using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Net.Sockets;
using System.Text;
using Hawser.Control.Pages;
using Hawser.Control.Stats;
using Hawser.Io.Loop;
using Hawser.Tests.Proxy.Building;
using Xunit;

namespace Hawser.Tests.Control.Pages;

/// <summary>
/// A page about thousands of backends and an ordinary client on the same loop, whose turns the test takes. What is counted
/// is turns: how much of the page a turn makes, and how many turns the other client's answer takes meanwhile.
/// </summary>
public sealed class HugePageTests : IDisposable
{
    private const int Backends = 3000;

    /// <summary>A piece, its frame, and the row or sample that made it full.</summary>
    private const int MostBytesPerTurn = 72 * 1024;

    /// <summary>Read the request; answer it; the loop's jobs of the turn before.</summary>
    private const int MostTurnsPerAnswer = 3;

    private readonly string _path = Path.Combine(Path.GetTempPath(), $"hawser-{Guid.NewGuid():N}.sock");
    private readonly PageServices _services = new();
    private readonly BuiltProxies _built;
    private readonly EventLoop _loop;
    private readonly List<Socket> _sockets = [];
    private readonly byte[] _received = new byte[1 << 20];

    public HugePageTests()
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"frontend web\n mode http\n bind {_path}\n");
        text.Append("""
              stats uri /stats
              http-request use-service prometheus-exporter if { path /metrics }
              http-request return status 200 content-type text/plain string pong if { path /ping }

            """);
        for (int number = 0; number < Backends; number++)
            text.Append(CultureInfo.InvariantCulture, $"backend b{number}\n mode http\n server s 127.0.0.1:1\n");
        _built = BuiltProxies.From(text.ToString(), services: _services);
        Assert.True(_built.Bind());
        _services.Context.Set = _built.Set!;
        _services.Context.Facts = new ProcessFacts { Version = "1", ReleaseDate = "now", Hostname = "host", ProcessId = 1, Threads = 1 };
        _loop = _built.Set!.Loops[0].Loop;
        // Nothing to do is no reason to wait: the test's own sockets are what comes next.
        _loop.IsBusyPolling = true;
        _built.Set.Runtime.Start(control: null, controlDescriptor: -1);
    }

    public void Dispose()
    {
        foreach (Socket socket in _sockets)
            socket.Dispose();
        _built.Dispose();
        File.Delete(_path);
    }

    [Theory]
    [InlineData("/metrics")]
    [InlineData("/metrics?scope=server&metrics=haproxy_server_check_status")]
    [InlineData("/stats")]
    [InlineData("/stats;csv")]
    [InlineData("/stats;json")]
    [InlineData("/stats;typed")]
    public void A_page_of_any_length_leaves_every_turn_to_the_other_sessions(string target)
    {
        Socket page = Connect();
        Socket other = Connect();
        Ask(other, "/ping");
        Until(() => Take(other) > 0);

        Ask(page, target);
        long bytes = 0;
        int answers = 0;
        int turnsSinceAsked = 0;
        long turns = 0;
        bool isAsked = false;
        bool isOver = false;
        while (!isOver)
        {
            if (!isAsked)
            {
                Ask(other, "/ping");
                isAsked = true;
                turnsSinceAsked = 0;
            }

            _loop.Turn();
            turns++;
            int took = Take(page);
            Assert.InRange(took, 0, MostBytesPerTurn);
            bytes += took;
            isOver = took > 0 && _received.AsSpan(0, took).EndsWith("0\r\n\r\n"u8);
            turnsSinceAsked++;
            if (Take(other) > 0)
            {
                answers++;
                isAsked = false;
            }

            Assert.InRange(turnsSinceAsked, 0, MostTurnsPerAnswer);
        }

        // A short answer about many objects takes turns as well: looking at an object counts.
        Assert.InRange(turns, Math.Max(bytes / MostBytesPerTurn, target.Contains("check_status", StringComparison.Ordinal) ? Backends / 512 : 0), long.MaxValue);
        Assert.InRange(answers, turns / (MostTurnsPerAnswer + 1), turns);
    }

    private void Until(Func<bool> isReached)
    {
        while (!isReached())
            _loop.Turn();
    }

    private Socket Connect()
    {
        Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        _sockets.Add(socket);
        socket.Connect(new UnixDomainSocketEndPoint(_path));
        socket.Blocking = false;
        return socket;
    }

    private static void Ask(Socket socket, string target) =>
        socket.Send(Encoding.ASCII.GetBytes($"GET {target} HTTP/1.1\r\nHost: a\r\n\r\n"));

    /// <summary>What has come, without waiting.</summary>
    private int Take(Socket socket)
    {
        int count = socket.Receive(_received, 0, _received.Length, SocketFlags.None, out SocketError error);
        Assert.True(error is SocketError.Success or SocketError.WouldBlock, error.ToString());
        return error == SocketError.Success ? count : 0;
    }
}
