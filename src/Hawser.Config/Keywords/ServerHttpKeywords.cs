using System.Collections.Generic;
using Hawser.Config.Diagnostics;
using Hawser.Config.Model;
using Hawser.Config.Syntax;

namespace Hawser.Config.Keywords;

/// <summary>Options of server lines that belong to http mode.</summary>
internal static class ServerHttpKeywords
{
    public static IEnumerable<KeywordRow<ServerContext>> Rows =>
    [
        ServerRows.Text("cookie", "value", static (server, value) => server.Cookie = value.Value, "persistence value"),
        ServerRows.Text("redir", "prefix", static (server, value) => server.RedirectPrefix = value.Value,
            "redirect to the server instead of connecting to it"),
        ServerRows.Number("pool-max-conn", -1, int.MaxValue, static (server, value) => server.PoolMaxConnections = value,
            "most idle connections; -1: no limit"),
        ServerRows.Number("pool-low-conn", int.MinValue, int.MaxValue,
            static (server, value) => server.PoolLowConnections = value < 0 ? 0 : value,
            "idle connections that each thread may keep to itself"),
        ServerRows.Time("pool-purge-delay", 0, static (server, value) => server.PoolPurgeDelayMs = value,
            "time between two times that idle connections are closed"),
        ServerRows.Text("pool-conn-name", "value", static (server, value) => server.PoolConnectionName = value,
            "what idle connections are told apart by"),
        ServerRows.Number("max-reuse", -1, int.MaxValue, static (server, value) => server.MaxReuse = value,
            "further requests over one connection; -1: no limit"),
        ServerRows.Choice("ws", ["auto", "h1", "h2"], static (server, choice) => server.WebSocket = (WebSocketProtocol)choice,
            "protocol that websockets go to the server with") with { Awaits = Awaited.Http2 },
        ServerRows.Row("proto", "<name>", ParseProtocol, "protocol of the connections"),
    ];

    private static void ParseProtocol(LineCursor line, ServerContext context)
    {
        if (ConnectionProtocols.TryTake(line, out ConnectionProtocol protocol)) context.Server.Protocol = protocol;
    }
}
