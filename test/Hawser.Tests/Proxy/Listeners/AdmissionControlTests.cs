using Hawser.Base.Time;
using Hawser.Config.Diagnostics;
using Hawser.Config.Model;
using Hawser.Protocols.Syslog;
using Hawser.Proxy.Accounting;
using Hawser.Proxy.Listeners;
using Hawser.Proxy.Logging;
using Hawser.Proxy.Streams;
using Xunit;

namespace Hawser.Tests.Proxy.Listeners;

/// <summary>The limits of the process, of a frontend and of a bind line (manual, "maxconn").</summary>
public sealed class AdmissionControlTests
{
    [Theory]
    [InlineData(1, 9, 9)]
    [InlineData(9, 1, 9)]
    [InlineData(9, 9, 1)]
    public void Who_is_turned_away_by_one_limit_holds_no_place_of_the_others(int process, int frontend, int listener)
    {
        ProcessState state = new() { MaximumSessions = process, Rates = TrafficCounters.PerLoop(1) };
        ProxyLogging logging = new() { Sender = new SyslogSender("", "haproxy", 1) };
        Frontend front = new(new ProxyConfig { Name = "www", Kind = ProxyKind.Frontend, Origin = Origin.None }, logging, loops: 1)
        {
            MaximumSessions = frontend,
        };
        Listener bind = new()
        {
            Frontend = front,
            Config = null!,
            Id = 1,
            Text = "127.0.0.1:80",
            WrittenBacklog = 100,
            Loops = 1,
            Descriptors = [5],
            MaximumSessions = listener,
        };
        AdmissionControl admission = new(state, null!);
        Assert.Equal(AdmissionControl.Entered, admission.TryEnter(bind, new Instant(1000)));
        Assert.Equal(AdmissionControl.UntilSomebodyLeaves, admission.TryEnter(bind, new Instant(1000)));
        Assert.Equal((1, 1, 1), (state.ActiveSessions, front.ActiveSessions, bind.Room.Active));
        admission.Leave(bind);
        Assert.Equal((0, 0, 0), (state.ActiveSessions, front.ActiveSessions, bind.Room.Active));
        Assert.Equal(AdmissionControl.Entered, admission.TryEnter(bind, new Instant(1000)));
    }
}
