using System.Collections.Immutable;

namespace Hawser.Control.Explain;

/// <summary>The timers that can end a session, in the order of <see cref="TimerKinds.Keywords"/>.</summary>
public enum TimerKind
{
    Connect,
    Client,
    Server,
    Queue,
    Tunnel,
    ClientFin,
    ServerFin,
    ClientHandshake,
    HttpRequest,
    HttpKeepAlive,
    Tarpit,
}

/// <summary>What is known about each timer.</summary>
public static class TimerKinds
{
    public static readonly ImmutableArray<string> Keywords =
    [
        "timeout connect", "timeout client", "timeout server", "timeout queue", "timeout tunnel", "timeout client-fin",
        "timeout server-fin", "timeout client-hs", "timeout http-request", "timeout http-keep-alive", "timeout tarpit",
    ];

    public static string Keyword(this TimerKind kind) => Keywords[(int)kind];

    /// <summary>The line stands in the frontend; otherwise in the backend.</summary>
    public static bool IsOfFrontend(this TimerKind kind) =>
        kind is TimerKind.Client or TimerKind.ClientFin or TimerKind.ClientHandshake or TimerKind.HttpRequest
            or TimerKind.HttpKeepAlive or TimerKind.Tarpit;

    /// <summary>The timer that counts when this one is not set; null: none.</summary>
    public static TimerKind? Default(this TimerKind kind) => kind switch
    {
        TimerKind.Queue or TimerKind.Tarpit => TimerKind.Connect,
        TimerKind.ClientHandshake or TimerKind.HttpRequest or TimerKind.ClientFin => TimerKind.Client,
        TimerKind.HttpKeepAlive => TimerKind.HttpRequest,
        TimerKind.ServerFin => TimerKind.Server,
        _ => null,
    };
}
