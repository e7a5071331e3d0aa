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

    /// <summary>A request's head is there.</summary>
    Request,

    /// <summary>
    /// When the server connection is up (or has failed): in mode tcp with "option logasap", or a format that needs no more.
    /// </summary>
    Connect,

    /// <summary>As <see cref="Connect"/> in mode http: a response's head goes out.</summary>
    Response,
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

    /// <summary>
    /// When <see cref="Logger.LogSession"/> is to be called; at no other step, and once per session. Without meaning when
    /// there are <see cref="Steps"/>.
    /// </summary>
    public LogStep Step { get; init; }

    /// <summary>"log-steps": a bit for each <see cref="LogStep"/> at which there is a line; 0 without.</summary>
    public int Steps { get; init; }

    /// <summary>The proxy has no format of its own: its line is "Connect from ...", which profiles leave as it is.</summary>
    public bool IsDefault { get; init; }

    /// <summary>Values that may still grow are marked with a plus.</summary>
    public bool MarksUnfinished => Steps == 0 && Step != LogStep.Close;

    public bool HasStep(LogStep step) => (Steps & (1 << (int)step)) != 0;

    /// <summary>"option dontlognull": the session decides, it knows whether data came.</summary>
    public bool DontLogNull { get; init; }

    /// <summary>"option dontlog-normal".</summary>
    public bool DontLogNormal { get; init; }

    /// <summary>"option log-separate-errors".</summary>
    public bool SeparatesErrors { get; init; }
}
