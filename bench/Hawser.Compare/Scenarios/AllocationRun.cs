using System;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using Hawser.Compare.Load;
using Hawser.Compare.Measurement;
using Hawser.Compare.Reporting;

namespace Hawser.Compare.Scenarios;

/// <summary>Managed bytes per session once the pools are warm, in this process, logs included. The goal is none.</summary>
internal static class AllocationRun
{
    private const int Connections = 16;
    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(2);
    private static readonly Exchange s_exchange = new(Exchange.SmallAnswerBytes, ClosesAfterAnswer: true);

    public static ResultRow Run(TimeSpan length)
    {
        using LogSink log = new();
        using Origin origin = Origin.Serve(s_exchange, Connections * 2);
        IPEndPoint bind;
        using (Socket free = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp))
        {
            free.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            bind = (IPEndPoint)free.LocalEndPoint!;
        }

        using InProcessProxy proxy = new(Configuration.Text(bind, origin.Address, log: log.Address));
        Clients clients = Clients.Start(bind, s_exchange, Connections);
        Thread.Sleep(s_warmUp);
        // The first reading allocates nothing itself, but its code is compiled there.
        proxy.AllocatedBytes();
        long sessionsBefore = clients.Units;
        long before = proxy.AllocatedBytes();
        Thread.Sleep(length);
        long bytes = proxy.AllocatedBytes() - before;
        long sessions = clients.Units - sessionsBefore;
        clients.Stop();
        double each = bytes / (double)Math.Max(1, sessions);
        return new ResultRow(
            "managed bytes per session after warm-up", "-",
            FormattableString.Invariant($"{each:F3} ({bytes} in {sessions} sessions)"), "-", null, 0, 0, null)
        {
            Note = bytes == 0 ? "0: met" : "0: missed",
        };
    }
}
