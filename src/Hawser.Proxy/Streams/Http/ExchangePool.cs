using Hawser.Base.Collections;

namespace Hawser.Proxy.Streams.Http;

/// <summary>One loop's exchanges that are not under way.</summary>
/// <inheritdoc cref="HttpExchange(int, int, int)" path="/param"/>
public sealed class ExchangePool(int fieldsMaximum, int blockBytes, int uriBytesMaximum)
{
    private const int KeptMaximum = 1024;
    private const int ResidentExchanges = 16;

    private readonly HttpExchange[] _free = new HttpExchange[KeptMaximum];
    private int _freeCount;
    private PoolTide _tide = new(ResidentExchanges);

    /// <summary>"tune.maxrewrite": room of a block that a head as received leaves to rules, in bytes.</summary>
    public int RewriteBytes { get; init; } = 1024;

    /// <summary>Made since the start: it stands still once the pool is warm.</summary>
    public long Allocated { get; private set; }

    /// <summary>Exchanges lie here that may be let go of.</summary>
    public bool IsHigh => _tide.IsHigh(_freeCount);

    public HttpExchange Rent()
    {
        if (_freeCount > 0)
        {
            _tide.Taken(--_freeCount);
            return _free[_freeCount];
        }

        _tide.Taken(0);
        Allocated++;
        return new HttpExchange(fieldsMaximum, blockBytes, uriBytesMaximum);
    }

    public void Return(HttpExchange exchange)
    {
        exchange.Reset();
        if (_freeCount < KeptMaximum) _free[_freeCount++] = exchange;
    }

    public void EndPeriod() => _tide.EndPeriod(_freeCount);

    /// <summary>Leaves up to so many that nobody has needed for a while to the collector.</summary>
    /// <returns>Those that were.</returns>
    public int DropSurplus(int most)
    {
        int dropped = 0;
        for (; dropped < most && _tide.TakeSurplus(_freeCount); dropped++)
            _free[--_freeCount] = null!;
        return dropped;
    }
}
