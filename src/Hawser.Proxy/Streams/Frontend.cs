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
    private uint _logCounter;

    /// <param name="before">The frontend of the running configuration whose place it takes; null for a new name.</param>
    public Frontend(ProxyConfig config, ProxyLogging logging, int loops, Frontend? before = null)
    {
        Config = config;
        Name = config.Name;
        NameBytes = Encoding.UTF8.GetBytes(Name);
        Logging = logging;
        Counters = before?.Counters ?? TrafficCounters.PerLoop(loops);
        Peaks = before?.Peaks ?? new TrafficPeaks();
        Room = new SessionRoom(before?.Room);
        ClientTimeout = new Milliseconds(config.Timeouts.ClientMs?.Value ?? 0);
        ClientFinTimeout = new Milliseconds(config.Timeouts.ClientFinMs?.Value ?? 0);
        HandshakeTimeout = new Milliseconds(config.Timeouts.ClientHandshakeMs?.Value ?? 0).Or(ClientTimeout);
        if (config.RateLimitSessions is > 0 and int limit)
            SessionRate = before?.SessionRate is { } meter && meter.Maximum == limit ? meter : new RateMeter(limit);
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

    /// <summary>The back side of a listen section; null in a frontend.</summary>
    public Backend? OwnBackend { get; set; }

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

    public TrafficPeaks Peaks { get; }

    public Milliseconds ClientTimeout { get; }

    public Milliseconds ClientFinTimeout { get; }

    public Milliseconds HandshakeTimeout { get; }

    /// <summary>"rate-limit sessions"; null without a limit.</summary>
    public RateMeter? SessionRate { get; }

    public SessionRoom Room { get; }

    /// <summary>With those that came before the last reload and are still here.</summary>
    public int ActiveSessions => Room.Active;

    /// <summary>Those of the configuration before are over: it goes on with the number of their log lines.</summary>
    internal void BeginWith(uint logLines)
    {
        Interlocked.Add(ref _logCounter, logLines);
        Room.CloseBefore();
    }

    /// <summary>%lc: the lines this frontend has logged.</summary>
    public uint LogLines => Volatile.Read(ref _logCounter);

    public void CountLogLine() => Interlocked.Increment(ref _logCounter);
}
