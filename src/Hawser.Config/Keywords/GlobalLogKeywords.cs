using System.Collections.Generic;
using Hawser.Config.Diagnostics;
using Hawser.Config.Model;
using Hawser.Config.Syntax;

namespace Hawser.Config.Keywords;

/// <summary>Global keywords about logs.</summary>
internal static class GlobalLogKeywords
{
    public static IEnumerable<KeywordRow<GlobalContext>> Rows =>
    [
        GlobalRows.Row("log",
            "<target> [len <length>] [format <format>] [sample <ranges>:<size>] <facility> [<level> [<minlevel>]]",
            ParseLog, "where the process logs, and the proxies that say 'log global'", isNegatable: true),
        GlobalRows.Text("log-tag", "<string>", "expects a tag for use in syslog.",
            static (config, value) => config with { LogTag = value.Value }, "program name in the header of messages"),
        GlobalRows.Row("log-send-hostname", "[<string>]", ParseHostname, "host name in the header of messages"),
    ];

    private static void ParseLog(LineCursor line, GlobalContext context)
    {
        if (line.Negation != Negation.None)
        {
            if (line.HasMore)
            {
                line.Reject(DiagnosticCodes.UnexpectedArgument, line.Peek.Origin,
                    "log : 'no log' does not expect arguments");
                line.SkipRest();
            }
            else context.Config = context.Config with { LogTargets = [] };
            return;
        }
        if (line.HasMore && line.Peek.Text == "global")
        {
            line.Reject(DiagnosticCodes.BadChoice, line.Peek.Origin,
                "log : 'global' is not supported for a global syslog server");
            line.SkipRest();
            return;
        }
        LogTargetConfig? target = LogTargetParser.Parse(line, "");
        if (target is null) line.SkipRest();
        else context.Config = context.Config with { LogTargets = context.Config.LogTargets.Add(target) };
    }

    private static void ParseHostname(LineCursor line, GlobalContext context)
    {
        string name = line.TryTake(out Word word) ? word.Text : "";
        if (!GlobalRows.IsRepeated(line, context, Severity.Notice))
            context.Config = context.Config with { LogSendHostname = name };
    }
}
