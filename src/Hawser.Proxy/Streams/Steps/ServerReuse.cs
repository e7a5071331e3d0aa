using Hawser.Config.Model;
using Hawser.Proxy.Backends;
using Hawser.Proxy.Connections;
using Hawser.Proxy.Streams.Http;

namespace Hawser.Proxy.Streams.Steps;

/// <summary>Within steps 5 and 7 in mode http: connections of a server that serve one request after the other.</summary>
internal static class ServerReuse
{
    /// <summary>A connection that waits, where "http-reuse" lets this request have one.</summary>
    public static bool TryTake(Session session, Server server)
    {
        HttpExchange http = session.Http!;
        Connection own = session.ServerSide;
        if (own.IsOpen)
        {
            // Kept from this client's request before.
            if (session.AttachedServer == server)
            {
                session.Facts.WasForwarded = true;
                http.IsServerReused = true;
                CountReuse(session, server);
                return true;
            }

            DropAttached(session);
        }

        IdleConnections idle = server.Idle[session.Loop.Index];
        if (idle.Count == 0) return false;
        HttpReuse reuse = session.BackendHttp!.Reuse;
        if (reuse == HttpReuse.Never || (reuse == HttpReuse.Safe && http.Log.IsFirst)) return false;
        bool isProven = reuse == HttpReuse.Aggressive && http.Log.IsFirst;
        if (idle.Take(isProven) is not { } connection) return false;
        session.Home.Spares.Return(own);
        connection.Owner = session;
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
    public static void Give(Session session)
    {
        Connection connection = session.ServerSide;
        if (!connection.IsOpen) return;
        connection.Requests++;
        HttpExchange http = session.Http!;
        session.IsPasswordAsked = http.Log.Status is 401 or 407;
        bool isClean = http.KeepsServer && MayServeAnother(connection, session.Target!) && !connection.IsPeerClosed && !connection.HasError && !connection.IsFinSent
            && session.Response.Held == 0 && session.Request.Pending == 0;
        if (isClean && session.Frontend.Config.Http.MaxSessionServerConnections > 0 && (connection.IsPrivate || session.BackendHttp!.Reuse == HttpReuse.Never))
        {
            session.AttachedServer = session.Target;
            if (http.KeepsClient) return;
        }
        else if (isClean && !connection.IsPrivate && session.BackendHttp!.Reuse != HttpReuse.Never && session.Target!.Idle[session.Loop.Index].TryPut(session.Loop, connection))
        {
            session.ServerSide = session.Home.Spares.Rent(session);
            return;
        }

        connection.Close(session.Loop, reset: !session.Response.IsFinReceived);
    }

    /// <summary>"max-reuse".</summary>
    private static bool MayServeAnother(Connection connection, Server server) =>
        server.Config.MaxReuse < 0 || connection.Requests <= server.Config.MaxReuse;

    /// <summary>Closes the connection that only this client may use again.</summary>
    public static void DropAttached(Session session)
    {
        session.AttachedServer = null;
        session.ServerSide.Close(session.Loop, reset: true);
    }
}
