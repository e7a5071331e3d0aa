using Hawser.Config.Diagnostics;

namespace Hawser.Config.Model;

public enum OnTimeoutAction
{
    /// <summary>As HAProxy: close towards the other side, stop reading, leave the silent side open.</summary>
    Close,

    /// <summary>RST to both sides at once.</summary>
    Reset,

    /// <summary>Go on delivering what the sending side sends until it is quiet or the time is over.</summary>
    Drain,
}

/// <summary>What happens to a session when its client or server timer fires.</summary>
public sealed record OnTimeoutConfig
{
    public OnTimeoutAction Action { get; init; }

    /// <summary>Upper bound of <see cref="OnTimeoutAction.Drain"/>; 0 for the others.</summary>
    public int DrainMs { get; init; }

    public Origin Origin { get; init; } = Origin.None;
}
