namespace Hawser.Config.Model;

/// <summary>The on/off <c>option</c> lines of a proxy. Those about logging are in <see cref="LoggingConfig"/>.</summary>
public sealed record ProxyOptions
{
    /// <summary>Null: not said; on in mode http, off otherwise.</summary>
    public bool? AbortOnClose { get; init; }

    public bool AllBackups { get; init; }
    public bool Persist { get; init; }
    public bool NoLinger { get; init; }
    public bool IndependentStreams { get; init; }
    public bool SpliceAuto { get; init; }
    public bool SpliceRequest { get; init; }
    public bool SpliceResponse { get; init; }
    public bool TcpSmartAccept { get; init; }
    public bool TcpSmartConnect { get; init; }
    public bool ContinuousStatistics { get; init; }
    public bool SocketStatistics { get; init; }
    public bool LogHealthChecks { get; init; }

    /// <summary><c>option tcp-check</c> without rules: the plain connect check, said explicitly.</summary>
    public bool TcpCheck { get; init; }
}

/// <summary>SO_KEEPALIVE and its timers on one side; null leaves the kernel's value.</summary>
public sealed record TcpKeepAliveConfig
{
    public bool IsEnabled { get; init; }

    /// <summary>TCP_KEEPCNT.</summary>
    public int? Count { get; init; }

    /// <summary>TCP_KEEPIDLE, seconds as the kernel wants them.</summary>
    public int? IdleSeconds { get; init; }

    /// <summary>TCP_KEEPINTVL, seconds as the kernel wants them.</summary>
    public int? IntervalSeconds { get; init; }
}
