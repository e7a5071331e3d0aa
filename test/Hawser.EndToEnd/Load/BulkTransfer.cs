using System;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;
using Hawser.EndToEnd.Peers;

namespace Hawser.EndToEnd.Load;

/// <summary>
/// Sessions that all exist at once: each end sends its bytes while it receives the other's, and each byte received
/// is compared with what must stand at its position; then the client closes, then the server.
/// </summary>
public sealed class BulkTransfer(int port, ListeningServer server, int sessions, int bytesEachWay)
{
    private readonly Stopwatch _clock = new();

    /// <summary>Ends with an exception when a byte is wrong, missing or surplus.</summary>
    public async Task Run()
    {
        _clock.Restart();
        Socket[] clients = new Socket[sessions];
        Socket[] servers = new Socket[sessions];
        Task accepting = Task.Run(async () =>
        {
            for (int i = 0; i < sessions; i++)
                servers[i] = await server.Accept().ConfigureAwait(false);
        });
        for (int i = 0; i < sessions; i++)
        {
            clients[i] = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await clients[i].ConnectAsync(IPAddress.Loopback, port).ConfigureAwait(false);
        }

        await accepting.ConfigureAwait(false);
        Task[] ends = new Task[2 * sessions];
        for (int i = 0; i < sessions; i++)
        {
            ends[2 * i] = End(clients[i]);
            ends[2 * i + 1] = End(servers[i]);
        }

        await Task.WhenAll(ends).ConfigureAwait(false);
        _clock.Stop();
    }

    public string Describe() =>
        $"{sessions} sessions, {2L * sessions * bytesEachWay >> 20} MiB, {_clock.ElapsedMilliseconds} ms";

    private async Task End(Socket socket)
    {
        using (socket)
        {
            Task sending = Send(socket);
            await Receive(socket).ConfigureAwait(false);
            await sending.ConfigureAwait(false);
        }
    }

    private async Task Send(Socket socket)
    {
        byte[] block = BulkPattern.Block;
        int sent = 0;
        while (sent < bytesEachWay)
        {
            int from = sent % block.Length;
            int size = Math.Min(block.Length - from, bytesEachWay - sent);
            sent += await socket.SendAsync(block.AsMemory(from, size)).ConfigureAwait(false);
        }

        socket.Shutdown(SocketShutdown.Send);
    }

    private async Task Receive(Socket socket)
    {
        byte[] buffer = new byte[32768];
        long received = 0;
        while (true)
        {
            int n = await socket.ReceiveAsync(buffer).ConfigureAwait(false);
            if (n == 0)
                break;
            BulkPattern.Verify(buffer.AsSpan(0, n), received);
            received += n;
        }

        if (received != bytesEachWay)
            throw new System.IO.InvalidDataException($"{received} bytes arrived instead of {bytesEachWay}");
    }
}
