using System;
using Hawser.Base.Time;
using Hawser.Io.Buffers;
using Hawser.Io.Loop;
using Hawser.Tests.Proxy;
using Xunit;

namespace Hawser.Tests.Io;

public sealed class LoopLoadTests
{
    private const long TenthUs = 100_000;

    private readonly LoopLoad _load = new();
    private long _nowUs = 1_000_000;

    [Fact]
    public void It_is_the_share_of_work_in_a_tenth_of_a_second()
    {
        Turns(100, workUs: 300, idleUs: 700);
        Assert.Equal(30, Percent());
        Turns(100, workUs: 900, idleUs: 100);
        Assert.Equal(90, Percent());
    }

    [Fact]
    public void Turns_that_do_not_wait_are_work()
    {
        for (int turn = 0; turn < 300; turn++)
        {
            _nowUs += 1000;
            _load.Wakes(new UnixTime(_nowUs));
        }

        Assert.Equal(100, Percent());
    }

    [Fact]
    public void A_loop_that_sleeps_does_not_go_on_telling_how_busy_it_was()
    {
        Turns(100, workUs: 1000, idleUs: 0);
        Assert.Equal(100, Percent());
        _load.Waits(new UnixTime(_nowUs));
        Assert.Equal(100, _load.PercentAt(new UnixTime(_nowUs + TenthUs - 1)));
        Assert.Equal(0, _load.PercentAt(new UnixTime(_nowUs + TenthUs)));
    }

    [Fact]
    public void A_clock_that_is_set_back_is_no_time_at_all()
    {
        Turns(100, workUs: 500, idleUs: 500);
        _nowUs -= 3_600_000_000;
        Turns(200, workUs: 500, idleUs: 500);
        Assert.Equal(50, Percent());
    }

    [Fact]
    public void Several_loops_have_their_mean()
    {
        Turns(100, workUs: 1000, idleUs: 0);
        Assert.Equal(50, LoopLoad.MeanAt(new UnixTime(_nowUs), [_load, new LoopLoad()]));
        Assert.Equal(0, LoopLoad.MeanAt(new UnixTime(_nowUs), []));
    }

    [Fact]
    public void A_loop_that_waits_for_its_timers_is_idle()
    {
        ScriptedKernel kernel = new();
        EventLoop loop = new(0, kernel, new BufferPool(64, 1));
        Ticking timer = new();
        loop.SetTimer(timer, loop.Now.After(new Milliseconds(10)));
        for (int turn = 0; turn < 40; turn++)
            loop.Turn();
        Assert.Equal(0, loop.Load.PercentAt(loop.WallClock));
        loop.IsBusyPolling = true;
        for (int turn = 0; turn < 3; turn++)
        {
            kernel.Pass(200);
            loop.Turn();
        }

        Assert.Equal(100, loop.Load.PercentAt(loop.WallClock));
    }

    private int Percent() => _load.PercentAt(new UnixTime(_nowUs));

    private void Turns(int count, long workUs, long idleUs)
    {
        for (int turn = 0; turn <= count; turn++)
        {
            _load.Waits(new UnixTime(_nowUs));
            _nowUs += idleUs;
            _load.Wakes(new UnixTime(_nowUs));
            _nowUs += workUs;
        }
    }

    private sealed class Ticking : LoopTimer
    {
        public override void OnTimer(EventLoop loop) => loop.SetTimer(this, loop.Now.After(new Milliseconds(10)));
    }
}
