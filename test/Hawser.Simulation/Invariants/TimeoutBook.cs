using System;
using Hawser.Config.Model;

namespace Hawser.Simulation.Invariants;

/// <summary>The timeouts of a frontend and its backend, as far as judging a session needs them. In milliseconds.</summary>
internal sealed class TimeoutBook
{
    private const int TurnAroundMs = 1000;

    public TimeoutBook(ProxyConfig frontend, ProxyConfig? backend)
    {
        TimeoutsConfig front = frontend.Timeouts;
        TimeoutsConfig back = (backend ?? frontend).Timeouts;
        HasNoLinger = backend?.Options.NoLinger == true;
        OnTimeoutConfig action = (backend ?? frontend).OnTimeout;
        long client = Value(front.ClientMs);
        long server = Value(back.ServerMs);
        long tunnel = Value(back.TunnelMs);
        ConnectMs = Value(back.ConnectMs);
        QueueMs = back.QueueMs is null ? ConnectMs : Value(back.QueueMs);
        HandshakeMs = front.ClientHandshakeMs is null ? client : Value(front.ClientHandshakeMs);
        ClientLeastMs = Least(client, tunnel, Value(front.ClientFinMs));
        ClientAloneMs = client;
        ServerLeastMs = Least(server, tunnel, Value(back.ServerFinMs));
        long most = Math.Max(client, Math.Max(server, tunnel));
        most = Math.Max(most, Math.Max(Value(front.ClientFinMs), Value(back.ServerFinMs)));
        most = Math.Max(most, Math.Max(QueueMs, Math.Max(ConnectMs, TurnAroundMs)));
        ServerAloneMs = server;
        LongestPauseMs = ConnectMs > 0 ? Math.Min(ConnectMs, TurnAroundMs) : TurnAroundMs;
        DrainMs = action.DrainMs;
        Drains = action.Action == OnTimeoutAction.Drain;
        long request = Value(front.HttpRequestMs);
        RequestMs = request;
        long keepAlive = Value(front.HttpKeepAliveMs);
        RequestLeastMs = Least(client, request, tunnel);
        most = Math.Max(most, Math.Max(Math.Max(request, keepAlive), Value(back.TarpitMs)));
        LongestSilenceMs = Math.Max(most, HandshakeMs) + action.DrainMs;
    }

    /// <summary>"option nolinger": an ending by reset that is nobody's fault.</summary>
    public bool HasNoLinger { get; }

    /// <summary>"on-timeout drain": after the timeout bytes went on flowing, so the last of them tell nothing.</summary>
    public bool Drains { get; }

    /// <summary>For how long at most.</summary>
    public long DrainMs { get; }

    /// <summary>"timeout server" itself.</summary>
    public long ServerAloneMs { get; }

    /// <summary>Between a failed attempt and the next one on the same server.</summary>
    public long LongestPauseMs { get; }

    public long ConnectMs { get; }

    public long QueueMs { get; }

    public long HandshakeMs { get; }

    /// <summary>No client timeout of a session that forwards comes before this.</summary>
    public long ClientLeastMs { get; }

    /// <summary>"timeout client" itself, which counts before there is a server.</summary>
    public long ClientAloneMs { get; }

    /// <summary>"timeout http-request": for all of a head; 0 without.</summary>
    public long RequestMs { get; }

    /// <summary>No client that has yet to say something is given up before this.</summary>
    public long RequestLeastMs { get; }

    public long ServerLeastMs { get; }

    /// <summary>Nothing that is alive stands still for longer.</summary>
    public long LongestSilenceMs { get; }

    private static long Value(Located<int>? milliseconds) => milliseconds?.Value ?? 0;

    private static long Least(long first, long second, long third)
    {
        long least = first;
        if (second > 0)
            least = Math.Min(least, second);
        return third > 0 ? Math.Min(least, third) : least;
    }
}
