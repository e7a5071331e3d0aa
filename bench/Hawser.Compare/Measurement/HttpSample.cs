using System;
using Hawser.Compare.Load;
using Hawser.Compare.Proxies;

namespace Hawser.Compare.Measurement;

/// <summary>One stretch of load through one proxy.</summary>
/// <param name="MicrosecondsPerRequest">CPU of the proxy process, user and system.</param>
/// <param name="UserShare">0 to 1, from clock ticks.</param>
internal readonly record struct HttpSample(double MicrosecondsPerRequest, double UserShare, HttpLoad Load)
{
    /// <summary>How much of its core the proxy had, 0 to 1: below 1 it waited for load generator and origin.</summary>
    public double Busy => MicrosecondsPerRequest * Load.Requests / 1e6 / Load.Seconds;

    /// <param name="perSecond">What is offered; null: as much as the connections carry.</param>
    public static HttpSample Take(RunningProxy proxy, string path, int connections, TimeSpan length, int? perSecond = null)
    {
        ProcessCpu before = ProcessCpu.Read(proxy.ProcessId);
        HttpLoad load = perSecond is { } offered
            ? H2load.Take(proxy.Address, path, connections, offered, length)
            : Wrk.Take(proxy.Address, path, connections, length);
        proxy.EnsureAlive();
        ProcessCpu after = ProcessCpu.Read(proxy.ProcessId);
        long user = after.UserTicks - before.UserTicks;
        long system = after.SystemTicks - before.SystemTicks;
        return new HttpSample(
            (after.Total - before.Total) / 1000.0 / load.Requests, user + system == 0 ? 0 : (double)user / (user + system), load);
    }
}
