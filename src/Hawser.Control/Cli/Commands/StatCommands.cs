using System.Collections.Generic;
using Hawser.Config.Model;
using Hawser.Config.Syntax;
using Hawser.Control.Stats;

namespace Hawser.Control.Cli.Commands;

/// <summary>"show stat".</summary>
internal static class StatCommands
{
    public static IEnumerable<CommandRow> Rows =>
    [
        CommandRow.Long("show stat", "counters of each proxy and server", CliLevel.User, ShowStat,
            "[domain <proxy>] [desc|json|no-maint|typed|up]*"),
        CommandRow.Simple("show schema json", "what the output in JSON looks like", CliLevel.User, static call => JsonSchema.Write(call.Output)),
        CommandRow.Long("dump stats-file", "counters of all objects with a guid, to begin with after a restart", CliLevel.User, DumpFile, ""),
    ];

    private static IEnumerator<CliPause>? ShowStat(CliCall call)
    {
        int next = 0;
        if (call.Argument(0) == "domain")
        {
            if (call.Argument(1) == "resolvers")
            {
                call.Error("Resolvers are not implemented yet.");
                return null;
            }

            if (call.Argument(1) != "proxy")
            {
                call.Error("Invalid statistics domain.");
                return null;
            }

            next = 2;
        }

        StatFilter filter = StatFilter.Everything;
        if (call.Argument(next + 2).Length > 0 && !IsFormat(call.Argument(next)))
        {
            string proxy = call.Argument(next);
            if (!int.TryParse(proxy, out _) && Lookup.ProxyOf(call.Context.Model, proxy) is null)
            {
                call.Error("No such proxy.");
                return null;
            }

            filter = filter with
            {
                ProxyId = ProxyId(call.Context.Model, call.Argument(next)),
                Kinds = Number(call.Argument(next + 1)),
                ObjectId = Number(call.Argument(next + 2)),
            };
        }

        StatFormat format = StatFormat.Csv;
        bool isDescribed = false;
        foreach (string word in call.Arguments)
        {
            if (word == "typed")
                format = StatFormat.Typed;
            else if (word == "json")
                format = StatFormat.Json;
            isDescribed |= word == "desc";
            if (word == "up")
                filter = filter with { UpOnly = true };
            else if (word == "no-maint")
                filter = filter with { NoMaintenance = true };
        }

        return Print(call, filter, format, isDescribed);
    }

    private static IEnumerator<CliPause> DumpFile(CliCall call)
    {
        foreach (string line in StatsFile.Lines(call.Context.Set))
        {
            call.Output.WriteLine(line);
            yield return CliPause.Room;
        }
    }

    private enum StatFormat
    {
        Csv,
        Typed,
        Json,
    }

    private static bool IsFormat(string word) => word is "typed" or "json" or "desc" or "up" or "no-maint";

    /// <summary>A name, or a number; what is neither stands for all, as in HAProxy.</summary>
    private static int ProxyId(ConfigModel model, string word)
    {
        foreach (ProxyConfig proxy in model.Proxies)
        {
            if (proxy.Name == word)
                return proxy.Id;
        }

        return NumberText.TryParse(word, out long id) ? (int)id : StatFilter.All;
    }

    private static int Number(string word) => NumberText.TryParse(word, out long number) ? (int)number : 0;

    private static IEnumerator<CliPause> Print(CliCall call, StatFilter filter, StatFormat format, bool isDescribed)
    {
        StatsSnapshot snapshot = new(call.Context.Set, call.Loop);
        bool isFirst = true;
        if (format == StatFormat.Csv)
            CsvStats.WriteHead(call.Output);
        else if (format == StatFormat.Json)
            call.Output.Write((byte)'[');
        foreach (StatLine line in snapshot.Lines(filter))
        {
            if (format == StatFormat.Csv)
            {
                CsvStats.WriteLine(call.Output, line);
            }
            else if (format == StatFormat.Typed)
            {
                TypedStats.WriteLine(call.Output, line, isDescribed);
            }
            else
            {
                if (!isFirst)
                    call.Output.Write((byte)',');
                JsonStats.WriteLine(call.Output, line);
            }

            isFirst = false;
            yield return CliPause.Room;
        }

        if (format == StatFormat.Json)
            call.Output.Write("]\n"u8);
    }
}
