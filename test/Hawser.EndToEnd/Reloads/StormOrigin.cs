using System;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace Hawser.EndToEnd.Reloads;

/// <summary>A server behind the proxy: answers each request, or sends back what it gets.</summary>
internal sealed class StormOrigin : IDisposable
{
    private static readonly byte[] s_answer = Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok");

    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly CancellationTokenSource _end = new();
    private readonly bool _isHttp;

    public StormOrigin(bool isHttp)
    {
        _isHttp = isHttp;
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(4096);
        _ = Accept();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    public void Dispose()
    {
        _end.Cancel();
        _listener.Dispose();
        _end.Dispose();
    }

    private async Task Accept()
    {
        while (!_end.IsCancellationRequested)
        {
            Socket client;
            try
            {
                client = await _listener.AcceptAsync(_end.Token).ConfigureAwait(false);
            }
            catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }

            _ = Serve(client);
        }
    }

    private async Task Serve(Socket client)
    {
        using Socket socket = client;
        byte[] buffer = new byte[2048];
        int filled = 0;
        try
        {
            while (await socket.ReceiveAsync(buffer.AsMemory(filled), _end.Token).ConfigureAwait(false) is > 0 and int count)
            {
                if (!_isHttp)
                {
                    await socket.SendAsync(buffer.AsMemory(0, count), _end.Token).ConfigureAwait(false);
                    continue;
                }

                filled += count;
                if (!buffer.AsSpan(0, filled).EndsWith("\r\n\r\n"u8))
                    continue;
                filled = 0;
                await socket.SendAsync(s_answer, _end.Token).ConfigureAwait(false);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The proxy has closed it, or the storm is over.
        }
    }
}
