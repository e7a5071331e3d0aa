using System.Collections.Generic;

namespace Hawser.Control.Explain;

/// <summary>The normal end, and what the proxy ended by itself (manual, 8.5).</summary>
internal static class ProxyPairs
{
    private const string SystemLog = "the system's and the proxy's own messages at this second: they name what was missing";
    private const string Rules = "the rules of the frontend and the backend, in order";
    private const string StateMessages = "the state messages of the servers just before";

    public static IEnumerable<TerminationPair> Rows =>
    [
        new("--", "Normal end: both sides closed and everything was delivered.", [], []),
        new("PC", "The proxy did not open the connection to the server: a limit of the process was reached.",
            [
                new("the process is at its limit of sockets (\"ulimit-n\", or a forced \"maxconn\")"),
                new("no server could be used because the configuration forbids it"),
            ],
            ["\"maxconn\" and \"ulimit-n\" in global", SystemLog]),
        new("PD", "The proxy stopped a message that was malformed in the middle: usually chunked encoding.",
            [
                new("the server's answer is malformed"),
                new("the client's body is malformed", Evidence.IsPost),
                new("a rule or filter on content ended it"),
            ],
            ["\"show errors\" on the runtime socket keeps the last bad message", Rules])
        {
            TcpMeaning = "The proxy ended the session while data was flowing: a rule on content, or a filter.",
        },
        new("PH", "The proxy refused the server's response: invalid, incomplete, dangerous, or against a rule. The client usually gets a 502.",
            [
                new("a header name or line is invalid", static line => Evidence.IsStatus(line, 502, 502)),
                new("rewriting a header did not fit", static line => Evidence.IsStatus(line, 500, 500)),
                new("the client's chunked body was invalid", static line => Evidence.IsStatus(line, 400, 400)),
                new("\"http-response deny\" matched"),
            ],
            ["\"show errors\" on the runtime socket keeps the last bad response", "\"tune.maxrewrite\" and \"http-response strict-mode\" for a 500", Rules]),
        new("PR", "The proxy refused the request; no server has seen it.",
            [
                new("a deny rule matched", static line => Evidence.IsStatus(line, 401, 499)),
                new("the request is no valid HTTP", static line => Evidence.IsStatus(line, 400, 400)),
                new("rewriting a header did not fit", static line => Evidence.IsStatus(line, 500, 500)),
                new("an unreadable protocol on this port, TLS or HTTP/2 for example", Evidence.RequestNeverCame),
            ],
            [Rules, "\"show errors\" on the runtime socket keeps the last bad request"])
        {
            TcpMeaning = "The proxy refused the connection by a rule (\"tcp-request … reject\") or a limit; no server has seen it.",
        },
        new("PT", "A rule held the request in the tarpit and then answered with an error; no server has seen it.",
            [new("the tarpit rule matched, as configured")],
            ["the tarpit rule and the request: is it one you want to hold?", "\"timeout tarpit\""])
        {
            Timers = [TimerKind.Tarpit],
        },
        new("PQ", "The proxy ended it while it waited in a queue.",
            [new("a limit or a rule of the backend, or the queue was emptied")],
            [Rules, "\"maxqueue\" of the servers"]),
        new("LC", "The proxy answered by itself while choosing the server: a redirect by \"redir\" on the server line.",
            [new("\"redir\" on the server line, as configured")], ["the server line"]),
        new("LR", "The proxy answered the request by itself; no server has seen it.",
            [
                new("a redirect rule matched", static line => Evidence.IsStatus(line, 301, 308)),
                new("an \"http-request return\" rule, statistics, cache, a Lua service or the exporter answered", static line => Evidence.IsStatus(line, 200, 299)),
            ],
            [Rules])
        {
            TcpMeaning = "The proxy served the connection by itself; no server has seen it.",
        },
        new("LH", "The proxy replaced the server's response by an answer of its own.",
            [new("an \"http-response return\" or redirect rule matched")], [Rules]),
        new("RC", "A local resource ran out, so that no connection to the server could be opened.",
            [
                new("no free source port towards this server: too many short connections from one address"),
                new("no free descriptors", static line => line.ProcessConnections > 500),
                new("no memory"),
            ],
            [SystemLog, "\"source\" with a port range, or more source addresses", "ip_local_port_range, descriptor and memory limits"]),
        .. Killed('D', "The server went down and is configured to lose its sessions then (on-marked-down shutdown-sessions)",
            "the server's health check failed", StateMessages),
        .. Killed('U', "A regular server came up and backups are configured to lose their sessions then (on-marked-up shutdown-backup-sessions)",
            "a regular server is up again", StateMessages),
        .. Killed('K', "It was killed by hand, through the runtime socket, or by \"hard-stop-after\" at a soft stop",
            "an administrator, a script, or the end of a reload", "who used the runtime socket; \"hard-stop-after\" and reloads at this second"),
    ];

    private static IEnumerable<TerminationPair> Killed(char letter, string meaning, string cause, string next)
    {
        foreach ((char phase, string words) in TerminationLetters.Phases)
        {
            string letters = $"{letter}{phase}";
            yield return new TerminationPair(letters, $"{meaning}. It happened {words}.", [new Cause(cause)], [next])
            {
                // 3.5 and Hawser write C for an established session: docs/divergences.md.
                TcpMeaning = phase == 'C'
                    ? $"{meaning}. A connect timer other than -1 shows that the session stood: 3.x writes C for it."
                    : null,
            };
        }
    }
}
