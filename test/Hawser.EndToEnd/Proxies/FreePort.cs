using System;
using System.Net;
using System.Net.Sockets;
using System.Threading;

namespace Hawser.EndToEnd.Proxies;

/// <summary>
/// A port for a proxy to bind, outside the range from which the kernel takes ephemeral ports, so that no
/// connection of a scenario running beside this one is given it in the meantime. No port is given out twice in a
/// run: proxies bind with SO_REUSEPORT, so two of them would silently share it.
/// </summary>
public static class FreePort
{
    private const int First = 10000;
    private const int Last = 32000;

    private static readonly Lock Gate = new();
    private static int _next = Random.Shared.Next(First, Last);

    public static int Next(int consecutive = 1)
    {
        lock (Gate)
        {
            while (true)
            {
                int port = _next;
                _next = port + consecutive < Last ? port + consecutive : First;
                bool free = true;
                for (int i = 0; i < consecutive && free; i++)
                    free = IsFree(port + i);
                if (free)
                    return port;
            }
        }
    }

    private static bool IsFree(int port)
    {
        try
        {
            using Socket probe = new(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp);
            probe.DualMode = true;
            probe.Bind(new IPEndPoint(IPAddress.IPv6Any, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
