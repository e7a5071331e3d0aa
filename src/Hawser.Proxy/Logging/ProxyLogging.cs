using System.Collections.Immutable;
using Hawser.Expressions.LogFormat;
using Hawser.Protocols.Syslog;

namespace Hawser.Proxy.Logging;

/// <summary>When a proxy's sessions are logged.</summary>
public enum LogStep : byte
{
    /// <summary>No log line: there is no target.</summary>
    Never,

    /// <summary>The default "Connect from" line.</summary>
    Accept,

    /// <summary>When the server connection is up (or has failed): "option logasap", or a format that needs no more.</summary>
    Connect,
    Close,
}

/// <summary>A proxy's (or the global section's) logging settings, compiled. Immutable, shared by all loops.</summary>
public sealed record ProxyLogging
{
    public ImmutableArray<LogTarget> Targets { get; init; } = [];

    /// <summary>The session line; null for a pure backend and for the global section.</summary>
    public LogFormat? Format { get; init; }

    /// <summary>The line may show addresses that the kernel must be asked for (%fi, %bi …): two system calls.</summary>
    public bool ShowsLocalAddresses { get; init; }

    /// <summary>The line shows what the kernel has measured of the connections (fc_rtt and its kin).</summary>
    public bool ShowsTcpFacts { get; init; }

    /// <summary>For a client on a UNIX socket, where that line differs.</summary>
    public LogFormat? UnixFormat { get; init; }

    /// <summary>"log-format-sd", for targets of format rfc5424.</summary>
    public LogFormat? StructuredData { get; init; }

    /// <summary>"error-log-format", for connections that end before they are a session.</summary>
    public LogFormat? ErrorFormat { get; init; }

    /// <summary>Tag, host name and process of the headers.</summary>
    public required SyslogSender Sender { get; init; }

    /// <summary>When <see cref="Logger.LogSession"/> is to be called; at no other step, and once per session.</summary>
    public LogStep Step { get; init; }

    /// <summary>"option dontlognull": the session decides, it knows whether data came.</summary>
    public bool DontLogNull { get; init; }

    /// <summary>"option dontlog-normal".</summary>
    public bool DontLogNormal { get; init; }

    /// <summary>"option log-separate-errors".</summary>
    public bool SeparatesErrors { get; init; }
}
