using System;
using System.Collections.Generic;
using Hawser.Config.Model;

namespace Hawser.Proxy.Backends;

/// <summary>
/// Resolves "track" (manual, section 5.2). The configuration's validation has made sure that every name exists and
/// every chain ends in a server with checks, so there is no cycle.
/// </summary>
internal static class ServerTracking
{
    public static void Connect(ReadOnlySpan<Backend> backends)
    {
        Dictionary<(string Backend, string Server), Server> byName = [];
        foreach (Backend backend in backends)
        {
            foreach (Server server in backend.Servers)
                byName.TryAdd((backend.Name, server.Name), server);
        }

        Dictionary<Server, List<Server>> trackers = [];
        foreach (Backend backend in backends)
        {
            foreach (Server server in backend.Servers)
            {
                if (server.Config.Track is not { } track || !byName.TryGetValue((track.Backend, track.Server), out Server? tracked))
                    continue;
                server.State.Tracked = tracked;
                if (!trackers.TryGetValue(tracked, out List<Server>? followers))
                    trackers[tracked] = followers = [];
                followers.Add(server);
            }
        }

        foreach ((Server tracked, List<Server> followers) in trackers)
        {
            followers.Reverse();
            tracked.State.Trackers = [.. followers];
        }
    }

    /// <summary>As <see cref="Connect"/>, where links of the configuration before are still there.</summary>
    public static void Reconnect(ReadOnlySpan<Backend> backends)
    {
        bool isUsed = false;
        foreach (Backend backend in backends)
        {
            foreach (Server server in backend.Servers)
            {
                isUsed |= server.Config.Track is not null || server.State.Tracked is not null || server.State.Trackers.Length > 0;
                server.State.Tracked = null;
                server.State.Trackers = [];
            }
        }

        if (isUsed)
            Connect(backends);
    }

    /// <summary>The server whose checks decide: itself when it tracks none.</summary>
    public static Server EndOfChain(Server server)
    {
        while (server.State.Tracked is { } tracked)
            server = tracked;
        return server;
    }
}
