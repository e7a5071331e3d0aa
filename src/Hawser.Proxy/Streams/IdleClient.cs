using Hawser.Base.Time;
using Hawser.Io.Loop;
using Hawser.Proxy.Connections;

namespace Hawser.Proxy.Streams;

/// <summary>
/// A client that waits between two requests of mode http, where many do: its connection, and what its session has to know
/// again when the next request comes. The session itself is for others meanwhile, so that thousands of idle clients cost
/// little memory and those that speak share sessions that are warm in the cache.
/// </summary>
internal sealed class IdleClient : ConnectionOwner
{
    private readonly ProxyLoop _home;
    private readonly IdleTimer _timer;

    // Links of the loop's list and pool.
    internal IdleClient? Next;
    internal IdleClient? Previous;

    internal IdleClient(ProxyLoop home)
    {
        _home = home;
        _timer = new IdleTimer(this);
        Connection = new Connection(this);
    }

    /// <summary>The client's; an unused one while this waits in its pool.</summary>
    internal Connection Connection { get; private set; }

    internal SessionSource Source { get; private set; } = null!;

    /// <summary>When its last request was through, and what begins then anew (<see cref="Session.BeginTransaction"/>).</summary>
    internal Instant Since { get; private set; }

    internal UnixTime Date { get; private set; }

    internal Instant HandshakeDoneAt { get; private set; }

    internal uint Number { get; private set; }

    /// <summary>Requests that have begun on its connection; never 0.</summary>
    internal int Requests { get; private set; }

    /// <summary>Takes the client over; the session keeps a connection object in exchange.</summary>
    /// <param name="session">Waits for its next request.</param>
    /// <param name="deadline">When the client is given up.</param>
    internal void Take(Session session, Instant deadline)
    {
        Source = session.Source;
        Since = session.IdleSince;
        Date = session.AcceptDate;
        HandshakeDoneAt = session.HandshakeDoneAt;
        Number = session.Number;
        Requests = session.Requests;
        (Connection, session.ClientSide) = (session.ClientSide, Connection);
        Connection.Owner = this;
        session.ClientSide.Owner = session;
        if (!deadline.IsNever) _home.Loop.SetTimer(_timer, deadline);
    }

    /// <summary>The client goes on with a session; this has an unused connection object again.</summary>
    internal Connection Give(Connection unused)
    {
        _home.Loop.SetTimer(_timer, Instant.Never);
        Source = null!;
        Connection connection = Connection;
        Connection = unused;
        Connection.Owner = this;
        return connection;
    }

    /// <summary>The object is not used again.</summary>
    internal void RemoveTimer() => _home.Loop.RemoveTimer(_timer);

    internal override void OnConnectionReady(EventLoop loop, Connection connection) => _home.Resume(this).Run(loop);

    public override void Run(EventLoop loop)
    {
    }

    private sealed class IdleTimer(IdleClient client) : LoopTimer
    {
        public override void OnTimer(EventLoop loop) => client._home.Resume(client).TimeOut();
    }
}
