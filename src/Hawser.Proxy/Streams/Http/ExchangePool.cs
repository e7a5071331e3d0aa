namespace Hawser.Proxy.Streams.Http;

/// <summary>One loop's exchanges that are not under way.</summary>
/// <inheritdoc cref="HttpExchange(int, int, int)" path="/param"/>
public sealed class ExchangePool(int fieldsMaximum, int blockBytes, int uriBytesMaximum)
{
    private const int KeptMaximum = 1024;

    private readonly HttpExchange[] _free = new HttpExchange[KeptMaximum];
    private int _freeCount;

    /// <summary>"tune.maxrewrite": room of a block that a head as received leaves to rules, in bytes.</summary>
    public int RewriteBytes { get; init; } = 1024;

    /// <summary>Made since the start: it stands still once the pool is warm.</summary>
    public long Allocated { get; private set; }

    public HttpExchange Rent()
    {
        if (_freeCount > 0) return _free[--_freeCount];
        Allocated++;
        return new HttpExchange(fieldsMaximum, blockBytes, uriBytesMaximum);
    }

    public void Return(HttpExchange exchange)
    {
        exchange.Reset();
        if (_freeCount < KeptMaximum) _free[_freeCount++] = exchange;
    }
}
