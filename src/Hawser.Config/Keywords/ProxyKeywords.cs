using System;
using System.Collections.Generic;
using Hawser.Config.Diagnostics;
using Hawser.Config.Model;
using Hawser.Config.Syntax;

namespace Hawser.Config.Keywords;

/// <summary>Proxy keywords that belong to no larger family.</summary>
internal static class ProxyKeywords
{
    private const string SampleStart = "%[";

    /// <summary>In the order of <see cref="ProxyMode"/>.</summary>
    private static readonly string[] Modes = ["tcp", "health", "http", "log", "spop"];

    public static IEnumerable<KeywordRow<ProxyContext>> Rows =>
    [
        ProxyRows.Row("mode", "{ tcp | http | health | log | spop }", ProxyRows.Anywhere, ParseMode,
            "protocol of the proxy"),
        ProxyRows.Row("bind", "<address>[,...] [<option>...]", SectionSet.Front, ParseBind, "where clients connect"),
        ProxyRows.Row("disabled", "", ProxyRows.Anywhere,
            static (_, context) => context.Proxy = context.Proxy with { IsDisabled = true }, "do not start the proxy"),
        ProxyRows.Row("enabled", "", ProxyRows.Anywhere,
            static (_, context) => context.Proxy = context.Proxy with { IsDisabled = false }, "undoes disabled"),
        ProxyRows.Row("be-unpublished", "...", SectionSet.Back,
            static (_, context) => context.Proxy = context.Proxy with { IsUnpublished = true },
            "switching rules pass over the backend until it is published") with { IsErrorElsewhere = true },
        ProxyRows.Row("id", "<value>", SectionSet.Proxies, ParseId, "number of the proxy in statistics"),
        ProxyRows.Row("guid", "<text> ...", SectionSet.Proxies, ParseGuid, "name that is unique in the process"),
        ProxyRows.Row("description", "<text>", SectionSet.Proxies, ParseDescription, "text shown in statistics"),
        ProxyRows.Number("maxconn", "<conns>", ProxyRows.DefaultsAndFront, 0,
            static (proxy, value) => proxy with { MaxConnections = value == 0 ? null : value },
            "most concurrent connections of the frontend"),
        ProxyRows.Number("backlog", "<conns>", ProxyRows.DefaultsAndFront, 0,
            static (proxy, value) => proxy with { Backlog = value == 0 ? null : value }, "length of the accept queue"),
        ProxyRows.Number("fullconn", "<conns>", ProxyRows.DefaultsAndBack, 0,
            static (proxy, value) => proxy with { FullConnections = value == 0 ? null : value },
            "load at which servers reach their maxconn"),
        ProxyRows.Number("rate-limit sessions", "<rate> ...", ProxyRows.DefaultsAndFront, 0,
            static (proxy, value) => proxy with { RateLimitSessions = value }, "most new sessions per second"),
        ProxyRows.Number("retries", "<value>", ProxyRows.DefaultsAndBack, 0,
            static (proxy, value) => proxy with { Retries = value }, "attempts after a failed connection"),
        ProxyRows.Row("default_backend", "<backend>", ProxyRows.DefaultsAndFront, ParseDefaultBackend,
            "backend when no rule applies"),
        ProxyRows.Row("source", "<addr>[:<port>] [usesrc ...] [interface <name>]", ProxyRows.DefaultsAndBack,
            ParseSource, "address that connections to servers come from"),
        ProxyRows.Row("dispatch", "<addr>:<port>", SectionSet.Back, ParseDispatch,
            "1.0 to 3.4: where sessions go that have no server"),
        ProxyRows.Row("grace", "<time>", ProxyRows.DefaultsAndFront, ParseGrace,
            "1.0 to 2.4: how long the listeners outlive a soft stop"),
        ProxyRows.Row("load-server-state-from-file", "{ global | local | none }", ProxyRows.DefaultsAndBack,
            ParseStateSource, "take server states from a file"),
        ProxyRows.Row("server-state-file-name", "[ { use-backend-name | <file> } ]", ProxyRows.DefaultsAndBack,
            ParseStateFile, "the backend's own state file"),
    ];

    private static void ParseMode(LineCursor line, ProxyContext context)
    {
        if (!line.TryExpect("expects a mode.", out Word word)) return;
        int mode = Array.IndexOf(Modes, word.Text);
        if (mode < 0)
        {
            line.Reject(DiagnosticCodes.BadChoice, word.Origin, $"unknown proxy mode '{word.Text}'.",
                Suggestion.Hint(word.Text, Modes));
            return;
        }
        ProxyMode value = (ProxyMode)mode;
        if (value == ProxyMode.Health)
        {
            line.Note(DiagnosticCodes.Legacy, word.Origin, "'mode health' is gone since HAProxy 2.3.",
                "today: 'mode http' with 'http-request return status 200'");
        }
        context.Proxy = context.Proxy with { Mode = value, HasOwnMode = true };
        context.ModeOrigin = word.Origin;
    }

