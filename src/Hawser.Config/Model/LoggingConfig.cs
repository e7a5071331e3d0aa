using System.Collections.Immutable;
using Hawser.Config.Diagnostics;

namespace Hawser.Config.Model;

public enum LogFormatKind
{
    /// <summary>No format chosen: HAProxy's "Connect from A:p to B:p (name/MODE)" line at accept.</summary>
    Default,

    /// <summary><c>option tcplog</c>.</summary>
    Tcp,

    /// <summary><c>option tcplog clf</c>.</summary>
    TcpClf,

    /// <summary><c>option httplog</c>; of a tcp proxy <see cref="Tcp"/> has taken its place.</summary>
    Http,

    /// <summary><c>option httplog clf</c>; of a tcp proxy <see cref="TcpClf"/> has taken its place.</summary>
    HttpClf,

    /// <summary><c>option httpslog</c>; of a tcp proxy <see cref="Tcp"/> has taken its place.</summary>
    Https,

    /// <summary>A <c>log-format</c> line: <see cref="LoggingConfig.LogFormat"/>.</summary>
    Custom,
}

/// <summary>What a proxy logs and where to.</summary>
public sealed record LoggingConfig
{
    /// <summary>Effective targets: <c>log global</c> is already replaced by the global section's.</summary>
    public ImmutableArray<LogTargetConfig> Targets { get; init; } = [];

    public LogFormatKind Format { get; init; }

    /// <summary>The expression as written, environment expanded; compiled above this layer.</summary>
    public Located<string>? LogFormat { get; init; }

    /// <summary>RFC 5424 structured data, as written.</summary>
    public Located<string>? LogFormatSd { get; init; }

    /// <summary>For connections that fail before a stream exists, as written.</summary>
    public Located<string>? ErrorLogFormat { get; init; }

    /// <summary><c>log-steps</c>, names of <see cref="LogSteps.Names"/>; none: one line, when its format has all it needs.</summary>
    public ImmutableArray<string> Steps { get; init; } = [];

    /// <summary>Null: the global one.</summary>
    public string? Tag { get; init; }

    /// <summary><c>option dontlognull</c>.</summary>
    public bool DontLogNull { get; init; }

    /// <summary><c>option dontlog-normal</c>.</summary>
    public bool DontLogNormal { get; init; }

    /// <summary><c>option logasap</c>.</summary>
    public bool LogAsap { get; init; }

    /// <summary><c>option log-separate-errors</c>: errors go one level up, to err.</summary>
    public bool SeparateErrors { get; init; }
}

public enum LogTargetKind
{
    /// <summary>UDP or a unix datagram socket: <see cref="LogTargetConfig.Address"/>.</summary>
    Address,
    StandardOutput,
    StandardError,
    FileDescriptor,
}

public enum LogHeaderFormat
{
    Local,
    Rfc3164,
    Rfc5424,
    Priority,
    Short,
    Timed,
    Iso,
    Raw,
}

/// <summary>Which messages of a series a target takes: those whose number lies in one of the ranges.</summary>
/// <param name="Ranges">Ascending, 1-based, inclusive.</param>
public sealed record LogSampleConfig(ImmutableArray<(int Low, int High)> Ranges, int Size);

/// <summary>One <c>log</c> line.</summary>
public sealed record LogTargetConfig
{
    public required LogTargetKind Kind { get; init; }
    public required Origin Origin { get; init; }

    /// <summary>For <see cref="LogTargetKind.Address"/>; port 514 is filled in when none was written.</summary>
    public AddressConfig? Address { get; init; }

    /// <summary>1, 2 or the number of <c>fd@n</c>; -1 for <see cref="LogTargetKind.Address"/>.</summary>
    public int FileDescriptor { get; init; } = -1;

    /// <summary>Longest message in bytes, header included, 80..65535.</summary>
    public int MaxLength { get; init; } = 1024;

    /// <summary>When none was written: rfc3164 under <c>log-send-hostname</c>, else local.</summary>
    public LogHeaderFormat Format { get; init; } = LogHeaderFormat.Local;

    public bool HasExplicitFormat { get; init; }
    public LogSampleConfig? Sample { get; init; }

    /// <summary>The <c>log-profile</c> section that changes its messages; null: none.</summary>
    public Located<string>? Profile { get; init; }

    /// <summary>Index into <see cref="SyslogNames.Facilities"/>, 0..23.</summary>
    public int Facility { get; init; }

    /// <summary>Least severe level sent, 0 (emerg) to 7 (debug).</summary>
    public int MaxLevel { get; init; } = 7;

    /// <summary>Messages more severe than this are sent with this level, 0 to 7.</summary>
    public int MinLevel { get; init; }
}
