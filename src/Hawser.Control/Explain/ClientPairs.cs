using System.Collections.Generic;

namespace Hawser.Control.Explain;

/// <summary>What the client ended, and timeouts of its side (manual, 8.5).</summary>
internal static class ClientPairs
{
    private const string PathToClient = "the path to this client: a capture on the client's side tells a FIN from a RST";
    private const string ByClient = "other lines of the same client: one client alone, or all of them?";

    public static IEnumerable<TerminationPair> Rows =>
    [
        new("CC", "The client gave up before the connection to the server stood.",
            [
                new("the server is dead or unreachable and the client did not wait for \"timeout connect\"", Evidence.WasLong),
                new("retries and redispatches took longer than the client was ready to wait", Evidence.WasRetried),
                new("a probe or a port scan: it connected and left at once", Evidence.WasPrompt),
            ],
            ["the server's state, and whether it has \"check\"", "\"timeout connect\" and \"retries\": their product is the client's wait", ByClient]),
        new("CD", "The client aborted while data was flowing.",
            [
                new("the client program was closed or crashed, or its user went elsewhere"),
                new("the client ended a keep-alive or tunnel connection that it no longer needed", Evidence.WasLong),
                new("a device between client and proxy (NAT, firewall) reset the connection"),
            ],
            [ByClient, PathToClient, "the bytes and the ledger: did the client miss data?"]),
        new("cD", "The client neither sent nor acknowledged anything for as long as its timeout allows, while data was flowing.",
            [
                new("an idle session that neither side ended; in TCP mode idle clients end like this"),
                new("the client was silent for too long and spoke after the cut: the ledger shows what it said in vain", Evidence.LostFromClient),
                new("the client stopped reading: data for it stayed in the proxy", Evidence.LostFromServer),
                new("the client left the network without closing (suspended, out of reach, NAT entry gone)"),
            ],
            ["the timer that fired: if idle sessions are normal here, set \"timeout tunnel\"", "\"timeout client\" against \"timeout server\": unequal, the later data of the other side is lost", PathToClient])
        {
            Timers = [TimerKind.ClientFin, TimerKind.Tunnel, TimerKind.Client],
        },
        new("CH", "The client aborted while the server had not begun to answer.",
            [
                new("the server takes too long and the client gave up", Evidence.WasLong),
                new("a user pressed stop or left the page", null),
            ],
            ["the time spent waiting for the response against the client's own timeout", "the server's own log for the same request"]),
        new("cH", "\"timeout client\" fired while the proxy waited for the rest of the request's body or for the server's headers.",
            [
                new("the client did not finish its body (POST): broken path MTU, lost connection", Evidence.IsPost),
                new("\"timeout client\" is shorter than \"timeout server\" and the server is slow", null),
            ],
            ["\"timeout client\" against \"timeout server\": the client's should not be shorter", "the server's response time", PathToClient])
        {
            Timers = [TimerKind.Client],
        },
        new("CQ", "The client gave up while it waited in the queue.",
            [
                new("all servers are at their \"maxconn\"", null),
                new("one server answers too slowly and its own queue grows", static line => line.ServerQueue > 0),
            ],
            ["the queue fields of neighbouring lines: how long is the queue, whose is it?", "\"maxconn\" of the servers, and how long they hold a connection", "\"timeout queue\": an early error may serve the client better"]),
        new("cQ", "A timeout of the client's side fired while it waited in the queue.",
            [new("the queue is longer than the client's timeout: all servers are at their \"maxconn\"")],
            ["\"timeout queue\": it should fire before \"timeout client\"", "\"maxconn\" of the servers"])
        {
            Timers = [TimerKind.Client],
        },
        new("cC", "A timeout of the client's side fired while the connection to the server was being opened.",
            [
                new("the server does not answer and \"timeout client\" is shorter than all attempts together", null),
                new("retries and redispatches added up", Evidence.WasRetried),
            ],
            ["\"timeout client\" against \"timeout connect\" times \"retries\" + 1", "the server's state"])
        {
            Timers = [TimerKind.Client],
        },
        new("CR", "The client aborted before it had sent a complete request.",
            [
                new("a browser opened the connection in advance and did not need it", Evidence.NothingCame),
                new("a probe, a monitor or a port scan", Evidence.WasPrompt),
                new("a request typed by hand, or cut by a filter between client and proxy", Evidence.WasLong),
            ],
            ["\"option http-ignore-probes\" or \"option dontlognull\" when these are only noise", ByClient])
        {
            TcpMeaning = "The client aborted while the proxy still waited for data that its rules want to see (inspect-delay); no server was involved.",
        },
        new("cR", "The request was not complete when \"timeout http-request\" fired; the client usually gets a 408.",
            [
                new("a browser opened the connection in advance and sent nothing", Evidence.NothingCame),
                new("the client's packets do not arrive: path MTU, loss", null),
                new("a slow-request attack, or a request typed by hand", Evidence.WasLong),
            ],
            ["\"option http-ignore-probes\" if nothing was sent", "\"timeout http-request\" against the slowest honest client", ByClient])
        {
            Timers = [TimerKind.HttpRequest, TimerKind.HttpKeepAlive, TimerKind.ClientHandshake, TimerKind.Client],
            TcpMeaning = "A timeout of the client's side fired while the proxy still waited for data that its rules want to see; no server was involved.",
        },
        new("CT", "The client gave up while a rule held it in the tarpit.",
            [
                new("an attacker's tool closed the connection: the tarpit worked", null),
                new("a tarpit rule matches requests it should not", null),
            ],
            ["the request: is it one you want to hold?", "\"timeout tarpit\": many of these mean that it may be shorter"]),
        new("cT", "A timeout of the client's side fired while a rule held the request in the tarpit.",
            [new("\"timeout client\" is shorter than \"timeout tarpit\"")],
            ["\"timeout tarpit\" against \"timeout client\"", "the tarpit rule"])
        {
            Timers = [TimerKind.Client],
        },
        new("CL", "The client aborted while it received the last data; the server had finished.",
            [
                new("the client closed as soon as it had what it wanted", null),
                new("the client died, or its path broke, during the last packets", Evidence.LostData),
            ],
            ["the ledger: how much did not arrive?", PathToClient]),
        new("cL", "The client did not take the last data in time; the server had finished.",
            [
                new("the client stopped reading, or left the network without closing", null),
                new("\"timeout client-fin\" is short for slow clients", null),
            ],
            ["the ledger: how much did not arrive?", "\"timeout client-fin\" and \"timeout client\"", PathToClient])
        {
            Timers = [TimerKind.ClientFin, TimerKind.Client],
        },
        new("C-", "The client aborted after the transfer had ended.",
            [new("the client closed with a reset instead of a FIN: harmless in most protocols")],
            [ByClient]),
        new("c-", "A timeout of the client's side fired after the transfer had ended.",
            [new("the client kept its side open after everything was said")],
            ["\"timeout client-fin\""])
        {
            Timers = [TimerKind.ClientFin, TimerKind.Client],
        },
    ];
}
