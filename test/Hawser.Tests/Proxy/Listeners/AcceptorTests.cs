using System;
using System.Collections.Generic;
using Hawser.Base.Random;
using Hawser.Base.Time;
using Hawser.Config.Diagnostics;
using Hawser.Config.Model;
using Hawser.Io.Buffers;
using Hawser.Io.Kernels;
using Hawser.Io.Loop;
using Hawser.Protocols.Syslog;
using Hawser.Proxy.Accounting;
using Hawser.Proxy.Backends;
using Hawser.Proxy.Listeners;
using Hawser.Proxy.Logging;
using Hawser.Proxy.Streams;
using Hawser.Proxy.Streams.Http;
using Xunit;

namespace Hawser.Tests.Proxy.Listeners;

/// <summary>An acceptor that the kernel has nothing for: it rests, tries again and does not turn in circles.</summary>
public sealed class AcceptorTests
{
    private const int ListenerDescriptor = 5;
    private const int RestMs = 100;

    private readonly ScriptedKernel _kernel = new();
    private readonly Reporter _reporter = new();

    [Theory]
    [InlineData(KernelError.TooManyDescriptors)]
    [InlineData(KernelError.SystemFileTableFull)]
    [InlineData(KernelError.NoBufferSpace)]
    [InlineData(KernelError.OutOfMemory)]
    public void Clients_that_cannot_be_accepted_are_tried_ten_times_a_second(KernelError error)
    {
        const int seconds = 30;
        _kernel.AcceptError = error;
        EventLoop loop = Accepting();

        int turns = Pass(loop, seconds * 1000);

        Assert.Equal(seconds * 1000 / RestMs, _kernel.AcceptsMs.Count);
        for (int i = 1; i < _kernel.AcceptsMs.Count; i++)
            Assert.Equal(RestMs, _kernel.AcceptsMs[i] - _kernel.AcceptsMs[i - 1]);
        // One turn in which the timer watches the listener again, one in which it is found ready.
        Assert.InRange(turns, 0, 2 * _kernel.AcceptsMs.Count + 2);
        Assert.Equal(_kernel.AcceptsMs.Count, _reporter.Refused.Count);
        Assert.All(_reporter.Refused, seen => Assert.Equal(error, seen));
    }

    private EventLoop Accepting()
    {
        EventLoop loop = new(0, _kernel, new BufferPool(64, 1));
        ProxyLogging logging = new() { Sender = new SyslogSender("", "haproxy", 1) };
        ProcessState process = new() { MaximumSessions = 1000, Rates = TrafficCounters.PerLoop(1) };
        Frontend frontend = new(new ProxyConfig { Name = "www", Kind = ProxyKind.Frontend, Origin = Origin.None }, logging, loops: 1)
        {
            MaximumSessions = 1000,
        };
        Listener listener = new()
        {
            Frontend = frontend,
            Config = null!,
            Id = 1,
            Text = "127.0.0.1:80",
            WrittenBacklog = 100,
            Loops = 1,
            Descriptors = [ListenerDescriptor],
        };
        ProxyLoop home = new()
        {
            Loop = loop,
            Pipes = new PipePool(_kernel, 65536, 0),
            Process = process,
            Logger = null!,
            Samples = null!,
            Exchanges = new ExchangePool(fieldsMaximum: 101, blockBytes: 16384, uriBytesMaximum: 1024),
            Limits = _reporter,
            Random = new Prng(1),
            IdentitySeed = 1,
        };
        _kernel.BusyListener = ListenerDescriptor;
        new Acceptor(listener, ListenerDescriptor, home, new AdmissionControl(process, _reporter), acceptsPerTurn: 4)
        {
            Frontend = frontend,
        }.Start();
        return loop;
    }

    /// <summary>Runs the loop until the time has passed; returns the turns it took.</summary>
    private int Pass(EventLoop loop, long milliseconds)
    {
        const int storm = 100_000;
        _kernel.HorizonMs = _kernel.NowMs + milliseconds;
        int turns = 0;
        while (_kernel.NowMs < _kernel.HorizonMs)
        {
            loop.Turn();
            Assert.True(++turns < storm, "turns without end while no time passes");
        }

        return turns;
    }

    private sealed class Reporter : LimitReporter
    {
        public List<KernelError> Refused { get; } = [];

        public override void CannotAccept(EventLoop loop, Frontend frontend, KernelError error) => Refused.Add(error);

        public override void MaxconnReached(EventLoop loop, Frontend frontend, int limit) => throw new NotSupportedException();

        public override void CannotConnect(EventLoop loop, Backend backend, KernelError error) => throw new NotSupportedException();

        public override void BlockedCookie(EventLoop loop, Backend backend, Server server) => throw new NotSupportedException();
    }
}
