using System;
using System.Text.RegularExpressions;

namespace Hawser.EndToEnd.Scenarios;

/// <summary>
/// Every intended difference from the packaged oracle (2.6); mostly the words and states of 3.5, which is what we
/// follow. Each title is a heading of docs/divergences.md.
/// </summary>
public static partial class Divergences
{
    public static readonly Divergence CheckErrorText = new(
        "A failed check names the error constant",
        oracle => oracle.Replace(
            "info: \"Connection refused\"",
            "info: \"ECONNREFUSED returned by OS (Connection refused)\"",
            StringComparison.Ordinal));

    public static readonly Divergence KilledSession = new(
        "A killed session ends in the data phase as seen from the client",
        oracle => KilledState().Replace(CheckErrorText.FromOracle(oracle), "$1C ")
            .Replace("FIN, RST", "RST", StringComparison.Ordinal));

    public static readonly Divergence AbortWithData = new(
        "Option abortonclose waits for the server while request data is pending",
        oracle => oracle.Replace("CC 1/1/0/0/0", "sC 1/1/0/0/1", StringComparison.Ordinal));

    public static readonly Divergence LineLength = new(
        "The length of a log target includes the line feed",
        oracle => oracle.Replace("81 bytes", "80 bytes", StringComparison.Ordinal));

    public static readonly Divergence CommonLogFormat = new(
        "Option tcplog clf exists",
        _ => """
            client: did: connected, sent 10, close | saw: received 20, FIN
            s1: did: sent 20, FIN, close | saw: connected, received 10, FIN
            log: <134>DATE clf[PID]: 127.0.0.1 - - [DATE] "TCP " 000 20 "" "" PORT MS "test1" "test1" "s1" T T T T 10 ---- 1 1 0 0 0 0 0 "" "" <LF>

            """);

    public static readonly Divergence HangUp = new(
        "SIGHUP reloads",
        oracle =>
        {
            string without = ServerDump().Replace(oracle, "");
            return without.Insert(without.IndexOf("log: ", StringComparison.Ordinal), "log: <133>DATE TAG[PID]: Reload #1 by SIGHUP done.<LF>\n");
        })
    {
        ExtraLogLines = 1,
    };

    public static readonly Divergence MaxconnReached = new(
        "A reached maxconn is logged",
        oracle => oracle.Insert(
            oracle.IndexOf("log: ", StringComparison.Ordinal),
            "log: <132>DATE TAG[PID]: Proxy test1 reached maxconn (1): new connections wait.<LF>\n"))
    {
        ExtraLogLines = 1,
    };

    public static readonly Divergence HeaderInPieces = new(
        "A PROXY header may arrive in pieces",
        oracle => oracle.Replace(
            "Truncated PROXY protocol header received",
            "Timeout while waiting for PROXY protocol header",
            StringComparison.Ordinal));

    public static readonly Divergence StrictHeader = new(
        "Addresses in a PROXY header of version 1 are complete",
        _ => """
            client: did: connected, a bad header | saw: RST
            log: <134>DATE TAG[PID]: 127.0.0.1:PORT [DATE] test1/1: Received an invalid PROXY protocol header<LF>

            """);

    public static readonly Divergence QueueMovesOn = new(
        "A queued session goes to the backup when the last active server goes down",
        _ => """
            client: did: connected, sent 10 | saw: received 20
            notes: did:  | saw: s2
            s1: did: sent 20 | saw: connected, received 10
            log: <129>DATE TAG[PID]: Server test1/s1 is DOWN, reason: Layer4 connection problem, info: "ECONNREFUSED returned by OS (Connection refused)", check duration: Nms. 0 active and 1 backup servers left. Running on backup. 1 sessions active, 0 requeued, 0 remaining in queue.<LF>
            log: <134>DATE TAG[PID]: 127.0.0.1:PORT [DATE] test1 test1/s2 T/T/T 2 -- 2/2/1/0/0 0/1<LF>

            """);

    public static readonly Divergence FirstChecks = new(
        "A server proves itself before it counts as fully up",
        oracle =>
        {
            string expected = CheckErrorText.FromOracle(oracle);
            int first = expected.IndexOf("log: ", StringComparison.Ordinal);
            int end = expected.IndexOf('\n', first) + 1;
            string line = expected[first..end];
            return expected.Insert(first, line.Replace("3/3 UP", "1/2 DOWN", StringComparison.Ordinal));
        })
    {
        ExtraLogLines = 1,
    };

    public static readonly Divergence[] All =
        [FirstChecks, MaxconnReached, HeaderInPieces, StrictHeader, QueueMovesOn, CheckErrorText, KilledSession, AbortWithData, LineLength, CommonLogFormat, HangUp];

    /// <summary>D, U and K with no second character: killed by health state, by a better server, by hard stop.</summary>
    [GeneratedRegex("(?<= )([DUK])- ")]
    private static partial Regex KilledState();

    [GeneratedRegex("log: .*SIGHUP.*\n")]
    private static partial Regex ServerDump();
}
