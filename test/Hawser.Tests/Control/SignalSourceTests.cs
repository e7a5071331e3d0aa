using System;
using System.Threading;
using Hawser.Control.Processes;
using Hawser.Io.Interop;
using Xunit;

namespace Hawser.Tests.Control;

public sealed class SignalSourceTests
{
    // Only signals that the test host itself does not use.
    [Theory]
    [InlineData(Signal.SoftStop)]
    [InlineData(Signal.Reload)]
    [InlineData(Signal.Pause)]
    [InlineData(Signal.Resume)]
    public void A_signal_arrives_as_an_event(Signal sent)
    {
        using SignalSource source = SignalSource.Open() ?? throw new InvalidOperationException("no pipe");
        Assert.False(source.TryRead(out _));
        Assert.Equal(0, LibcProcess.kill(LibcProcess.getpid(), (int)sent));
        Signal received = default;
        Assert.True(SpinWait.SpinUntil(() => source.TryRead(out received), TimeSpan.FromSeconds(10)));
        Assert.Equal(sent, received);
        Assert.False(source.TryRead(out _));
    }
}
