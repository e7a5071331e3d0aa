using System;
using System.Collections.Generic;
using Hawser.Config.Model;
using Hawser.Config.Syntax;

namespace Hawser.Config.Keywords;

/// <summary>The <c>option</c> lines that are implemented, and the keep-alive timers beside them.</summary>
internal static class ProxyOptionKeywords
{
    private const long SecondUs = 1_000_000;

    public static IEnumerable<KeywordRow<ProxyContext>> Rows =>
    [
        Option("abortonclose", ProxyRows.Anywhere, static (options, on) => options with { AbortOnClose = on },
            "drop queued sessions whose client has left"),
        Option("allbackups", ProxyRows.DefaultsAndBack, static (options, on) => options with { AllBackups = on },
            "use all backup servers at once"),
        Option("persist", ProxyRows.DefaultsAndBack, static (options, on) => options with { Persist = on },
            "keep to a server that is down"),
        Option("nolinger", ProxyRows.Anywhere, static (options, on) => options with { NoLinger = on },
            "reset instead of closing"),
        Option("independent-streams", ProxyRows.Anywhere,
            static (options, on) => options with { IndependentStreams = on },
            "written data does not refresh the read timeout"),
        Option("splice-auto", ProxyRows.Anywhere, static (options, on) => options with { SpliceAuto = on },
            "forward inside the kernel when it pays"),
        Option("splice-request", ProxyRows.Anywhere, static (options, on) => options with { SpliceRequest = on },
            "forward requests inside the kernel"),
        Option("splice-response", ProxyRows.Anywhere, static (options, on) => options with { SpliceResponse = on },
            "forward responses inside the kernel"),
        Option("tcp-smart-accept", ProxyRows.DefaultsAndFront,
            static (options, on) => options with { TcpSmartAccept = on }, "save the ACK after the accept"),
        Option("tcp-smart-connect", ProxyRows.DefaultsAndBack,
            static (options, on) => options with { TcpSmartConnect = on }, "save the ACK after the connect"),
        Option("contstats", ProxyRows.DefaultsAndFront,
            static (options, on) => options with { ContinuousStatistics = on },
            "count bytes while they flow"),
        Option("socket-stats", ProxyRows.DefaultsAndFront,
            static (options, on) => options with { SocketStatistics = on }, "statistics per listener"),
        Option("log-health-checks", ProxyRows.DefaultsAndBack,
            static (options, on) => options with { LogHealthChecks = on }, "log each change of a check"),
        Option("tcp-check", ProxyRows.DefaultsAndBack, static (options, on) => options with { TcpCheck = on },
            "check by connecting", isNegatable: false),
        Log("dontlognull", static (logging, on) => logging with { DontLogNull = on },
            "no log line for a connection without data"),
        Log("dontlog-normal", static (logging, on) => logging with { DontLogNormal = on },
            "no log line for a session without error"),
        Log("logasap", static (logging, on) => logging with { LogAsap = on }, "log before the end of the session"),
        Log("log-separate-errors", static (logging, on) => logging with { SeparateErrors = on },
            "log errors at level err"),
        ProxyRows.Option("tcpka", ProxyRows.Anywhere, static (proxy, on) => proxy with
        {
            ClientKeepAlive = proxy.ClientKeepAlive with { IsEnabled = on },
            ServerKeepAlive = proxy.ServerKeepAlive with { IsEnabled = on },
        }, "TCP keep-alive on both sides", isNegatable: false),
        ProxyRows.Option("clitcpka", ProxyRows.DefaultsAndFront,
            static (proxy, on) => proxy with { ClientKeepAlive = proxy.ClientKeepAlive with { IsEnabled = on } },
            "TCP keep-alive towards clients"),
        ProxyRows.Option("srvtcpka", ProxyRows.DefaultsAndBack,
            static (proxy, on) => proxy with { ServerKeepAlive = proxy.ServerKeepAlive with { IsEnabled = on } },
            "TCP keep-alive towards servers"),
        ClientCount("clitcpka-cnt", static (keepAlive, value) => keepAlive with { Count = value }),
        ClientTime("clitcpka-idle", static (keepAlive, value) => keepAlive with { IdleSeconds = value }),
        ClientTime("clitcpka-intvl", static (keepAlive, value) => keepAlive with { IntervalSeconds = value }),
        ServerCount("srvtcpka-cnt", static (keepAlive, value) => keepAlive with { Count = value }),
        ServerTime("srvtcpka-idle", static (keepAlive, value) => keepAlive with { IdleSeconds = value }),
        ServerTime("srvtcpka-intvl", static (keepAlive, value) => keepAlive with { IntervalSeconds = value }),
        ProxyRows.Row("option redispatch", "[<interval>] ...", ProxyRows.DefaultsAndBack, ParseRedispatch,
            "try another server after a failed connection", isNegatable: true),
        LegacyRedispatch("redispatch"),
        LegacyRedispatch("redisp"),
    ];

