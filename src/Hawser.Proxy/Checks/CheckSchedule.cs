using Hawser.Base.Random;
using Hawser.Base.Time;
using Hawser.Config.Model;

namespace Hawser.Proxy.Checks;

/// <summary>When the checks of one server happen (manual, "inter" and "spread-checks").</summary>
internal sealed class CheckSchedule
{
    private readonly CheckConfig _config;
    private readonly int _spreadPercent;
    private readonly Prng _random;

    public CheckSchedule(CheckConfig config, int spreadPercent, Prng random)
    {
        _config = config;
        _spreadPercent = spreadPercent;
        _random = random;
    }

    public int FastInterMs => _config.FastInterMs ?? _config.InterMs;

    /// <summary>By the manual's table: up for certain, down for certain, or anything between, or never checked.</summary>
    public int IntervalMs(in RiseFall health, bool isServerUp, bool isUnchecked)
    {
        if (isUnchecked)
            return FastInterMs;
        if (health.Health == health.Maximum)
            return _config.InterMs;
        return health.Health == 0 && !isServerUp ? _config.DownInterMs ?? _config.InterMs : FastInterMs;
    }

    /// <summary>Half the spread earlier to half the spread later, each as likely: 10 % is from -10 % to +10 %.</summary>
    public Milliseconds Spread(int intervalMs)
    {
        int spread = (int)((long)intervalMs * _spreadPercent / 100);
        int offset = spread == 0 ? 0 : (int)_random.NextBelow((uint)(2 * spread + 1)) - spread;
        return new Milliseconds(intervalMs + offset);
    }

    /// <summary>
    /// How long after the start the first check comes: the servers of all backends take their turns within their own
    /// interval, or "max-spread-checks" if that is shorter.
    /// </summary>
    /// <param name="position">Among all checked servers, from 0 in the order of the configuration.</param>
    public long FirstDelayMs(int position, int count, int? maximumSpreadMs)
    {
        long window = FastInterMs;
        if (maximumSpreadMs is { } maximum && maximum < window)
            window = maximum;
        return window * position / count;
    }
}
