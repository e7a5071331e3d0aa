using System.Collections.Generic;
using Hawser.Config.Diagnostics;
using Hawser.Config.Model;
using Hawser.Config.Syntax;

namespace Hawser.Config.Keywords;

/// <summary>The runtime sockets of the global section (manual, 3.1 "stats").</summary>
internal static class StatsKeywords
{
    public static IEnumerable<KeywordRow<GlobalContext>> Rows =>
    [
        GlobalRows.Row("stats socket", "[<address:port>|<path>] [<option>...]", ParseSocket, "socket of the CLI"),
        GlobalRows.Time("stats timeout", 1, int.MaxValue,
            static (config, value) => config with { Stats = config.Stats with { TimeoutMs = value } },
            "idle limit of a CLI connection"),
        GlobalRows.Row("stats maxconn", "<connections>", ParseMaxConnections, "most CLI connections"),
        GlobalRows.Row("stats-file", "<path>", ParseFile, "what counters begin with"),
        GlobalRows.Text("server-state-base", "<directory> ...", "expects one argument: a directory path.",
            static (config, value) => config with { ServerStateBase = value.Value }, "where relative names of state files start", isOnceOnly: true),
        GlobalRows.Text("server-state-file", "<file> ...", "expect one argument: a file path.",
            static (config, value) => config with { ServerStateFile = value.Value }, "what the states of servers begin with", isOnceOnly: true),
        new("stats bind-process", "", SectionSet.Global, KeywordStatus.Removed, "") { Modern = "thread (bind option)" },
    ];

    private static void ParseSocket(LineCursor line, GlobalContext context)
    {
        const string Missing = "in global section expects an address or a path to a UNIX socket";
        BindConfig? socket = BindLineParser.Parse(line, Missing, "");
        if (socket is null) return;
        StatsConfig stats = context.Config.Stats;
        context.Config = context.Config with { Stats = stats with { Sockets = stats.Sockets.Add(socket) } };
    }

    private static void ParseFile(LineCursor line, GlobalContext context)
    {
        if (!line.TryExpect("expects a file name as an argument.", out Word word)) return;
        context.Config = context.Config with
        {
            Stats = context.Config.Stats with { File = new Located<string>(word.Text, word.Origin) },
        };
        // HAProxy says so and goes on.
        if (context.Files.Read(word) is null)
            line.Warn(DiagnosticCodes.UnreadableFile, word.Origin, $"Can't load stats-file '{word.Text}': cannot open file.");
    }

    private static void ParseMaxConnections(LineCursor line, GlobalContext context)
    {
        if (!line.TryExpect("expects a positive value", out Word word)) return;
        if (NumberText.TryParse(word.Text, out long value) && value is > 0 and <= int.MaxValue)
        {
            context.Config = context.Config with
            {
                Stats = context.Config.Stats with { MaxConnections = (int)value },
            };
        }
        else line.Reject(DiagnosticCodes.OutOfRange, word.Origin, $"'{line.Keyword}' expects a positive value");
    }
}
