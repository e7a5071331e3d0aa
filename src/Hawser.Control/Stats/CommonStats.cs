using Hawser.Base.Time;
using Hawser.Config.Model;
using Hawser.Proxy.Accounting;
using Hawser.Proxy.Backends;

namespace Hawser.Control.Stats;

/// <summary>The columns that several kinds of objects have.</summary>
internal static class CommonStats
{
    private const long MillisecondsPerSecond = 1000;

    public static void Name(StatLine line, ProxyConfig proxy, string name)
    {
        line[StatField.ProxyName] = proxy.Name;
        line[StatField.ServerName] = name;
        line[StatField.Process] = 1;
        line[StatField.ProxyId] = proxy.Id;
        line[StatField.ObjectId] = line.ObjectId;
        line[StatField.Type] = (int)line.Kind;
        line[StatField.Mode] = ModeName(proxy.Mode);
        ModuleStats.Begin(line);
    }

    /// <summary>
    /// What samples of the exporter are told apart by; the rest of <see cref="Name"/> is left as it is. Without a look at the
    /// proxy's settings, which would be one more cache miss for each sample.
    /// </summary>
    public static void Identify(StatLine line, string proxy, string name)
    {
        line[StatField.ProxyName] = proxy;
        line[StatField.ServerName] = name;
    }

    /// <summary>What backends and servers tell of their sessions' times.</summary>
    public static void Times(StatLine line, TrafficCounters[] perLoop)
    {
        TimeAverage queue = default;
        TimeAverage connect = default;
        TimeAverage response = default;
        TimeAverage total = default;
        foreach (TrafficCounters one in perLoop)
        {
            queue.Join(one.QueueTime);
            connect.Join(one.ConnectTime);
            response.Join(one.ResponseTime);
            total.Join(one.TotalTime);
        }

        line[StatField.QueueTime] = queue.MeanMs;
        line[StatField.ConnectTime] = connect.MeanMs;
        line[StatField.ResponseTime] = response.MeanMs;
        line[StatField.TotalTime] = total.MeanMs;
        line[StatField.QueueTimeMaximum] = queue.LongestMs;
        line[StatField.ConnectTimeMaximum] = connect.LongestMs;
        line[StatField.ResponseTimeMaximum] = response.LongestMs;
        line[StatField.TotalTimeMaximum] = total.LongestMs;
    }

    /// <summary>Seconds since the last session; -1: there was none.</summary>
    public static long LastSession(TrafficCounters[] perLoop, UnixTime wallClock)
    {
        long last = 0;
        foreach (TrafficCounters one in perLoop)
            last = long.Max(last, one.LastSessionSeconds);
        return last == 0 ? -1 : long.Max(0, wallClock.Seconds - last);
    }

    /// <summary>The weight in force, as users count: slow start makes it smaller, never 0.</summary>
    public static int Weight(Server server) => (server.EffectiveWeight + Server.WeightScale - 1) / Server.WeightScale;

    /// <summary>Whole seconds since a change; since the start when there was none.</summary>
    public static long SecondsSince(Instant change, Instant start, Instant now) =>
        long.Max(0, (now - (change.IsNever ? start : change)).Value) / MillisecondsPerSecond;

    public static string ModeName(ProxyMode mode) => mode switch
    {
        ProxyMode.Http => "http",
        ProxyMode.Health => "health",
        _ => "tcp",
    };
}
