using Hawser.Base.Time;

namespace Hawser.Proxy.Accounting;

/// <summary>
/// What one loop counted of HTTP for one frontend, backend or server in "mode http". As <see cref="TrafficCounters"/>:
/// plain stores of the owning loop.
/// </summary>
public sealed class HttpCounters
{
    /// <summary>Responses by the first digit of their status: [1] to [5]; [0] for all others.</summary>
    public readonly long[] Responses = new long[6];

    /// <summary>Counted by <see cref="TrafficPeaks.CountRequest"/>.</summary>
    public long Requests;

    public RateWindow RequestRate;

    /// <summary>Answered by a rule or a service.</summary>
    public long Intercepted;

    public long FailedRewrites;

    public long CacheLookups;
    public long CacheHits;
    public long CacheHintHits;

    public long CompressionIn;
    public long CompressionOut;
    public long CompressionBypassed;
    public long CompressedResponses;

    // By version; what is none of them is "other".
    public long Http1Sessions;
    public long Http2Sessions;
    public long Http3Sessions;
    public long Http1Requests;
    public long Http2Requests;
    public long Http3Requests;

    /// <param name="status">As sent to the client, or as the server answered.</param>
    public void CountResponse(int status)
    {
        int group = status / 100;
        Responses[group is >= 1 and <= 5 ? group : 0]++;
    }

    internal void AddTo(HttpCounters sum)
    {
        for (int i = 0; i < Responses.Length; i++)
            sum.Responses[i] += Responses[i];
        sum.Requests += Requests;
        sum.Intercepted += Intercepted;
        sum.FailedRewrites += FailedRewrites;
        sum.CacheLookups += CacheLookups;
        sum.CacheHits += CacheHits;
        sum.CacheHintHits += CacheHintHits;
        sum.CompressionIn += CompressionIn;
        sum.CompressionOut += CompressionOut;
        sum.CompressionBypassed += CompressionBypassed;
        sum.CompressedResponses += CompressedResponses;
        sum.Http1Sessions += Http1Sessions;
        sum.Http2Sessions += Http2Sessions;
        sum.Http3Sessions += Http3Sessions;
        sum.Http1Requests += Http1Requests;
        sum.Http2Requests += Http2Requests;
        sum.Http3Requests += Http3Requests;
    }

    internal void Clear()
    {
        System.Array.Clear(Responses);
        Requests = 0;
        Intercepted = 0;
        FailedRewrites = 0;
        CacheLookups = 0;
        CacheHits = 0;
        CacheHintHits = 0;
        CompressionIn = 0;
        CompressionOut = 0;
        CompressionBypassed = 0;
        CompressedResponses = 0;
        Http1Sessions = 0;
        Http2Sessions = 0;
        Http3Sessions = 0;
        Http1Requests = 0;
        Http2Requests = 0;
        Http3Requests = 0;
    }
}
