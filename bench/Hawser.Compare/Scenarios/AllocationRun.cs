using System;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using Hawser.Compare.Load;
using Hawser.Compare.Measurement;
using Hawser.Compare.Reporting;

namespace Hawser.Compare.Scenarios;

/// <summary>Managed bytes per session or request once the pools are warm, in this process, logs included. The goal is none.</summary>
internal static class AllocationRun
{
    private const int Connections = 16;
    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(2);

    public static ResultRow Sessions(TimeSpan length) => Run(
        "managed bytes per session after warm-up", new Exchange(Exchange.SmallAnswerBytes, ClosesAfterAnswer: true), length,
        static (bind, origin, log) => Configuration.Text(bind, origin, log: log));

    public static ResultRow Requests(TimeSpan length) => Run(
        "managed bytes per http request after warm-up, with rules and httplog", Exchange.Http(), length,
        static (bind, origin, log) => HttpConfiguration.Text(Proxies.ProxyKind.Hawser, bind, origin, s_lines, log));

    private static readonly string[] s_lines =
    [
        "acl is_api path_beg /api", "acl is_shop hdr(host) -i shop.example.com", "http-request deny if is_api !is_shop",
        "http-request set-var(txn.host) req.hdr(host),lower", "http-request capture req.hdr(host) len 32", "http-reuse always",
    ];

    private static ResultRow Run(
        string name, Exchange exchange, TimeSpan length, Func<IPEndPoint, IPEndPoint, IPEndPoint, string> configuration)
    {
        using LogSink log = new();
        using Origin origin = Origin.Serve(exchange, Connections * 2);
        IPEndPoint bind;
        using (Socket free = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp))
        {
            free.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            bind = (IPEndPoint)free.LocalEndPoint!;
        }

        using InProcessProxy proxy = new(configuration(bind, origin.Address, log.Address));
        Clients clients = Clients.Start(bind, exchange, Connections);
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
            name, "-",
            FormattableString.Invariant($"{each:F3} ({bytes} in {sessions})"), "-", null, 0, 0, null)
        {
            Note = bytes == 0 ? "0: met" : "0: missed",
        };
    }
}
