using System.Collections.Immutable;

namespace Hawser.Config.Model;

/// <summary>Which threads may use an idle connection to a server.</summary>
public enum IdlePoolSharing
{
    /// <summary>Those of the group of threads that opened it.</summary>
    Group,

    /// <summary>The one that opened it.</summary>
    Off,

    /// <summary>All.</summary>
    Full,
}

/// <summary>What the process has of http mode. Null: not written.</summary>
public sealed record HttpGlobalConfig
{
    public int? MaxRewriteBytes { get; init; }

    /// <summary>Of one message.</summary>
    public int? MaxHeaders { get; init; }

    /// <summary>Of a request line in a log line.</summary>
    public int? LogUriBytes { get; init; }

    /// <summary>0..100, of the descriptors that the process may have.</summary>
    public int? PoolLowFdPercent { get; init; }

    /// <summary>0..100, of the descriptors that the process may have.</summary>
    public int? PoolHighFdPercent { get; init; }

    /// <summary>Up to 65535.</summary>
    public int? IdleTimerMs { get; init; }

    public IdlePoolSharing IdlePoolSharing { get; init; }

    public bool AcceptPayloadWithAnyMethod { get; init; }

    /// <summary><c>h1-do-not-close-on-insecure-transfer-encoding</c>.</summary>
    public bool KeepInsecureFraming { get; init; }

    /// <summary>Header names as the peers of <c>h1-case-adjust-bogus-client</c> and <c>-server</c> get them, by lower case.</summary>
    public ImmutableDictionary<string, string> HeaderCases { get; init; } = ImmutableDictionary<string, string>.Empty;

    public StatusCodeSet ErrorCodes { get; init; } = StatusCodeSet.Errors;
    public StatusCodeSet FailureCodes { get; init; } = StatusCodeSet.Failures;
}
