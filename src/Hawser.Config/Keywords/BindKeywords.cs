using System;
using System.Collections.Generic;
using System.Linq;
using Hawser.Config.Diagnostics;
using Hawser.Config.Model;
using Hawser.Config.Syntax;

namespace Hawser.Config.Keywords;

/// <summary>Options of bind and stats socket lines that are implemented (manual, 5.1).</summary>
internal static class BindKeywords
{
    private const int MaxNice = 1024;
    private const int MaxShards = 1024;
    private const int MaxSegment = 65535;
    private const int MaxThread = 1024;

    public static IEnumerable<KeywordRow<BindContext>> Rows =>
    [
        BindRows.Text("name", "name", static (bind, value) => bind with { Name = value.Value },
            "name of the listener in statistics"),
        BindRows.Row("id", "<id>", ParseId, "number of the listener in statistics"),
        BindRows.Number("backlog", 0, int.MaxValue, static (bind, value) => bind with { Backlog = value },
            "length of the accept queue"),
        BindRows.Number("maxconn", 0, int.MaxValue, static (bind, value) => bind with { MaxConnections = value },
            "most concurrent connections of the listener"),
        BindRows.Flag("accept-proxy", static bind => bind with { AcceptProxy = true },
            "expect a PROXY header on each connection"),
        BindRows.Flag("defer-accept", static bind => bind with { DeferAccept = true }, "TCP_DEFER_ACCEPT"),
        BindRows.Flag("tfo", static bind => bind with { TcpFastOpen = true }, "TCP_FASTOPEN"),
        BindRows.Flag("transparent", static bind => bind with { IsTransparent = true }, "IP_TRANSPARENT"),
        BindRows.Flag("v4v6", static bind => bind with { IPv6Only = bind.IPv6Only ?? false }, "take IPv4 on an IPv6 socket too"),
        BindRows.Flag("v6only", static bind => bind with { IPv6Only = true }, "take IPv6 only on an IPv6 socket"),
        BindRows.Text("interface", "interface", static (bind, value) => bind with { Interface = value.Value },
            "SO_BINDTODEVICE"),
        BindRows.Row("mss", "<maxseg>", ParseSegment, "TCP_MAXSEG"),
        BindRows.Row("tcp-ut", "<delay>", ParseUserTimeout, "TCP_USER_TIMEOUT"),
        BindRows.Number("tcp-ss", 0, 2, static (bind, value) => bind with { SavedSyn = value },
            "TCP_SAVE_SYN: keep each connection's first packet"),
        BindRows.Text("cc", "algo", static (bind, value) => bind with { CongestionControl = value.Value },
            "TCP_CONGESTION"),
        BindRows.Number("nice", -MaxNice, MaxNice, static (bind, value) => bind with { Nice = value },
            "share of a busy loop that its connections get"),
        BindRows.Row("shards", "{ <number> | by-thread | by-group }", ParseShards, "sockets per address"),
        BindRows.Row("thread", "[<thread-group>/]<thread-set>[,...]", ParseThreads, "loops that accept"),
        BindRows.Row("mode", "<mode>", ParseMode, "permission bits of a unix socket"),
        BindRows.Text("user", "user", static (bind, value) => bind with { User = value }, "owner of a unix socket"),
        BindRows.Text("group", "group", static (bind, value) => bind with { Group = value }, "group of a unix socket"),
        BindRows.Number("uid", 0, int.MaxValue, static (bind, value) => bind with { UserId = value },
            "owner of a unix socket, by number"),
        BindRows.Number("gid", 0, int.MaxValue, static (bind, value) => bind with { GroupId = value },
            "group of a unix socket, by number"),
        BindRows.Row("level", "{ user | operator | admin }", ParseLevel, "rights on a stats socket"),
        BindRows.Row("expose-fd", "listeners", ParseExpose, "hand the listeners to a new process"),
        BindRows.Row("severity-output", "{ none | number | string }", ParseSeverity, "severity before CLI answers"),
        BindRows.Row("proto", "<name>", ParseProtocol, "protocol of the connections"),
        BindRows.Text("guid-prefix", "string", static (bind, value) => bind with { GuidPrefix = value },
            "start of the listeners' unique names"),
        BindRows.Text("label", "label", static (bind, value) => bind with { Label = value.Value },
            "free text that tools group sockets by"),
        new("process", "<set>", SectionSet.None, KeywordStatus.Removed, "") { Modern = "thread" },
    ];

