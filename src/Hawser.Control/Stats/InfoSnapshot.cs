using System;
using System.Globalization;
using Hawser.Base.Time;
using Hawser.Config.Model;
using Hawser.Expressions.Patterns;
using Hawser.Io.Loop;
using Hawser.Proxy.Accounting;
using Hawser.Proxy.Building;
using Hawser.Proxy.Listeners;
using Hawser.Proxy.Streams;

namespace Hawser.Control.Stats;

/// <summary>The process at one moment, as "show info" shows it.</summary>
public sealed class InfoSnapshot
{
    private const long MebiByte = 1024 * 1024;

    public StatValue[] Values { get; } = new StatValue[InfoFields.List.Length];

    private StatValue this[InfoField field]
    {
        set => Values[(int)field] = value;
    }

    /// <summary>On loop 0, whose clock it goes by.</summary>
    public static InfoSnapshot Take(ProxySet set, ConfigModel model, ProcessFacts facts, EventLoop loop)
    {
        InfoSnapshot info = new();
        // A value without a meaning here is what HAProxy shows where nothing of the kind happens.
        for (int i = 0; i < info.Values.Length; i++)
            info.Values[i] = 0;
        info.TakeIdentity(model, facts);
        info.TakeTime(set, loop.WallClock);
        info.TakeLimits(set, model, facts);
        info.TakeTraffic(set, loop);
        info.TakeMemory(set);
        info[InfoField.IdlePct] = IdlePercent(set.Process, loop);
        return info;
    }

    /// <summary>Share of their time that the loops have nothing to do.</summary>
    public static int IdlePercent(ProcessState process, EventLoop loop) => 100 - LoopLoad.MeanAt(loop.WallClock, process.Loads);

    private void TakeIdentity(ConfigModel model, ProcessFacts facts)
    {
        this[InfoField.Name] = "HAProxy";
        this[InfoField.Version] = facts.Version;
        this[InfoField.ReleaseDate] = facts.ReleaseDate;
        this[InfoField.BuildInfo] = facts.Version;
        this[InfoField.Nbthread] = facts.Threads;
        this[InfoField.NbThreadGroups] = 1;
        this[InfoField.Nbproc] = 1;
        this[InfoField.ProcessNum] = 1;
        this[InfoField.Pid] = facts.ProcessId;
        this[InfoField.Node] = model.Global.Node ?? facts.Hostname;
        this[InfoField.Description] = model.Global.Description is { } text ? text : default(StatValue);
        this[InfoField.Tainted] = "0";
        this[InfoField.TotalWarnings] = facts.Warnings();
        this[InfoField.BootTimeMs] = facts.BootMilliseconds;
        this[InfoField.BusyPolling] = model.Global.BusyPolling ? 1 : 0;
    }

    /// <summary>"float": times with their microseconds, as HAProxy writes them: without zeros at the end.</summary>
    public void ShowFractions(ProxySet set, UnixTime now)
    {
        UnixTime started = set.Process.Started;
        this[InfoField.UptimeSec] = Fraction(Math.Max(0, now.Microseconds - started.Microseconds));
        this[InfoField.StartTimeSec] = Fraction(started.Microseconds);
    }

    private static string Fraction(long microseconds) => (microseconds / 1_000_000m).ToString("0.######", CultureInfo.InvariantCulture);

    private void TakeTime(ProxySet set, UnixTime now)
    {
        long seconds = Math.Max(0, now.Seconds - set.Process.Started.Seconds);
        TimeSpan up = TimeSpan.FromSeconds(seconds);
        this[InfoField.Uptime] = string.Create(
            CultureInfo.InvariantCulture, $"{up.Days}d {up.Hours}h{up.Minutes:d2}m{up.Seconds:d2}s");
        this[InfoField.UptimeSec] = seconds;
        this[InfoField.StartTimeSec] = set.Process.Started.Seconds;
    }

