using System.Collections.Generic;
using Hawser.Base.Time;
using Hawser.Io.Buffers;
using Hawser.Io.Kernels;
using Hawser.Io.Loop;
using Hawser.Tests.Proxy;
using Xunit;

namespace Hawser.Tests.Io;

public sealed class EventLoopTests
{
    // The scripted clock moves only while the loop waits.
    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 500)]
    public void Busy_polling_never_waits(bool isBusy, int waitedMs)
    {
        ScriptedKernel kernel = new();
        using BufferPool buffers = new(blockBytes: 64, blocksMaximum: 1);
        EventLoop loop = new(0, kernel, buffers) { IsBusyPolling = isBusy };
        long start = kernel.NowMs;
        loop.SetTimer(new Nothing(), loop.Now.After(new Milliseconds(500)));
        loop.Turn();
        Assert.Equal(waitedMs, kernel.NowMs - start);
    }

    /// <summary>Whoever spoke while the thread had no processor is heard before anybody is called silent.</summary>
    [Fact]
    public void Timers_wait_until_everything_that_is_ready_was_seen()
    {
        LinuxKernel kernel = new();
        using BufferPool buffers = new(blockBytes: 64, blocksMaximum: 1);
        EventLoop loop = new(0, kernel, buffers, eventsPerTurn: 1);
        List<string> heard = [];
        int[] descriptors = [kernel.OpenWakeUp(), kernel.OpenWakeUp()];
        foreach (int descriptor in descriptors)
        {
            Assert.True(loop.Watch(descriptor, WatchMode.LevelRead, new Ear(descriptor, heard)));
            kernel.Wake(descriptor);
        }

        loop.SetTimer(new Alarm(heard), loop.Now);
        for (int turn = 0; turn < 10 && !heard.Contains("timer"); turn++)
            loop.Turn();
        Assert.Equal(["event", "event", "timer"], heard);
        foreach (int descriptor in descriptors)
            kernel.Close(descriptor);
        loop.Close();
    }

    /// <summary>Nobody who always has something to say keeps the clock from going on.</summary>
    [Fact]
    public void Timers_do_not_wait_for_ever()
    {
        LinuxKernel kernel = new();
        using BufferPool buffers = new(blockBytes: 64, blocksMaximum: 1);
        EventLoop loop = new(0, kernel, buffers, eventsPerTurn: 1);
        List<string> heard = [];
        int descriptor = kernel.OpenWakeUp();
        Assert.True(loop.Watch(descriptor, WatchMode.LevelRead, new Ear(-1, heard)));
        kernel.Wake(descriptor);
        loop.SetTimer(new Alarm(heard), loop.Now);
        for (int turn = 0; turn < 40 && !heard.Contains("timer"); turn++)
            loop.Turn();
        Assert.Contains("timer", heard);
        kernel.Close(descriptor);
        loop.Close();
    }

    /// <param name="descriptor">Read when it is heard of; -1: it goes on for ever.</param>
    private sealed class Ear(int descriptor, List<string> heard) : ReadyHandler
    {
        public override void OnReady(EventLoop loop, Readiness readiness)
        {
            heard.Add("event");
            if (descriptor >= 0)
                loop.Kernel.ClearWakeUp(descriptor);
        }
    }

    private sealed class Alarm(List<string> heard) : LoopTimer
    {
        public override void OnTimer(EventLoop loop) => heard.Add("timer");
    }

    private sealed class Nothing : LoopTimer
    {
        public override void OnTimer(EventLoop loop)
        {
        }
    }
}
