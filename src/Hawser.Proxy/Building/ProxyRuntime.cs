using System;
using System.Collections.Generic;
using Hawser.Base.Time;
using Hawser.Proxy.Checks;
using Hawser.Proxy.Listeners;
using Hawser.Proxy.Logging;
using Hawser.Proxy.Streams;

namespace Hawser.Proxy.Building;

/// <summary>
/// What a process has once, whatever configuration it serves: loops, limits, checks, the way to its end. Handed from one
/// <see cref="ProxySet"/> to the next at a reload. Written on loop 0.
/// </summary>
internal sealed class ProxyRuntime
{
    /// <summary>The configuration at work.</summary>
    public required ProxySet Current { get; set; }

    public required ProcessState Process { get; init; }

    public ProxyLoop[] Loops { get; set; } = [];

    /// <summary>One per loop; each replaced by that loop itself.</summary>
    public Logger[] Loggers { get; set; } = [];

    /// <summary>Of the configuration at work.</summary>
    public Acceptor[] Acceptors { get; set; } = [];

    public ProxyEvents Events { get; set; } = null!;

    public AdmissionControl Admission { get; set; } = null!;

    public SoftStop SoftStop { get; set; } = null!;

    /// <summary>Null until the start.</summary>
    public CheckRunner? Checks { get; set; }

    /// <summary>On the loops' clock.</summary>
    public Instant StartedAt { get; set; }

    /// <summary>The highest number that "add backend" has given, so that none means two backends.</summary>
    public int LastProxyId { get; set; }

    public bool IsPaused { get; set; }

    /// <summary>A stop waits for clients of the runtime API.</summary>
    public volatile bool WaitsForControl = true;

    /// <summary>Called on loop 0 when a stop begins.</summary>
    public Action? ControlStopped { get; set; }

    public Action? ControlFollowsPause { get; set; }

    /// <summary>Configurations that reloads have replaced and whose last session has not ended, oldest first.</summary>
    public List<ProxySet> Retired { get; } = [];
}
