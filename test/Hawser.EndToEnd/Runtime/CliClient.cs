using System;
using System.IO;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;
using Hawser.EndToEnd.Peers;

namespace Hawser.EndToEnd.Runtime;

/// <summary>What socat does: sends, closes its side, reads to the end.</summary>
internal static class CliClient
{
    public static async Task<string> Ask(string path, string text)
    {
        using Socket socket = await Connect(path).ConfigureAwait(false);
        await socket.SendAsync(Encoding.Latin1.GetBytes(text)).ConfigureAwait(false);
        socket.Shutdown(SocketShutdown.Send);
        return await ReadToEnd(socket).ConfigureAwait(false);
    }

    /// <summary>Waits until the socket is there.</summary>
    public static async Task<Socket> Connect(string path)
    {
        Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await Patience.Until(() => TryConnect(socket, path), "the statistics socket").ConfigureAwait(false);
        return socket;
    }

    public static async Task<string> ReadToEnd(Socket socket)
    {
        using MemoryStream answer = new();
        byte[] buffer = new byte[65536];
        while (await Receive(socket, buffer).ConfigureAwait(false) is > 0 and int count)
            answer.Write(buffer, 0, count);
        return Encoding.Latin1.GetString(answer.ToArray());
    }

    /// <summary>0 at the end; a reset is one too.</summary>
    private static async Task<int> Receive(Socket socket, byte[] buffer)
    {
        try
        {
            return await socket.ReceiveAsync(buffer).WaitAsync(TimeSpan.FromMilliseconds(Patience.LimitMs)).ConfigureAwait(false);
        }
        catch (SocketException)
        {
            return 0;
        }
    }

    private static bool TryConnect(Socket socket, string path)
    {
        try
        {
            if (!socket.Connected)
                socket.Connect(new UnixDomainSocketEndPoint(path));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
