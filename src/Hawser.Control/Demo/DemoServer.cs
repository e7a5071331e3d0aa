#pragma warning disable RS0030 // The demo's servers stand on the far side of the proxy: they are no part of its data path.
using System;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;

namespace Hawser.Control.Demo;

/// <summary>
/// One of the demo's two servers: tells every client which one it reached, in words that curl and nc both show, and
/// closes. Its own threads, one client at a time.
/// </summary>
public sealed class DemoServer
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    private readonly Socket _listener;
    private readonly byte[] _answer;

    public DemoServer(string name)
    {
        string text = $"Hello from server {name}.\n";
        _answer = Encoding.ASCII.GetBytes(
            $"HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\nContent-Length: {text.Length}\r\n\r\n{text}");
        _listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        Port = ((IPEndPoint)_listener.LocalEndPoint!).Port;
    }

    public int Port { get; }

    public void Start() => new Thread(Serve) { IsBackground = true, Name = "demo server" }.Start();

    private void Serve()
    {
        byte[] request = new byte[4096];
        while (true)
        {
            using Socket client = _listener.Accept();
            try
            {
                client.ReceiveTimeout = (int)s_patience.TotalMilliseconds;
                // A health check closes without a word; everybody else gets an answer to the first thing said.
                if (client.Receive(request) == 0)
                    continue;
                client.Send(_answer);
                client.Shutdown(SocketShutdown.Send);
                while (client.Receive(request) > 0)
                {
                }
            }
            catch (SocketException)
            {
                // The client is gone; the next one is served.
            }
        }
    }
}
