#pragma warning disable RS0030 // Looks for a free port before the proxy exists.
using System.Net;
using System.Net.Sockets;

namespace Hawser.Control.Demo;

/// <summary>The configuration of <c>hawser demo</c>; examples/demo.cfg shows the same with fixed ports.</summary>
public static class DemoConfiguration
{
    public const int FirstPort = 8080;
    private const int PortsToTry = 20;

    /// <summary>The first port from <see cref="FirstPort"/> on that nobody listens on; 0 when all are taken.</summary>
    public static int FreePort()
    {
        for (int port = FirstPort; port < FirstPort + PortsToTry; port++)
        {
            using Socket probe = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                probe.Bind(new IPEndPoint(IPAddress.Loopback, port));
                return port;
            }
            catch (SocketException)
            {
                // Taken: the next one.
            }
        }

        return 0;
    }

    public static string Text(int port, int firstServerPort, int secondServerPort) =>
        $"""
         global
             log stdout format raw local0
         defaults
             mode tcp
             log global
             option tcplog
             timeout connect 5s
             timeout client 30s
             timeout server 30s
         listen demo
             bind 127.0.0.1:{port}
             balance roundrobin
             server one 127.0.0.1:{firstServerPort}
             server two 127.0.0.1:{secondServerPort}

         """;
}
