using System.Collections.Generic;
using Hawser.Proxy.Accounting;
using Hawser.Proxy.Backends;
using Hawser.Proxy.Building;
using Hawser.Proxy.Streams;
using Hawser.Simulation.Worlds;

namespace Hawser.Simulation.Invariants;

/// <summary>What happened to one frontend, backend or server, counted from outside.</summary>
internal sealed class CounterBook
{
    public long Accepted;
    public long Sessions;
    public long Attempts;
    public long RequestBytes;
    public long ResponseBytes;
    public long RequestLost;
    public long ResponseLost;
    public long Lossy;
    public long Retries;
    public long Redispatched;
    public long ClientAborts;
    public long ServerAborts;
    public long Denied;

    /// <summary>Connections that never became sessions, for want of a descriptor.</summary>
    public long Unopened;

    public void Add(in SessionFacts facts)
    {
        SessionLine line = facts.Line;
        Sessions++;
        RequestBytes += facts.Client.In.Content.Read;
        ResponseBytes += facts.Server?.In.Content.Read ?? 0;
        RequestLost += line.RequestLost;
        ResponseLost += line.ResponseLost;
        Lossy += line.RequestLost + line.ResponseLost > 0 ? 1 : 0;
        Retries += line.Retries;
        Redispatched += line.IsRedispatched ? 1 : 0;
        ClientAborts += line is { Cause: 'C', Phase: not 'Q' } or { Cause: 'c', Phase: 'H' or 'D' } ? 1 : 0;
        ServerAborts += line is { Cause: 'S' or 's', Phase: 'D' } ? 1 : 0;
    }
}

/// <summary>The product's counters, once everything is quiet, equal the books.</summary>
internal sealed class CounterInvariant(World world)
{
    private readonly Dictionary<string, CounterBook> _books = [];

    public CounterBook Book(string name)
    {
        if (!_books.TryGetValue(name, out CounterBook? book))
            _books.Add(name, book = new CounterBook());
        return book;
    }

    public void Add(in SessionFacts facts)
    {
        Book($"frontend {facts.Line.Frontend}").Add(facts);
        // Without a descriptor for its client a session comes no further, and the line names the frontend twice.
        if (facts.Line is { Cause: 'R', Server: "<NOSRV>" })
        {
            Book($"frontend {facts.Line.Frontend}").Unopened++;
            return;
        }

        Book($"backend {facts.Line.Backend}").Add(facts);
        Book($"server {facts.Line.Backend}/{facts.Line.Server}").Add(facts);
    }

    /// <param name="countsAttempts">False when sockets were refused: such an attempt never reaches the network.</param>
    public void Check(ProxySet set, bool countsAttempts)
    {
        foreach (Frontend frontend in set.Frontends)
        {
            string name = $"frontend {frontend.Name}";
            CounterBook book = Book(name);
            TrafficCounters sum = TrafficCounters.Sum(frontend.Counters);
            Equal(name, "sessions", sum.Sessions, book.Accepted - book.Denied - book.Unopened);
            Equal(name, "connections", sum.Connections, book.Accepted);
            Equal(name, "sessions told in the log", book.Sessions + book.Denied, book.Accepted);
            Equal(name, "refused handshakes", sum.Denied, book.Denied);
            Compare(name, sum, book);
        }

        foreach (Backend backend in set.Backends)
        {
            string name = $"backend {backend.Name}";
            CounterBook book = Book(name);
            TrafficCounters sum = TrafficCounters.Sum(backend.Counters);
            Equal(name, "sessions", sum.Sessions, book.Sessions);
            // Each goes to the same server again, or to another one.
            Equal(name, "retries and redispatches", sum.Retries + sum.Redispatches, book.Retries);
            AtLeast(name, "redispatches", sum.Redispatches, book.Redispatched);
            Compare(name, sum, book);
            foreach (Server server in backend.Servers)
                Check(server, countsAttempts);
        }
    }

    private void Check(Server server, bool countsAttempts)
    {
        string name = $"server {server.Backend.Name}/{server.Name}";
        CounterBook book = Book(name);
        TrafficCounters sum = TrafficCounters.Sum(server.Counters);
        // One that was tried again elsewhere counts for both; its log line names the last.
        if (sum.Retries + sum.Redispatches == 0)
            Equal(name, "sessions", sum.Sessions, book.Sessions);
        else
            AtLeast(name, "sessions", sum.Sessions, book.Sessions);
        // A check that sends a PROXY header looks like an attempt of a session.
        bool looksAlike = server.Config.Check.IsEnabled && server.Config.SendProxy != Config.Model.SendProxyVersion.None;
        if (looksAlike)
            AtLeast(name, "attempts and checks", book.Attempts, sum.Connections);
        else if (countsAttempts)
            Equal(name, "connections", sum.Connections, book.Attempts);
        else
            AtLeast(name, "connections", sum.Connections, book.Attempts);
        Compare(name, sum, book);
    }

    private void Compare(string name, TrafficCounters sum, CounterBook book)
    {
        Equal(name, "request bytes", sum.RequestBytes, book.RequestBytes);
        Equal(name, "response bytes", sum.ResponseBytes, book.ResponseBytes);
        Equal(name, "lost request bytes", sum.RequestBytesLost, book.RequestLost);
        Equal(name, "lost response bytes", sum.ResponseBytesLost, book.ResponseLost);
        Equal(name, "sessions with loss", sum.LossySessions, book.Lossy);
        Equal(name, "aborts by clients", sum.ClientAborts, book.ClientAborts);
        Equal(name, "aborts by servers", sum.ServerAborts, book.ServerAborts);
    }

    private void Equal(string name, string what, long counted, long seen)
    {
        if (counted != seen)
            world.Fail(InvariantNames.Counters, $"{name}: {what} counted {counted}, it was {seen}");
    }

    private void AtLeast(string name, string what, long counted, long seen)
    {
        if (counted < seen)
            world.Fail(InvariantNames.Counters, $"{name}: {what} counted {counted}, it was at least {seen}");
    }
}
