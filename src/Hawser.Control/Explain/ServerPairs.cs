using System.Collections.Generic;

namespace Hawser.Control.Explain;

/// <summary>What the server ended or refused, and timeouts of its side (manual, 8.5).</summary>
internal static class ServerPairs
{
    private const string ByServer = "lines of the other servers: is it this server, or all of them?";
    private const string ServerLog = "the server's own log at this second";

    public static IEnumerable<TerminationPair> Rows =>
    [
        new("SC", "The server, or a device before it, refused the connection, or the network said that it cannot be reached.",
            [
                new("nothing listens on the server's port: it is stopped, restarting, or listens elsewhere", Evidence.HadServer),
                new("there was no usable server at all: every one is down or in maintenance", Evidence.HasNoServer),
                new("the server's accept queue overflows and its kernel answers with resets", Evidence.ServerIsBusy),
                new("a firewall rejects, or there is no route or no ARP answer"),
            ],
            ["the server's port from the proxy's machine", "\"check\" on the server line: without it the proxy goes on trying dead servers", ByServer]),
        new("sC", "\"timeout connect\" fired before the server accepted the connection.",
            [
                new("the server's machine is down or a firewall drops the packets without an answer"),
                new("the server's accept queue is full, so its kernel drops the attempts", Evidence.ServerIsBusy),
                new("\"timeout connect\" is too short: one lost packet costs a second or three", static line => line.TotalMs < 3000),
            ],
            ["a connection to the server from the proxy's machine, with a capture: is the SYN answered?", "\"timeout connect\", \"retries\" and \"option redispatch\"", ByServer])
        {
            Timers = [TimerKind.Connect],
        },
        new("SD", "The connection to the server broke while data was flowing.",
            [
                new("the server crashed, was restarted, or closed with a reset"),
                new("a device between proxy and server dropped an idle connection and answered with a reset", Evidence.WasLong),
                new("the server reset because data arrived that it did not want", Evidence.WasPrompt),
            ],
            [ServerLog, "the idle limits of firewalls between proxy and server", "the ledger: was anything lost?"]),
        new("sD", "The server neither sent nor acknowledged anything for as long as its timeout allows, while data was flowing.",
            [
                new("an idle session that neither side ended; in TCP mode idle sessions end like this", Evidence.SomethingCame),
                new("the server never said anything: it is stuck, or the protocol lets the client wait", Evidence.NothingCame),
                new("the server was silent for too long and spoke after the cut: the ledger shows what it said in vain", Evidence.LostFromServer),
                new("the server stopped reading: data for it stayed in the proxy", Evidence.LostFromClient),
                new("a device before the server forgot the connection without a reset"),
            ],
            ["the timer that fired: if idle sessions are normal here, set \"timeout tunnel\"", "\"timeout server\" against \"timeout client\": unequal, what the server says later is acknowledged and lost", ServerLog])
        {
            Timers = [TimerKind.ServerFin, TimerKind.Tunnel, TimerKind.Server],
        },
        new("SH", "The server closed or broke the connection before its response headers were complete.",
            [
                new("the server crashed on this request, or is being restarted"),
                new("the server closed an idle connection at the moment it was used again", Evidence.WasPrompt),
                new("a filter between proxy and server killed it"),
            ],
            [ServerLog, "the request: do the failing ones have something in common?", "\"retry-on\" and \"http-reuse\" when it happens on reused connections"]),
        new("sH", "\"timeout server\" fired before the server had sent its response headers; the client usually gets a 504.",
            [
                new("the server needs too long: overload, a slow database, a lock"),
                new("this request is slow by nature and deserves a longer limit"),
            ],
            ["the server's response time in other lines (Tr)", "\"timeout server\": raising it moves the wait to the user", ServerLog])
        {
            Timers = [TimerKind.Server],
        },
        new("sQ", "It waited in the queue for longer than \"timeout queue\" allows.",
            [
                new("all servers are at their \"maxconn\": the load is more than they carry"),
                new("one slow server holds its connections", static line => line.ServerQueue > 0),
                new("an attack fills the slots", static line => line.FrontendConnections > 1000),
            ],
            ["how long the servers hold a connection: Tr and Tt of good lines", "\"maxconn\" of the servers, \"timeout queue\"", "the number of servers that are up"])
        {
            Timers = [TimerKind.Queue],
        },
        new("SL", "The server broke the connection while the last data went to the client.",
            [new("the server closed with a reset after its last byte")],
            [ServerLog, "the ledger: did the client get everything?"]),
        new("sL", "A timeout of the server's side fired while the last data went to the client.",
            [new("the client reads slowly and the server's side was not closed in time")],
            ["\"timeout server-fin\" and \"timeout tunnel\"", "the ledger"])
        {
            Timers = [TimerKind.ServerFin, TimerKind.Tunnel, TimerKind.Server],
        },
        new("SQ", "It left the queue with an error of the server's side: there is no server that could take it.",
            [
                new("the last server went down while it waited"),
                new("the server was put into maintenance and its queue was emptied"),
            ],
            ["the state messages of the servers at this second", "\"option redispatch\""]),
        new("S-", "The server aborted after the transfer had ended.",
            [new("the server closed with a reset instead of a FIN: harmless in most protocols")],
            [ServerLog]),
        new("s-", "A timeout of the server's side fired after the transfer had ended.",
            [new("the server kept its side open after everything was said")],
            ["\"timeout server-fin\""])
        {
            Timers = [TimerKind.ServerFin, TimerKind.Server],
        },
    ];
}
