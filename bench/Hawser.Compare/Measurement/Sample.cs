using System;
using System.Diagnostics;
using System.Threading;
using Hawser.Compare.Load;
using Hawser.Compare.Proxies;

namespace Hawser.Compare.Measurement;

/// <summary>One stretch of steady load through one proxy.</summary>
/// <param name="MicrosecondsPerUnit">CPU of the proxy process, user and system.</param>
/// <param name="UserShare">0 to 1, from clock ticks.</param>
internal readonly record struct Sample(double MicrosecondsPerUnit, double UserShare, double UnitsPerSecond)
{
    private static readonly TimeSpan s_approach = TimeSpan.FromSeconds(0.3);

    public static Sample Take(RunningProxy proxy, Exchange exchange, int connections, TimeSpan length)
    {
        Clients clients = Clients.Start(proxy.Address, exchange, connections);
        Thread.Sleep(s_approach);
        long begin = Stopwatch.GetTimestamp();
        long unitsBefore = clients.Units;
        ProcessCpu before = ProcessCpu.Read(proxy.ProcessId);
        Thread.Sleep(length);
        long units = clients.Units - unitsBefore;
        proxy.EnsureAlive();
        ProcessCpu after = ProcessCpu.Read(proxy.ProcessId);
        double seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        clients.Stop();
        if (units <= 0) throw new InvalidOperationException("no exchange was completed");
        long user = after.UserTicks - before.UserTicks;
        long system = after.SystemTicks - before.SystemTicks;
        return new Sample(
            (after.Total - before.Total) / 1000.0 / units,
            user + system == 0 ? 0 : (double)user / (user + system),
            units / seconds);
    }
}
