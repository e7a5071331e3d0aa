using System;
using Hawser.Proxy.Backends;

namespace Hawser.Proxy.Balancing;

/// <summary>Arrays of a balancer are indexed by <see cref="Server.Index"/>; a group of servers may leave gaps.</summary>
internal static class ServerTable
{
    public static int SizeFor(ReadOnlySpan<Server> servers)
    {
        int size = 0;
        foreach (Server server in servers)
            size = Math.Max(size, server.Index + 1);
        return size;
    }
}