    private static void ParseId(LineCursor line, BindContext context)
    {
        if (!line.TryExpect(": expects an integer argument", out Word word)) return;
        if (!NumberText.TryParse(word.Text, out long id))
        {
            line.Reject(DiagnosticCodes.BadNumber, word.Origin,
                $"'id' : expects an integer argument, found '{word.Text}'");
        }
        else if (id is <= 0 or > int.MaxValue)
            line.Reject(DiagnosticCodes.OutOfRange, word.Origin, "'id' : custom id has to be > 0");
        else if (!IsSingle(context.Bind))
        {
            line.Reject(DiagnosticCodes.Conflict, line.KeywordOrigin,
                "'id' can only be used with a single socket");
        }
        else context.Bind = context.Bind with { Id = new Located<int>((int)id, word.Origin) };
    }

    private static bool IsSingle(BindConfig bind) =>
        bind.Addresses is [var only] && (only.PortKind != PortKind.Range || only.PortLow == only.PortHigh);

    private static void ParseSegment(LineCursor line, BindContext context)
    {
        if (!line.TryExpect(": expects an MSS", out Word word)) return;
        bool isGood = NumberText.TryParse(word.Text, out long size) && Math.Abs(size) is >= 1 and <= MaxSegment;
        if (isGood) context.Bind = context.Bind with { MaxSegmentSize = (int)size };
        else
        {
            line.Reject(DiagnosticCodes.OutOfRange, word.Origin,
                $"'mss' : expects an MSS with and absolute value between 1 and {MaxSegment}");
        }
    }

    private static void ParseUserTimeout(LineCursor line, BindContext context)
    {
        if (line.TryTime(out int value)) context.Bind = context.Bind with { TcpUserTimeoutMs = value };
    }

    private static void ParseShards(LineCursor line, BindContext context)
    {
        if (line.TakeIf("by-thread")) context.Bind = context.Bind with { ShardsKind = ShardsKind.ByThread };
        else if (line.TakeIf("by-group")) context.Bind = context.Bind with { ShardsKind = ShardsKind.ByGroup };
        else if (line.TryInteger(1, MaxShards, out int shards))
            context.Bind = context.Bind with { ShardsKind = ShardsKind.Fixed, Shards = shards };
    }

    private static void ParseThreads(LineCursor line, BindContext context)
    {
        if (!line.TryExpect(": missing thread-set", out Word word)) return;
        if (ThreadSet.Parse(word.Text, out string wrong) is { } threads)
        {
            context.Bind = context.Bind with { Threads = threads };
            return;
        }
        line.Reject(DiagnosticCodes.OutOfRange, word.Origin,
            $"invalid thread number '{wrong}', permitted range is 1..{ThreadSet.MaxThreads}, or 'all', 'odd', 'even'.");
    }

    private static void ParseMode(LineCursor line, BindContext context)
    {
        if (!line.TryExpect(": missing or invalid mode '' (octal integer expected)", out Word word)) return;
        if (NumberText.TryParseOctal(word.Text, out int mode)) context.Bind = context.Bind with { Mode = mode };
        else
        {
            line.Reject(DiagnosticCodes.BadNumber, word.Origin,
                $"'mode' : missing or invalid mode '{word.Text}' (octal integer expected)");
        }
    }

    private static void ParseLevel(LineCursor line, BindContext context)
    {
        if (!line.TryChoice(["user", "operator", "admin"], out int choice)) return;
        CliLevel level = choice switch { 0 => CliLevel.User, 1 => CliLevel.Operator, _ => CliLevel.Admin };
        context.Bind = context.Bind with { Level = level };
    }

    private static void ParseExpose(LineCursor line, BindContext context)
    {
        if (line.TryChoice(["listeners"], out _)) context.Bind = context.Bind with { ExposeFdListeners = true };
    }

    private static void ParseSeverity(LineCursor line, BindContext context)
    {
        string[] choices = ["none", "number", "string"];
        if (line.TryChoice(choices, out int choice))
            context.Bind = context.Bind with { SeverityOutput = choices[choice] };
    }

    private static void ParseProtocol(LineCursor line, BindContext context)
    {
        if (ConnectionProtocols.TryTake(line, out ConnectionProtocol protocol)) context.Bind = context.Bind with { Protocol = protocol };
    }
}