    private static void ParseBind(LineCursor line, ProxyContext context)
    {
        const string Missing = "expects {<path>|[addr1]:port1[-end1]}{,[addr]:port[-end]}... as arguments.";
        BindConfig? bind = BindLineParser.Parse(line, Missing, context.SectionName);
        if (bind is not null) context.Binds.Add(bind);
    }

    private static void ParseId(LineCursor line, ProxyContext context)
    {
        if (!line.TryExpect("expects an integer argument.", out Word word)) return;
        if (NumberText.TryParse(word.Text, out long id) && id is > 0 and <= int.MaxValue)
            context.Proxy = context.Proxy with { ExplicitId = new Located<int>((int)id, word.Origin) };
        else line.Reject(DiagnosticCodes.OutOfRange, word.Origin, "custom id has to be > 0.");
    }

    private static void ParseGuid(LineCursor line, ProxyContext context)
    {
        if (!line.TryExpect(": expects an argument", out Word word)) return;
        if (NameText.GuidProblem(word.Text) is { } problem) line.Reject(DiagnosticCodes.BadName, word.Origin, $"'guid': {problem}");
        else context.Proxy = context.Proxy with { Guid = new Located<string>(word.Text, word.Origin) };
    }

    private static void ParseDescription(LineCursor line, ProxyContext context)
    {
        if (!line.HasMore) line.RejectKeyword(DiagnosticCodes.MissingArgument, "expects a string argument.");
        else context.Proxy = context.Proxy with { Description = line.TakeRest() };
    }

    private static void ParseDefaultBackend(LineCursor line, ProxyContext context)
    {
        if (!line.TryExpect("expects a backend name.", out Word word) || IsComputed(line, word)) return;
        context.Proxy = context.Proxy with { DefaultBackend = new Located<string>(word.Text, word.Origin) };
    }

    private static bool IsComputed(LineCursor line, Word word)
    {
        if (!word.Text.Contains(SampleStart, StringComparison.Ordinal)) return false;
        line.Reject(DiagnosticCodes.NotImplemented, word.Origin,
            $"computed names after '{line.Keyword}' are not implemented yet.");
        line.SkipRest();
        return true;
    }

    private static void ParseSource(LineCursor line, ProxyContext context)
    {
        SourceConfig? source = SourceParser.Parse(line, allowsPortRange: false);
        if (source is null)
        {
            line.SkipRest();
            return;
        }
        if (line.HasMore)
        {
            line.Reject(DiagnosticCodes.UnexpectedArgument, line.Peek.Origin,
                "'source' only supports optional keywords 'interface' and 'usesrc'.");
            line.SkipRest();
        }
        else context.Proxy = context.Proxy with { Source = source };
    }

    private static void ParseDispatch(LineCursor line, ProxyContext context)
    {
        if (!line.TryExpect("expects <addr>:<port> as argument.", out Word word)) return;
        AddressConfig? address = AddressText.Parse(line, word.Text, word.Origin,
            AddressRules.StreamAllowed | AddressRules.PortRequired | AddressRules.PortNotZero
            | AddressRules.HostNameAllowed | AddressRules.UnixAllowed, out string error, out bool isNotYet);
        if (address is null)
        {
            line.Reject(isNotYet ? DiagnosticCodes.NotImplemented : DiagnosticCodes.BadAddress, word.Origin,
                $"'dispatch' : {error}");
            return;
        }
        line.Note(DiagnosticCodes.Legacy, line.KeywordOrigin, "'dispatch' is gone since HAProxy 3.5.",
            $"write 'server dispatch {word.Text}', and give other servers a weight of zero if there are any");
        context.Proxy = context.Proxy with { Dispatch = address };
    }

    private static void ParseGrace(LineCursor line, ProxyContext context)
    {
        if (!line.TryTime(out int value)) return;
        line.Note(DiagnosticCodes.Legacy, line.KeywordOrigin, "'grace' in a proxy is gone since HAProxy 2.5.",
            "write 'grace' in the global section");
        context.Proxy = context.Proxy with { GraceMs = value };
    }

    private static void ParseStateSource(LineCursor line, ProxyContext context)
    {
        if (!line.TryChoice(["global", "local", "none"], out int choice)) return;
        context.Proxy = context.Proxy with
        {
            ServerStates = choice switch
            {
                0 => ServerStateSource.Global,
                1 => ServerStateSource.Local,
                _ => ServerStateSource.None,
            },
        };
    }

    private static void ParseStateFile(LineCursor line, ProxyContext context)
    {
        string? name = line.TryTake(out Word word) && word.Text != "use-backend-name" ? word.Text : null;
        context.Proxy = context.Proxy with { ServerStateFileName = name };
    }
}
