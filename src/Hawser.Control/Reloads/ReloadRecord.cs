using Hawser.Base.Time;
using Hawser.Proxy.Building;

namespace Hawser.Control.Reloads;

/// <summary>How a reload ended.</summary>
public enum ReloadResult
{
    UnderWay,
    Done,
    Refused,
}

/// <summary>One reload, for "show reload". Written on loop 0.</summary>
public sealed class ReloadRecord
{
    private ProxySet? _before;

    /// <summary>From 1 since the start of the process.</summary>
    public required int Number { get; init; }

    public required UnixTime Date { get; init; }

    /// <summary>"SIGHUP", "SIGUSR2", "cli".</summary>
    public required string By { get; init; }

    public required Instant Begun { get; init; }

    public ReloadResult Result { get; set; }

    /// <summary>From the wish to the outcome, in milliseconds.</summary>
    public long DurationMs { get; set; }

    /// <summary>Of it, what loop 0 was busy with, in microseconds.</summary>
    public long SwitchUs { get; set; }

    /// <summary>Why it was refused; null when it was not.</summary>
    public string? Problem { get; set; }

    /// <summary>Warnings and errors of the new configuration.</summary>
    public string Messages { get; set; } = "";

    public string Summary { get; set; } = "";

    /// <summary>Sessions that still go by the configuration that was replaced.</summary>
    public int Draining => _before?.OwnSessions ?? 0;

    /// <summary>When the last of them had ended; null while there are some.</summary>
    public UnixTime? Drained { get; private set; }

    internal void Replaced(ProxySet before)
    {
        _before = before;
        before.Drained = loop =>
        {
            _before = null;
            Drained = loop.WallClock;
        };
    }
}
