using System.Text;
using System.Threading;
using Hawser.Base.Time;
using Hawser.Config.Model;
using Hawser.Expressions.LogFormat;
using Hawser.Proxy.Accounting;
using Hawser.Proxy.Backends;
using Hawser.Proxy.Logging;
using Hawser.Proxy.Streams.Http;
using Hawser.Proxy.Streams.Rules;

namespace Hawser.Proxy.Streams;

/// <summary>The front side of a proxy: what a session starts with. Shared by all loops; its count is interlocked.</summary>
public sealed class Frontend
{
    private int _activeSessions;
    private uint _logCounter;

    public Frontend(ProxyConfig config, ProxyLogging logging, int loops)
    {
        Config = config;
        Name = config.Name;
        NameBytes = Encoding.UTF8.GetBytes(Name);
        Logging = logging;
        Counters = TrafficCounters.PerLoop(loops);
        ClientTimeout = new Milliseconds(config.Timeouts.ClientMs?.Value ?? 0);
        ClientFinTimeout = new Milliseconds(config.Timeouts.ClientFinMs?.Value ?? 0);
        HandshakeTimeout = new Milliseconds(config.Timeouts.ClientHandshakeMs?.Value ?? 0).Or(ClientTimeout);
        if (config.RateLimitSessions is > 0 and int limit)
            SessionRate = new RateMeter(limit);
    }

    public ProxyConfig Config { get; }

    public string Name { get; }

    public byte[] NameBytes { get; }

    /// <summary>"maxconn" of the frontend; set before it listens.</summary>
    public int MaximumSessions { get; set; }

    /// <summary>Set once more, with its formats, before it listens.</summary>
    public ProxyLogging Logging { get; set; }

    public FrontendState State { get; set; }

    /// <summary>Holds back repeated messages about its "maxconn" and about missing resources.</summary>
    public OncePerPeriod FullReports { get; } = new();

    public OncePerPeriod ResourceReports { get; } = new();

    /// <summary>Where its sessions go; null when it has no backend and refuses them.</summary>
    public Backend? DefaultBackend { get; set; }

    /// <summary>Null when it has none: its sessions then pass no rule at all.</summary>
    public FrontendRules? Rules { get; set; }

    /// <summary>Null in mode tcp.</summary>
    public HttpProxy? Http { get; set; }
    /// <summary>What its sessions may capture; set before it listens.</summary>
    public CaptureSlots Captures { get; set; } = CaptureSlots.None;

    /// <summary>"unique-id-format"; null without. Set before it listens.</summary>
    public LogFormat? UniqueIdFormat { get; set; }

    /// <summary>The last request that broke the protocol.</summary>
    public ErrorCapture RefusedRequests { get; } = new();

    public TrafficCounters[] Counters { get; }

    public TrafficPeaks Peaks { get; } = new();

    public Milliseconds ClientTimeout { get; }

    public Milliseconds ClientFinTimeout { get; }

    public Milliseconds HandshakeTimeout { get; }

    /// <summary>"rate-limit sessions"; null without a limit.</summary>
    public RateMeter? SessionRate { get; }

    public int ActiveSessions => Volatile.Read(ref _activeSessions);

    /// <summary>Room for one more of "maxconn"; nothing is counted when there is none.</summary>
    public bool TryEnter()
    {
        if (Interlocked.Increment(ref _activeSessions) <= MaximumSessions)
            return true;
        Interlocked.Decrement(ref _activeSessions);
        return false;
    }

    public void Leave() => Interlocked.Decrement(ref _activeSessions);

    /// <summary>%lc: the lines this frontend has logged.</summary>
    public uint LogLines => Volatile.Read(ref _logCounter);

    public void CountLogLine() => Interlocked.Increment(ref _logCounter);
}
