using System;
using Hawser.Compare.Load;
using Hawser.Compare.Proxies;

namespace Hawser.Compare.Measurement;

/// <summary>One stretch of load by wrk through one proxy.</summary>
/// <param name="MicrosecondsPerRequest">CPU of the proxy process, user and system.</param>
/// <param name="UserShare">0 to 1, from clock ticks.</param>
internal readonly record struct HttpSample(double MicrosecondsPerRequest, double UserShare, WrkRun Load)
{
    public static HttpSample Take(RunningProxy proxy, string path, int connections, TimeSpan length)
    {
        ProcessCpu before = ProcessCpu.Read(proxy.ProcessId);
        WrkRun load = WrkRun.Take(proxy.Address, path, connections, length);
        proxy.EnsureAlive();
        ProcessCpu after = ProcessCpu.Read(proxy.ProcessId);
        long user = after.UserTicks - before.UserTicks;
        long system = after.SystemTicks - before.SystemTicks;
        return new HttpSample(
            (after.Total - before.Total) / 1000.0 / load.Requests, user + system == 0 ? 0 : (double)user / (user + system), load);
    }
}
