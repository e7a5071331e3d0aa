using Hawser.Base.Time;
using Hawser.Io.Loop;
using Hawser.Proxy.Accounting;
using Hawser.Proxy.Backends;

namespace Hawser.Proxy.Streams;

/// <summary>What of a session under way has been counted already ("option contstats").</summary>
internal sealed class CountedBytes
{
    public long RequestIn;
    public long RequestOut;
    public long ResponseIn;
    public long ResponseOut;

    /// <summary>Whose server they were: with another one the session is not counted before its end.</summary>
    public Server? Server;

    public void Clear()
    {
        RequestIn = RequestOut = ResponseIn = ResponseOut = 0;
        Server = null;
    }
}

/// <summary>
/// "option contstats": bytes of sessions under way are counted now and then, and not only when the session ends. One timer
/// of the loop looks at its sessions, so that moving a byte costs the same with it and without.
/// </summary>
internal sealed class ContinuousCounts(ProxyLoop home) : LoopTimer
{
    /// <summary>manual, "option contstats": typically every 5 seconds.</summary>
    private static readonly Milliseconds s_period = new(5000);

    /// <summary>On its loop, or before that runs: from now on there may be sessions that want it.</summary>
    public void Start()
    {
        if (Deadline.IsNever)
            home.Loop.SetTimer(this, home.Loop.Now.After(s_period));
    }

    public override void OnTimer(EventLoop loop)
    {
        for (Session? session = home.FirstSession; session is not null; session = session.NextSession)
        {
            if (session.Frontend.Config.Options.ContinuousStatistics)
                Count(session);
        }

        loop.SetTimer(this, loop.Now.After(s_period));
    }

    private static void Count(Session session)
    {
        // Before it has a server its bytes are few, and nobody knows whose they will be.
        if (!session.HoldsSlot || session.Target is not { } server || session.Backend is not { } backend)
            return;
        CountedBytes counted = session.Counted ??= new CountedBytes();
        counted.Server ??= server;
        if (counted.Server != server)
            return;
        // What is held may belong to the next request.
        long requestIn = session.Request.BytesIn - session.Request.Held - counted.RequestIn;
        long requestOut = session.Request.BytesOut - counted.RequestOut;
        long responseIn = session.Response.BytesIn - session.Response.Held - counted.ResponseIn;
        long responseOut = session.Response.BytesOut - counted.ResponseOut;
        if (requestIn <= 0 && requestOut <= 0 && responseIn <= 0 && responseOut <= 0)
            return;
        int index = session.Loop.Index;
        Add(session.Frontend.Counters[index]);
        _ = session.Frontend.Counters[index].ByteRate.Count(session.Loop.Now, requestOut + responseOut);
        if (session.Source.Counters is { } listener)
            Add(listener[index]);
        Add(backend.Counters[index]);
        Add(server.Counters[index]);
        counted.RequestIn += requestIn;
        counted.RequestOut += requestOut;
        counted.ResponseIn += responseIn;
        counted.ResponseOut += responseOut;

        void Add(TrafficCounters counters)
        {
            counters.RequestBytes += requestIn;
            counters.RequestBytesOut += requestOut;
            counters.ResponseBytes += responseIn;
            counters.ResponseBytesOut += responseOut;
        }
    }
}