    private void TakeLimits(ProxySet set, ConfigModel model, ProcessFacts facts)
    {
        this[InfoField.MemmaxMB] = facts.MemoryMegabytes;
        this[InfoField.MemmaxBytes] = facts.MemoryMegabytes * MebiByte;
        this[InfoField.UlimitN] = facts.DescriptorLimit;
        this[InfoField.Maxsock] = facts.MaxSockets;
        this[InfoField.Maxconn] = set.Process.MaximumSessions;
        this[InfoField.HardMaxconn] = facts.MaxConnections;
        this[InfoField.Maxpipes] = facts.MaxPipes;
        this[InfoField.MaxSslConns] = model.Global.MaxSslConnections ?? 0;
        this[InfoField.ConnRateLimit] = set.Process.ConnectionRate?.Maximum ?? 0;
        this[InfoField.SessRateLimit] = set.Process.SessionRate?.Maximum ?? 0;
        this[InfoField.SslRateLimit] = model.Global.MaxSslRate ?? 0;
    }

    private void TakeTraffic(ProxySet set, EventLoop loop)
    {
        long connections = 0;
        long requests = 0;
        long sentBytes = 0;
        long byteRate = 0;
        foreach (Frontend frontend in set.Frontends)
        {
            TrafficCounters sum = TrafficCounters.Sum(frontend.Counters);
            connections += sum.Connections;
            requests += frontend.Config.Mode == ProxyMode.Http ? sum.Requests : sum.Sessions;
            sentBytes += sum.RequestBytesOut + sum.ResponseBytesOut;
            foreach (TrafficCounters one in frontend.Counters)
                byteRate += one.ByteRate.Rate(loop.Now);
        }

        TrafficCounters control = TrafficCounters.Sum(set.ControlFrontend.Counters);
        int active = set.Process.ActiveSessions;
        int listeners = set.ControlListeners.Length;
        foreach (Listener listener in set.Listeners)
            listeners += listener.Frontend.State == FrontendState.Listening ? 1 : 0;
        this[InfoField.CurrConns] = active;
        this[InfoField.CumConns] = connections + control.Connections;
        this[InfoField.CumReq] = requests + control.Sessions;
        this[InfoField.CurrStreams] = active + set.Process.ControlConnections;
        this[InfoField.CumStreams] = requests + control.Sessions;
        this[InfoField.ConnRate] = TrafficCounters.ConnectionsPerSecond(set.Process.Rates, loop.Now);
        this[InfoField.MaxConnRate] = set.Process.Peaks.ConnectionRate.Value;
        this[InfoField.SessRate] = TrafficCounters.SessionsPerSecond(set.Process.Rates, loop.Now);
        this[InfoField.MaxSessRate] = set.Process.Peaks.SessionRate.Value;
        this[InfoField.MaxconnReached] = set.Process.LimitReached;
        this[InfoField.TotalBytesOut] = sentBytes + control.ResponseBytes;
        this[InfoField.BytesOutRate] = byteRate;
        this[InfoField.Stopping] = set.Process.IsStopping ? 1 : 0;
        this[InfoField.Listeners] = listeners;
        this[InfoField.Jobs] = active + listeners + set.Process.ControlConnections;
    }

    private void TakeMemory(ProxySet set)
    {
        long pipesUsed = 0;
        long pipesKept = 0;
        long pooled = 0;
        long kept = 0;
        long refused = 0;
        long timers = 0;
        foreach (ProxyLoop home in set.Loops)
        {
            pipesUsed += home.Pipes.Leased;
            pipesKept += home.Pipes.Kept;
            kept += (long)home.Loop.Buffers.Kept * home.Loop.Buffers.BlockBytes;
            pooled += (long)home.Loop.Buffers.Leased * home.Loop.Buffers.BlockBytes;
            refused += home.Loop.Buffers.Refused;
            timers += home.Loop.TimerCount;
        }

        this[InfoField.PipesUsed] = pipesUsed;
        this[InfoField.PipesFree] = pipesKept;
        this[InfoField.PoolFailed] = refused;
        this[InfoField.PoolUsedBytes] = pooled;
        this[InfoField.PoolAllocBytes] = pooled + kept;
        this[InfoField.PoolUsedMB] = pooled / MebiByte;
        this[InfoField.PoolAllocMB] = (pooled + kept) / MebiByte;
        this[InfoField.Tasks] = timers;
        TakePatterns(set);
    }

    private void TakePatterns(ProxySet set)
    {
        long added = 0;
        long left = 0;
        foreach (PatternList list in set.Expressions.Patterns.All)
        {
            added += list.CountOfAdded;
            left += list.CountOfAll;
        }

        this[InfoField.PatternsAdded] = added;
        this[InfoField.PatternsFreed] = added - left;
    }
}
