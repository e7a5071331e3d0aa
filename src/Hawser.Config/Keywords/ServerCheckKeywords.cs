using System;
using System.Collections.Generic;
using Hawser.Config.Diagnostics;
using Hawser.Config.Model;
using Hawser.Config.Syntax;

namespace Hawser.Config.Keywords;

/// <summary>Options of server lines about health (manual, 5.2).</summary>
internal static class ServerCheckKeywords
{
    private const int MaxPort = 65535;

    public static IEnumerable<KeywordRow<ServerContext>> Rows =>
    [
        Check("check", static check => check.IsEnabled = true, "test the server's health"),
        Check("no-check", static check => check.IsEnabled = false, "undoes check"),
        Check("check-send-proxy", static check => check.SendProxy = true,
            "PROXY header on check connections too"),
        Check("no-check-send-proxy", static check => check.SendProxy = false, "undoes check-send-proxy"),
        Time("inter", static (check, value) => check.InterMs = value, "time between two checks"),
        Time("fastinter", static (check, value) => check.FastInterMs = value,
            "time between two checks while the state is changing"),
        Time("downinter", static (check, value) => check.DownInterMs = value,
            "time between two checks while the server is down"),
        Count("rise", static (check, value) => check.Rise = value, "good checks to come up"),
        Count("fall", static (check, value) => check.Fall = value, "bad checks to go down"),
        ServerRows.Number("port", 0, MaxPort, static (server, value) =>
            server.Check.Port = value == 0 ? null : value, "port to check"),
        ServerRows.Row("addr", "<ip>", ParseAddress, "address to check"),
        ServerRows.Time("slowstart", 0, static (server, value) => server.SlowStartMs = value,
            "time over which a server that came up takes its full share"),
        ServerRows.Row("track", "[<backend>/]<server>", ParseTrack, "take over another server's state"),
        ServerRows.Choice("on-marked-down", ["shutdown-sessions"],
            static (server, _) => server.OnMarkedDown = OnMarkedDown.ShutdownSessions,
            "what happens to the sessions of a server that goes down"),
        ServerRows.Choice("on-marked-up", ["shutdown-backup-sessions"],
            static (server, _) => server.OnMarkedUp = OnMarkedUp.ShutdownBackupSessions,
            "what happens to the sessions of backup servers when a server comes up"),
        ServerRows.Choice("observe", ["none", "layer4", "layer7"],
            static (server, choice) => server.Observe = (ObserveMode)choice,
            "count errors of live traffic as health events"),
        ServerRows.Choice("on-error", ["fastinter", "fail-check", "sudden-death", "mark-down"],
            static (server, choice) => server.OnError = (OnError)choice,
            "what too many observed errors cause"),
        ServerRows.Row("error-limit", "<count>", ParseErrorLimit, "observed errors in a row before on-error"),
    ];

    private static KeywordRow<ServerContext> Check(string name, Action<CheckConfig> set, string doc) =>
        ServerRows.Flag(name, server => set(server.Check), doc);

    private static KeywordRow<ServerContext> Time(
        string name, Action<CheckConfig, int> set, string doc) =>
        ServerRows.Time(name, 1, (server, value) => set(server.Check, value), doc,
            isWarnedOfSmall: true);

    private static KeywordRow<ServerContext> Count(
        string name, Action<CheckConfig, int> set, string doc) =>
        ServerRows.Row(name, "<count>", (line, context) =>
        {
            if (TryPositive(line, out int value))
                set(context.Server.Check, value);
        }, doc);

    private static bool TryPositive(LineCursor line, out int value)
    {
        value = 0;
        if (!line.TryExpect("expects an integer argument.", out Word word)) return false;
        bool isGood = NumberText.TryParse(word.Text, out long wide) && wide is > 0 and <= int.MaxValue;
        value = (int)wide;
        if (!isGood) line.Reject(DiagnosticCodes.OutOfRange, word.Origin, $"'{line.Keyword}' has to be > 0.");
        return isGood;
    }

    private static void ParseErrorLimit(LineCursor line, ServerContext context)
    {
        if (TryPositive(line, out int value)) context.Server.ErrorLimit = value;
    }

    private static void ParseAddress(LineCursor line, ServerContext context)
    {
        if (!line.TryExpect("expects an address.", out Word word)) return;
        AddressConfig? address = AddressText.Parse(line, word.Text, word.Origin,
            AddressRules.StreamAllowed | AddressRules.UnixAllowed | AddressRules.HostNameAllowed,
            out string error, out bool isNotYet);
        if (address is null)
        {
            line.Reject(isNotYet ? DiagnosticCodes.NotImplemented : DiagnosticCodes.BadAddress, word.Origin,
                $"'addr' : {error}.");
            return;
        }
        int? port = address.PortKind == PortKind.Fixed ? address.PortLow : context.Server.Check.Port;
        context.Server.Check.Address = address;
        context.Server.Check.Port = port;
    }

    private static void ParseTrack(LineCursor line, ServerContext context)
    {
        if (!line.TryExpect("expects [<proxy>/]<server> as argument.", out Word word)) return;
        int slash = word.Text.IndexOf('/', StringComparison.Ordinal);
        string backend = slash < 0 ? "" : word.Text[..slash];
        context.Server.Track = new TrackConfig(backend, word.Text[(slash + 1)..], word.Origin);
    }
}
