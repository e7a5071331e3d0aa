using Hawser.Base.Time;
using Hawser.Io.Buffers;
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

    private sealed class Nothing : LoopTimer
    {
        public override void OnTimer(EventLoop loop)
        {
        }
    }
}