    private static KeywordRow<ProxyContext> Option(
        string name, SectionSet sections, Func<ProxyOptions, bool, ProxyOptions> set, string doc,
        bool isNegatable = true) =>
        ProxyRows.Option(name, sections, (proxy, on) => proxy with { Options = set(proxy.Options, on) }, doc,
            isNegatable);

    private static KeywordRow<ProxyContext> Log(
        string name, Func<LoggingConfig, bool, LoggingConfig> set, string doc) =>
        ProxyRows.Option(name, ProxyRows.DefaultsAndFront,
            (proxy, on) => proxy with { Logging = set(proxy.Logging, on) }, doc);

    private static KeywordRow<ProxyContext> ClientCount(
        string name, Func<TcpKeepAliveConfig, int, TcpKeepAliveConfig> set) =>
        ProxyRows.Number(name, "<count> ...", ProxyRows.DefaultsAndFront, 0,
            (proxy, value) => proxy with { ClientKeepAlive = set(proxy.ClientKeepAlive, value) },
            "keep-alive probes before the client counts as gone");

    private static KeywordRow<ProxyContext> ServerCount(
        string name, Func<TcpKeepAliveConfig, int, TcpKeepAliveConfig> set) =>
        ProxyRows.Number(name, "<count> ...", ProxyRows.DefaultsAndBack, 0,
            (proxy, value) => proxy with { ServerKeepAlive = set(proxy.ServerKeepAlive, value) },
            "keep-alive probes before the server counts as gone");

    private static KeywordRow<ProxyContext> ClientTime(
        string name, Func<TcpKeepAliveConfig, int, TcpKeepAliveConfig> set) =>
        ProxyRows.Row(name, "<timeout> ...", ProxyRows.DefaultsAndFront, (line, context) =>
        {
            if (!TrySeconds(line, out int value)) return;
            context.Proxy = context.Proxy with { ClientKeepAlive = set(context.Proxy.ClientKeepAlive, value) };
        }, "keep-alive timer towards clients; plain numbers are seconds");

    private static KeywordRow<ProxyContext> ServerTime(
        string name, Func<TcpKeepAliveConfig, int, TcpKeepAliveConfig> set) =>
        ProxyRows.Row(name, "<timeout> ...", ProxyRows.DefaultsAndBack, (line, context) =>
        {
            if (!TrySeconds(line, out int value)) return;
            context.Proxy = context.Proxy with { ServerKeepAlive = set(context.Proxy.ServerKeepAlive, value) };
        }, "keep-alive timer towards servers; plain numbers are seconds");

    private static bool TrySeconds(LineCursor line, out int seconds)
    {
        const int MillisecondsPerSecond = 1000;
        bool isGood = line.TryTime(SecondUs, out int milliseconds);
        seconds = (int)(((long)milliseconds + MillisecondsPerSecond - 1) / MillisecondsPerSecond);
        return isGood;
    }

    private static void ParseRedispatch(LineCursor line, ProxyContext context)
    {
        const int LastRetry = -1;
        int interval = line.Negation == Negation.None ? LastRetry : 0;
        if (line.Negation == Negation.None && line.HasMore
            && !line.TryInteger(int.MinValue, int.MaxValue, out interval)) return;
        context.Proxy = context.Proxy with { RedispatchInterval = interval };
    }

    private static KeywordRow<ProxyContext> LegacyRedispatch(string name) =>
        ProxyRows.Row(name, "", ProxyRows.DefaultsAndBack, (line, context) =>
        {
            line.Note(Diagnostics.DiagnosticCodes.Legacy, line.KeywordOrigin,
                $"'{name}' is an older spelling of 'option redispatch'.", "write 'option redispatch'");
            ParseRedispatch(line, context);
        }, "1.0 to 2.0: option redispatch") with { Modern = "option redispatch" };
}
