using System.Collections.Generic;
using System.Globalization;
using Hawser.Config.Diagnostics;
using Hawser.Config.Model;
using Hawser.Config.Syntax;

namespace Hawser.Config.Keywords;

/// <summary>Global limits and what can be switched off (manual, 3.2), but for <c>tune.*</c>.</summary>
internal static class LimitKeywords
{
    private const int MaxSpreadPercent = 50;

    public static IEnumerable<KeywordRow<GlobalContext>> Rows =>
    [
        GlobalRows.Number("maxconn", 0, int.MaxValue, static (config, value) => config with { MaxConnections = value },
            "most concurrent connections of the process", isOnceOnly: true),
        Rate("maxconnrate", static (config, value) => config with { MaxConnectionRate = value.Value },
            "most new connections per second"),
        Rate("maxsessrate", static (config, value) => config with { MaxSessionRate = value.Value },
            "most new sessions per second"),
        Rate("maxsslrate", static (config, value) => config with { MaxSslRate = value.Value },
            "most new TLS sessions per second") with { Awaits = Awaited.Tls },
        Rate("maxsslconn", static (config, value) => config with { MaxSslConnections = value.Value },
            "most concurrent TLS connections") with { Awaits = Awaited.Tls },
        Rate("maxpipes", static (config, value) => config with { MaxPipes = value.Value },
            "most pipes for splicing"),
        GlobalRows.Row("spread-checks", "<percent>", ParseSpread, "random spread of check intervals"),
        GlobalRows.Time("max-spread-checks", 0, int.MaxValue,
            static (config, value) => config with { MaxSpreadChecksMs = value },
            "longest delay between the first checks of a farm's servers"),
        GlobalRows.Row("noepoll", "", static (line, _) =>
        {
            if (!line.TryEnd()) return;
            line.Note(DiagnosticCodes.WithoutEffect, line.KeywordOrigin,
                "'noepoll' has no effect: epoll is the only poller here.");
        },
            "do without epoll: without effect, there is nothing else"),
        Off("nopoll", static config => config),
        Off("nokqueue", static config => config),
        Off("noevports", static config => config),
        Off("nosplice", static config => config with { NoSplice = true }),
        Off("noreuseport", static config => config with { NoReusePort = true }),
        Off("nogetaddrinfo", static config => config with { NoGetAddrInfo = true }),
        GlobalRows.Row("busy-polling", "", static (line, context) =>
            context.Config = context.Config with { BusyPolling = line.Negation != Negation.No },
            "never sleep in the poller", isNegatable: true),
    ];

    private static KeywordRow<GlobalContext> Rate(
        string name, System.Func<GlobalConfig, Located<int>, GlobalConfig> set, string doc) =>
        GlobalRows.Number(name, 0, int.MaxValue, set, doc, isOnceOnly: true);

    private static KeywordRow<GlobalContext> Off(string name, System.Func<GlobalConfig, GlobalConfig> set) =>
        GlobalRows.Flag(name, set, "do without this facility of the system");

    private static void ParseSpread(LineCursor line, GlobalContext context)
    {
        if (!line.TryExpect("expects an integer argument (0..50).", out Word word)) return;
        bool isGood = int.TryParse(word.Text, NumberStyles.None, CultureInfo.InvariantCulture, out int percent)
            && percent <= MaxSpreadPercent;
        if (isGood) context.Config = context.Config with { SpreadChecksPercent = percent };
        else
        {
            line.Reject(DiagnosticCodes.OutOfRange, word.Origin,
                $"'spread-checks' needs a positive value in range 0..{MaxSpreadPercent}.");
        }
    }
}
