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
    private Frontend? _before;

    /// <summary>While a reload changes the loops over: some of them enter here, others there already.</summary>
    private volatile Frontend? _after;
    private volatile bool _isBeforeClosed;

    /// <param name="before">The frontend of the running configuration whose place it takes; null for a new name.</param>
    public Frontend(ProxyConfig config, ProxyLogging logging, int loops, Frontend? before = null)
    {
        Config = config;
        Name = config.Name;
        NameBytes = Encoding.UTF8.GetBytes(Name);
        Logging = logging;
        Counters = before?.Counters ?? TrafficCounters.PerLoop(loops);
        Peaks = before?.Peaks ?? new TrafficPeaks();
        _before = before;
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

    /// <summary>With those that came before the last reload and are still here.</summary>
    public int ActiveSessions => Volatile.Read(ref _activeSessions) + (_before is null ? 0 : SessionsBefore());

    /// <summary>Those that go by this very configuration.</summary>
    public int OwnSessions => Volatile.Read(ref _activeSessions);

    /// <summary>Room for one more of "maxconn"; nothing is counted when there is none.</summary>
    public bool TryEnter()
    {
        int sessions = Interlocked.Increment(ref _activeSessions);
        if (_before is not null)
            sessions += SessionsBefore();
        if (_after is { } after)
            sessions += after.OwnSessions;
        if (sessions <= MaximumSessions)
            return true;
        Interlocked.Decrement(ref _activeSessions);
        return false;
    }

    public void Leave() => Interlocked.Decrement(ref _activeSessions);

    /// <summary>A session that was in already comes over from the configuration before: there is always room for it.</summary>
    internal void EnterFromBefore() => Interlocked.Increment(ref _activeSessions);

    /// <summary>The loops begin to change over to another configuration: until all have, both count for the limit.</summary>
    internal void ChangesTo(Frontend after) => _after = after;

    /// <summary>No acceptor enters the frontend before this one any more: once it is empty it stays so.</summary>
    internal void BeginWith(uint logLines)
    {
        if (_before is null)
            return;
        Interlocked.Add(ref _logCounter, logLines);
        _before._after = null;
        _isBeforeClosed = true;
    }

    /// <summary>Lets go of what is empty and will not fill again.</summary>
    private int SessionsBefore()
    {
        Frontend? before = _before;
        // Loops may do this at once: what one of them puts back is let go at the next look.
        while (_isBeforeClosed && before is not null && before.OwnSessions == 0)
            _before = before = before._before;
        return before?.ActiveSessions ?? 0;
    }

    /// <summary>%lc: the lines this frontend has logged.</summary>
    public uint LogLines => Volatile.Read(ref _logCounter);

    public void CountLogLine() => Interlocked.Increment(ref _logCounter);
}
