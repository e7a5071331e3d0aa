using System;
using System.Threading;
using Hawser.Config.Model;
using Hawser.Io.Kernels;
using Hawser.Protocols.Syslog;

namespace Hawser.Proxy.Logging;

/// <summary>
/// One "log" line at run time: where messages go and which. Shared by all loops and by the proxies that inherit it;
/// its two counters are interlocked.
/// </summary>
public sealed class LogTarget
{
    private long _droppedLogs;
    private long _sampleCounter;
    private int _hasFailed;
    private readonly SocketAddress _destination;

    /// <summary>As written in the configuration, for messages.</summary>
    public required string Name { get; init; }

    /// <summary>Its number among all targets, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>A UDP or unix datagram address; empty when <see cref="FileDescriptor"/> is used.</summary>
    public SocketAddress Destination
    {
        init => _destination = value;
    }

    /// <summary>What was given as <see cref="Destination"/>.</summary>
    internal ref readonly SocketAddress Address => ref _destination;

    /// <summary>-1 when <see cref="Destination"/> is used.</summary>
    public int FileDescriptor { get; init; } = -1;

    public required SyslogFormat Format { get; init; }

    /// <summary>0 to 23.</summary>
    public required int Facility { get; init; }

    /// <summary>The least severe level that is sent.</summary>
    public SyslogLevel MaximumLevel { get; init; } = SyslogLevel.Debug;

    /// <summary>More severe messages are sent with this level.</summary>
    public SyslogLevel MinimumLevel { get; init; } = SyslogLevel.Emerg;

    /// <summary>Longest line in bytes, header and line feed included.</summary>
    public int MaximumLineBytes { get; init; } = 1024;

    /// <summary>Changes the lines of sessions that it gets; null: none.</summary>
    public LogProfile? Profile { get; init; }

    public LogSampleConfig? Sample { get; init; }

    /// <summary>Messages that could not be sent: a full socket or pipe, or nobody there.</summary>
    public long DroppedLogs => Interlocked.Read(ref _droppedLogs);

    /// <summary>Whether the next message belongs to the sample; counts it.</summary>
    internal bool TakesNext()
    {
        if (Sample is null) return true;
        long position = ((Interlocked.Increment(ref _sampleCounter) - 1) % Sample.Size) + 1;
        foreach ((int low, int high) in Sample.Ranges)
        {
            if (position >= low && position <= high) return true;
        }

        return false;
    }

    /// <returns>True the first time: then it is worth a warning.</returns>
    internal bool CountDropped()
    {
        Interlocked.Increment(ref _droppedLogs);
        return Interlocked.Exchange(ref _hasFailed, 1) == 0;
    }
}
