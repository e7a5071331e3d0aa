using Hawser.Config.Model;
using Hawser.Io.Loop;
using Hawser.Proxy.Backends;
using Hawser.Proxy.Connections;
using Hawser.Proxy.Streams.Http;

namespace Hawser.Proxy.Streams.Steps;

/// <summary>Within steps 5 and 7 in mode http: connections of a server that serve one request after the other.</summary>
internal static class ServerReuse
{
    /// <summary>A connection that waits, where "http-reuse" lets this request have one.</summary>
    /// <param name="identity">What it has to be known by (<see cref="ConnectionIdentity"/>).</param>
    public static bool TryTake(Session session, Server server, ulong identity)
    {
        HttpExchange http = session.Http!;
        Connection own = session.ServerSide;
        if (own.IsOpen)
        {
            // Kept from this client's request before. It may have ended while the request has waited, in a queue for example.
            bool isAlive = !own.IsPeerClosed && !own.HasError && IsClean(session.Loop, own);
            if (isAlive && session.AttachedServer == server && own.Identity == identity)
            {
                session.Facts.WasForwarded = true;
                http.IsServerReused = true;
                CountReuse(session, server);
                return true;
            }

            if (isAlive) ParkAttached(session);
            else DropAttached(session);
            own = session.ServerSide;
        }

        if (session.Parked is { Count: > 0 } parked && parked.Take(server, identity) is { } known)
            return Use(session, http, server, own, known);

        if (server.IdleCount == 0) return false;
        IdleConnections idle = server.Idle[session.Loop.Index];
        HttpReuse reuse = session.BackendHttp!.Reuse;
        if (reuse == HttpReuse.Never || (reuse == HttpReuse.Safe && http.Log.IsFirst)) return false;
        bool isProven = reuse == HttpReuse.Aggressive && http.Log.IsFirst;
        return idle.Take(isProven, identity) is { } connection && Use(session, http, server, own, connection);
    }

    private static bool Use(Session session, HttpExchange http, Server server, Connection own, Connection connection)
    {
        session.Home.Spares.Return(own);
        connection.Owner = session;
        connection.IsIndependent = own.IsIndependent;
        connection.LastActivity = session.Loop.Now;
        session.ServerSide = connection;
        session.Facts.WasForwarded = true;
        http.IsServerReused = true;
        CountReuse(session, server);
        return true;
    }

    private static void CountReuse(Session session, Server server)
    {
        int loop = session.Loop.Index;
        server.Counters[loop].Reuses++;
        session.Backend!.Counters[loop].Reuses++;
    }

    /// <summary>
    /// The server whose connection only this client uses, where it is better kept than balanced anew: "option
    /// prefer-last-server", or the server has asked for a password, which some of them remember by the connection.
    /// </summary>
    /// <returns>Null: the backend balances.</returns>
    public static Server? Preferred(Session session, Backend backend)
    {
        if (session.AttachedServer is not { } last || last.Backend != backend || backend.IsBound) return null;
        if (!session.ServerSide.IsOpen || !last.IsUsable) return null;
        if (session.IsPasswordAsked) return last;
        HttpConfig http = backend.Config.Http;
        if (!http.PreferLastServer) return null;
        // A look without the gate: one session more or less in the queue does no harm.
        bool isQueueShort = http.MaxKeepAliveQueue < 0 || last.ActiveSessions < last.SessionLimit || last.QueueLength < http.MaxKeepAliveQueue;
        return isQueueShort ? last : null;
    }

    /// <summary>The response is through: its connection waits for another request, or is closed.</summary>
    public static void Give(Session session) => Give(session, session.Http!.Log.Status, session.Response.Held == 0);

    /// <summary>Before an answer of our own: the connection of a server that has said all it had to say.</summary>
    /// <returns>False: there is none, or its request is still under way.</returns>
    public static bool TryGiveBeforeAnswer(Session session)
    {
        HttpExchange http = session.Http!;
        if (!http.IsDiscardedWhole || session.Target is null || !session.ServerSide.IsOpen) return false;
        if (!http.RequestBody.IsDone || session.Request.PipeBytes > 0) return false;
        SessionLog.LearnAddresses(session);
        Give(session, http.Log.ServerStatus, isResponseTaken: true);
        return true;
    }

    private static void Give(Session session, int status, bool isResponseTaken)
    {
        Connection connection = session.ServerSide;
        if (!connection.IsOpen) return;
        connection.Requests++;
        HttpExchange http = session.Http!;
        session.IsPasswordAsked = status is 401 or 407;
        bool isClean = http.KeepsServer && MayServeAnother(connection, session.Target!) && !connection.IsPeerClosed && !connection.HasError && !connection.IsFinSent
            && isResponseTaken && session.Request.Pending == 0 && IsClean(session.Loop, connection);
        // Where as many wait as may, they stay and this one goes, as in HAProxy.
        bool hasRoom = session.Frontend.Config.Http.MaxSessionServerConnections > (session.Parked?.Count ?? 0);
        if (isClean && hasRoom && (connection.IsPrivate || session.BackendHttp!.Reuse == HttpReuse.Never))
        {
            session.AttachedServer = session.Target;
            if (http.KeepsClient) return;
        }
        else if (isClean && !connection.IsPrivate && session.BackendHttp!.Reuse != HttpReuse.Never && session.Target!.Idle[session.Loop.Index].TryPut(connection))
        {
            session.ServerSide = session.Home.Spares.Rent(session);
            return;
        }

        connection.Close(session.Loop, reset: !session.Response.IsFinReceived);
    }

    /// <summary>
    /// Nothing has come behind the response: what nobody has asked for would be taken for the answer to the next request.
    /// A body is read to its end and no further, so that only the kernel knows.
    /// </summary>
    private static bool IsClean(EventLoop loop, Connection connection)
    {
        if (!connection.IsReadable) return true;
        if (!connection.IsQuiet(loop)) return false;
        connection.IsReadable = false;
        return true;
    }

    /// <summary>"max-reuse".</summary>
    private static bool MayServeAnother(Connection connection, Server server) =>
        server.Config.MaxReuse < 0 || connection.Requests <= server.Config.MaxReuse;

    /// <summary>
    /// The client goes to another server: the connection that only it may use waits for it ("max-session-srv-conns").
    /// </summary>
    private static void ParkAttached(Session session)
    {
        Server? last = session.AttachedServer;
        int most = session.Frontend.Config.Http.MaxSessionServerConnections;
        bool isKept = last is not null && (session.Parked ??= new ParkedConnections(session.Home)).TryPut(last, session.ServerSide, most);
        if (!isKept)
        {
            DropAttached(session);
            return;
        }

        session.AttachedServer = null;
        session.ServerSide = session.Home.Spares.Rent(session);
    }

    /// <summary>Closes the connection that only this client may use again.</summary>
    public static void DropAttached(Session session, bool resets = true)
    {
        session.AttachedServer = null;
        session.ServerSide.Close(session.Loop, resets);
    }
}
