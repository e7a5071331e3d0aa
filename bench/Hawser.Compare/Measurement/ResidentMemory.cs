using System;
using System.Globalization;
using System.IO;
using System.Net.Sockets;
using System.Threading;
using Hawser.Compare.Load;
using Hawser.Compare.Proxies;

namespace Hawser.Compare.Measurement;

/// <summary>What a proxy keeps in memory, by <c>VmRSS</c>.</summary>
internal static class ResidentMemory
{
    public const int IdleConnections = 2000;

    private static readonly TimeSpan s_settling = TimeSpan.FromSeconds(1);

    public static long Bytes(int process)
    {
        foreach (string line in File.ReadLines($"/proc/{process}/status"))
        {
            if (line.StartsWith("VmRSS:", StringComparison.Ordinal))
                return 1024 * long.Parse(line.AsSpan(6).TrimEnd("kB").Trim(), CultureInfo.InvariantCulture);
        }

        throw new InvalidOperationException("no VmRSS");
    }

    /// <summary>Growth per connection that has had one small exchange and then stays silent.</summary>
    public static double BytesPerIdleConnection(RunningProxy proxy, Exchange exchange)
    {
        Socket[] sockets = new Socket[IdleConnections];
        byte[] answer = new byte[exchange.AnswerBytes];
        long before = Bytes(proxy.ProcessId);
        for (int i = 0; i < sockets.Length; i++)
        {
            Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            sockets[i] = socket;
            socket.Connect(proxy.Address);
            WholeBlock.Send(socket, exchange.Request);
            if (!WholeBlock.TryReceive(socket, answer)) throw new InvalidOperationException("closed without an answer");
        }

        Thread.Sleep(s_settling);
        long after = Bytes(proxy.ProcessId);
        foreach (Socket socket in sockets) socket.Dispose();
        return (after - before) / (double)IdleConnections;
    }
}
