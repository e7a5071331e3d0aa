using Hawser.Base.Time;

namespace Hawser.Proxy.Backends;

/// <summary>When a backend had a server to send sessions to. Written under its gate, on the loop that runs the checks.</summary>
public sealed class BackendHistory
{
    /// <summary><see cref="Instant.Never"/> when it never has changed.</summary>
    public Instant LastChange { get; private set; } = Instant.Never;

    /// <summary>Times it lost its last server.</summary>
    public int Falls { get; private set; }

    /// <summary>Milliseconds without a server, without the time since <see cref="LastChange"/>.</summary>
    public long DownMs { get; private set; }

    /// <summary>"clear counters all".</summary>
    public void ClearFalls() => Falls = 0;

    internal void Changed(Instant now, bool hasServer)
    {
        if (!hasServer)
            Falls++;
        else if (!LastChange.IsNever)
            DownMs += (now - LastChange).Value;
        LastChange = now;
    }
}
