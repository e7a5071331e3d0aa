using System;
using Hawser.Base.Time;

namespace Hawser.Proxy.Backends;

/// <summary>What was decided about a server, whatever its checks say. "Inherited" comes from the server it tracks.</summary>
[Flags]
public enum ServerAdministration
{
    None = 0,
    ForcedMaintenance = 1,
    InheritedMaintenance = 2,
    ForcedDrain = 4,
    InheritedDrain = 8,

    /// <summary>
    /// The line says "disabled": what an operator has made of it since, a state file must be able to tell from a line
    /// that was changed. It keeps no session away by itself.
    /// </summary>
    Configured = 16,

    Maintenance = ForcedMaintenance | InheritedMaintenance,
    Drain = ForcedDrain | InheritedDrain,
}

/// <summary>
/// The history of one server's state, beside the flags that balancing looks at (<see cref="Server.IsUp"/> and its
/// neighbours). Written under the backend's gate, on the loop that runs the checks.
/// </summary>
public sealed class ServerState
{
    public ServerAdministration Administration { get; set; }

    /// <summary>When it last went up or down; <see cref="Instant.Never"/> when it never has.</summary>
    public Instant LastChange { get; set; } = Instant.Never;

    /// <summary>Times it went from up to down.</summary>
    public int Falls { get; set; }

    /// <summary>
    /// A health check or an agent was switched off by an operator: what it says of the server is not shown, nor asked.
    /// </summary>
    public bool IsCheckDisabled { get; set; }

    /// <summary>Milliseconds it was down, without the time since <see cref="LastChange"/>.</summary>
    public long DownMs { get; set; }

    public StateTimeline Timeline { get; } = new();

    /// <summary>The server whose state it follows ("track"), or null.</summary>
    public Server? Tracked { get; set; }

    /// <summary>
    /// Servers that follow this one, in the order their changes are told: HAProxy tells the last configured first.
    /// </summary>
    public Server[] Trackers { get; set; } = [];
}
