using System;

namespace Hawser.Control.Processes;

/// <summary>
/// The process-wide limits that follow from a configuration and the system's descriptor limit, by HAProxy's formula
/// (configuration manual: maxconn, ulimit-n, fd-hard-limit, maxpipes; the constants were found by watching it).
/// </summary>
/// <param name="MaxConnections">Maxconn of <c>show info</c>.</param>
/// <param name="IsAutomatic">The number of connections was computed, not written.</param>
/// <param name="MaxPipes">Maxpipes of <c>show info</c>.</param>
/// <param name="MaxSockets">Maxsock: descriptors the process may come to need.</param>
/// <param name="DescriptorLimit">Ulimit-n: the soft limit to ask the system for.</param>
public readonly record struct LimitPlan(
    int MaxConnections, bool IsAutomatic, int MaxPipes, int MaxSockets, int DescriptorLimit)
{
    /// <summary>What HAProxy takes when the system leaves room for fewer.</summary>
    private const int SmallestAutomatic = 100;

    private const int DefaultHardLimit = 1_048_576;

    /// <summary>Two ends of a connection; a session that splices may need a quarter of a pipe's two ends besides.</summary>
    private const int PerConnection = 2;
    private const int PerPipe = 2;
    private const int ConnectionsPerPipe = 4;

    /// <summary>A connection beside its two buffers.</summary>
    private const int ConnectionBytes = 4096;

    /// <param name="systemLimit">The larger of the soft and hard RLIMIT_NOFILE.</param>
    public static LimitPlan Compute(LimitSettings settings, DescriptorNeeds needs, ulong systemLimit)
    {
        int maxConnections = settings.MaxConnections is int written and > 0
            ? written
            : Automatic(settings, needs, systemLimit);
        int maxPipes = settings.MaxPipes ?? (needs.UsesSplice ? maxConnections / ConnectionsPerPipe : 0);
        int maxSockets = ToCount(
            ((long)PerConnection * maxConnections) + ((long)PerPipe * maxPipes) + needs.Reserved);
        return new LimitPlan(
            maxConnections,
            settings.MaxConnections is not > 0,
            maxPipes,
            maxSockets,
            settings.DescriptorLimit is int limit and > 0 ? limit : maxSockets);
    }

    private static int Automatic(LimitSettings settings, DescriptorNeeds needs, ulong systemLimit)
    {
        ulong cap = Math.Min(systemLimit, (ulong)(settings.DescriptorHardLimit ?? DefaultHardLimit));
        long free = (long)cap - needs.Reserved;
        long byDescriptors;
        if (settings.MaxPipes is int pipes) byDescriptors = (free - ((long)PerPipe * pipes)) / PerConnection;
        else if (needs.UsesSplice) byDescriptors = free * 2 / 5;
        else byDescriptors = free / PerConnection;
        long result = Math.Max(SmallestAutomatic, byDescriptors);
        if (settings.MemoryMegabytes is int megabytes and > 0)
            result = Math.Min(result, ByMemory(megabytes, settings.BufferSizeBytes));
        return ToCount(result);
    }

    private static long ByMemory(int megabytes, int bufferSizeBytes) =>
        Math.Max(1, TwoDigits(megabytes * 1_048_576L / ((2L * bufferSizeBytes) + ConnectionBytes)));

    /// <summary>Rounded down to two significant digits: a figure a person can remember.</summary>
    public static long TwoDigits(long value)
    {
        long unit = 1;
        while (value / unit >= 100) unit *= 10;
        return value / unit * unit;
    }

    private static int ToCount(long value) => (int)Math.Clamp(value, 0, int.MaxValue);
}
