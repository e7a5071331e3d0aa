using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Hawser.Config.Diagnostics;
using Hawser.Config.Model;
using Hawser.Config.Syntax;

namespace Hawser.Config.Keywords;

/// <summary>What and where a proxy logs.</summary>
internal static class ProxyLogKeywords
{
    public static IEnumerable<KeywordRow<ProxyContext>> Rows =>
    [
        ProxyRows.Row("log", "global || <target> ... <facility> [<level> [<minlevel>]]", ProxyRows.Anywhere, ParseLog,
            "where the proxy logs", isNegatable: true),
        ProxyRows.Row("option tcplog", "[clf]", ProxyRows.DefaultsAndFront, ParseTcpLog,
            "log line with timers and termination state"),
        Format("option httplog", "[clf]", LogFormatKind.Http, LogFormatKind.HttpClf),
        Format("option httpslog", "", LogFormatKind.Https, LogFormatKind.Https),
        ProxyRows.Row("log-format", "<fmt>", ProxyRows.DefaultsAndFront, ParseFormat, "log line of one's own"),
        ProxyRows.Row("log-format-sd", "<fmt>", ProxyRows.DefaultsAndFront, static (line, context) =>
        {
            if (Take(line) is not { } format) return;
            if (context.Proxy.Logging.LogFormatSd is not null) WarnOfOverriding(line, context, "log-format-sd", "log-format-sd");
            Set(context, context.Proxy.Logging with { LogFormatSd = format });
        }, "structured data of RFC 5424 messages"),
        ProxyRows.Row("error-log-format", "<fmt>", ProxyRows.DefaultsAndFront, static (line, context) =>
        {
            if (Take(line) is not { } format) return;
            if (context.Proxy.Logging.ErrorLogFormat is not null) WarnOfOverriding(line, context, "error-log-format", "error-log-format");
            Set(context, context.Proxy.Logging with { ErrorLogFormat = format });
        }, "log line of connections that fail before a session"),
        ProxyRows.Row("log-steps", "[ all | <step>[,<step>]* ] ...", ProxyRows.DefaultsAndFront, ParseSteps, "when sessions are logged"),
        ProxyRows.Row("log-tag", "<string>", ProxyRows.Anywhere, static (line, context) =>
        {
            if (!line.TryExpect("expects a tag for use in syslog.", out Word tag)) return;
            line.SkipRest();
            Set(context, context.Proxy.Logging with { Tag = tag.Text });
        }, "program name in the header of messages"),
    ];

    /// <summary>Falls back to tcplog in tcp mode, see <see cref="LoggingConfig"/>.</summary>
    private static KeywordRow<ProxyContext> Format(string name, string usage, LogFormatKind kind, LogFormatKind common) =>
        ProxyRows.Row(name, usage, ProxyRows.DefaultsAndFront, (line, context) =>
            UseStandard(line, context, common != kind && line.TakeIf("clf") ? common : kind),
            "log line with the request; tcplog in tcp mode");

    private static void ParseLog(LineCursor line, ProxyContext context)
    {
        if (line.Negation != Negation.None)
        {
            if (line.HasMore)
            {
                line.Reject(DiagnosticCodes.UnexpectedArgument, line.Peek.Origin,
                    "log : 'no log' does not expect arguments");
                line.SkipRest();
            }
            else context.Logs.Clear();
            return;
        }
        bool isGlobal = line.Remaining == 1 && line.TakeIf("global");
        LogTargetConfig? target = isGlobal ? null : LogTargetParser.Parse(line, "or global");
        if (!isGlobal && target is null) line.SkipRest();
        else if (!isGlobal || !context.Logs.Exists(static log => log.Target is null))
            context.Logs.Add(new ProxyLogLine(target, line.KeywordOrigin));
    }

    private static void ParseTcpLog(LineCursor line, ProxyContext context)
    {
        LogFormatKind kind = LogFormatKind.Tcp;
        if (line.HasMore)
        {
            if (!line.TryChoice(["clf"], out _)) return;
            kind = LogFormatKind.TcpClf;
        }
        UseStandard(line, context, kind);
    }

    /// <summary>Without an argument: as if there was no such line.</summary>
    private static void ParseSteps(LineCursor line, ProxyContext context)
    {
        const string All = "all";
        ImmutableArray<string> steps = [];
        if (line.TryTake(out Word word))
        {
            steps = word.Text == All ? LogSteps.Names : [.. word.Text.Split(',')];
            line.SkipRest();
            if (steps.FirstOrDefault(static step => !LogSteps.Names.Contains(step)) is { } unknown)
            {
                line.Reject(DiagnosticCodes.BadChoice, word.Origin,
                    $"invalid log step name ({unknown}). Expected values are: {string.Join(", ", LogSteps.Names)}",
                    Suggestion.Hint(unknown, LogSteps.Names.Append(All)));
                return;
            }
        }
        Set(context, context.Proxy.Logging with { Steps = steps });
    }

    private static void ParseFormat(LineCursor line, ProxyContext context)
    {
        if (Take(line) is not { } format) return;
        WarnOfOverriding(line, context, LogFormatKind.Custom);
        Set(context, context.Proxy.Logging with { Format = LogFormatKind.Custom, LogFormat = format });
    }

    private static void UseStandard(LineCursor line, ProxyContext context, LogFormatKind kind)
    {
        WarnOfOverriding(line, context, kind);
        context.LogFormatOrigin = line.KeywordOrigin;
        Set(context, context.Proxy.Logging with { Format = kind, LogFormat = null });
    }

    private static void WarnOfOverriding(LineCursor line, ProxyContext context, LogFormatKind kind)
    {
        LogFormatKind before = context.Proxy.Logging.Format;
        if (before != LogFormatKind.Default) WarnOfOverriding(line, context, NameOf(kind), NameOf(before));
    }

    /// <summary>In defaults, where a format is easily lost among many lines; what a proxy says of itself is meant.</summary>
    private static void WarnOfOverriding(LineCursor line, ProxyContext context, string name, string before)
    {
        if (context.Section == SectionSet.Defaults)
        {
            line.Warn(DiagnosticCodes.WithoutEffect, line.KeywordOrigin,
                $"'{name}' overrides previous '{before}' in 'defaults' section.");
        }
    }

    private static string NameOf(LogFormatKind kind) => kind switch
    {
        LogFormatKind.Tcp => "option tcplog",
        LogFormatKind.TcpClf => "option tcplog clf",
        LogFormatKind.Http => "option httplog",
        LogFormatKind.HttpClf => "option httplog clf",
        LogFormatKind.Https => "option httpslog",
        _ => "log-format",
    };

    public static Located<string>? Take(LineCursor line)
    {
        if (!line.TryExpect("expects an argument.", out Word format)) return null;
        if (!line.HasMore) return new Located<string>(format.Text, format.Origin);
        line.Reject(DiagnosticCodes.UnexpectedArgument, line.Peek.Origin,
            $"'{line.Keyword}' expects only one argument, don't forget to escape spaces!");
        line.SkipRest();
        return null;
    }

    private static void Set(ProxyContext context, LoggingConfig logging) =>
        context.Proxy = context.Proxy with { Logging = logging };
}
