using System;
using Hawser.Config.Model;
using Hawser.Config.Syntax;
using Hawser.Expressions.Compilation;
using Hawser.Expressions.Samples;
using Hawser.Proxy.Accounting;
using Hawser.Proxy.Logging;
using Hawser.Proxy.Streams;
using Hawser.Proxy.Streams.Rules;

namespace Hawser.Proxy.Actions;

/// <summary>Actions that change how a session is treated: its log, its retries, its turn.</summary>
internal static class StreamActions
{
    private static readonly string[] s_levels =
        ["emerg", "alert", "crit", "err", "warning", "notice", "info", "debug"];

    public static ActionRow[] Rows { get; } =
    [
        new("set-log-level", "set-log-level <level>", RuleSets.Content | RuleSets.HttpRules, ParseLevel, "the level of its log line, or silent"),
        new("set-nice", "set-nice <nice>", RuleSets.Content | RuleSets.HttpMessages, ParseNice, "its share of a busy loop"),
        Priority("set-priority-class", 2047, static (session, value) => session.PriorityClass = value, "its class in queues: the lower one is served first"),
        Priority("set-priority-offset", 524287, static (session, value) => session.PriorityOffset = value, "milliseconds that its turn in queues comes later, or earlier"),
        new("set-retries", "set-retries <int> | <expr>", RuleSets.AnyRequest, ParseRetries, "retries of a failed connection"),
        new("switch-mode", "switch-mode http [ proto <name> ]", RuleSets.RequestContent, ParseSwitch, "the connection goes on in mode http"),
        new("do-log", "do-log [profile <log_profile>]", RuleSets.All | RuleSets.HttpRules, ParseLog, "a log line now"),
    ];

    private static SessionAction? ParseLevel(ActionReader reader)
    {
        int level = -1;
        bool isSilent = false;
        if (reader.TryTake(out Word word))
        {
            isSilent = word.Text == "silent";
            level = Array.IndexOf(s_levels, word.Text);
        }

        if (isSilent) return new SetLevel(Session.Silent);
        if (level >= 0) return new SetLevel(level);
        reader.Fail(word.Origin, "expects exactly 1 argument (log level name or 'silent')");
        return null;
    }

    /// <summary>As HAProxy reads it: a text that is no number is 0, and what is too much is the most there is.</summary>
    private static SessionAction? ParseNice(ActionReader reader)
    {
        const int MostNice = 1024;
        if (!reader.TryTake(out Word word))
        {
            reader.Fail(word.Origin, "expects exactly 1 argument (integer value)");
            return null;
        }

        _ = SampleCasts.TryParseInteger(System.Text.Encoding.UTF8.GetBytes(word.Text), out long nice);
        return new SetNice(TurnShare.ReadsFor((int)Math.Clamp(nice, -MostNice, MostNice)));
    }

    private static ActionRow Priority(string name, int limit, Action<Session, int> set, string description) =>
        new(name, $"{name} <expr>", RuleSets.AnyRequest,
            reader => reader.Expression(SampleType.Integer) is { } expression ? new SetPriority(expression, limit, set) : null,
            description);

    private const int MostRetries = 100;

    private static SessionAction? ParseRetries(ActionReader reader)
    {
        if (!reader.Proxy.HasBackend)
        {
            reader.Fail(reader.Origin, $"{reader.Subject} : 'set-retries' only available in backend or listen section.");
            return null;
        }

        Word first = reader.Peek;
        if (reader.TryNumber(out long count))
        {
            if (count is >= 0 and <= MostRetries) return new SetRetries(null, count);
            reader.Fail(first.Origin, $"expects an expression or an integer between 1 and {MostRetries}");
            return null;
        }

        return reader.Expression(SampleType.Integer) is { } expression ? new SetRetries(expression, 0) : null;
    }

    private static SessionAction? ParseSwitch(ActionReader reader)
    {
        if (!reader.TryTakeIf("http"))
        {
            Word word = reader.Peek;
            reader.Fail(word.Origin, "expects 'http' as argument");
            return null;
        }

        if (!reader.Proxy.HasFrontend && reader.Proxy.Kind != ProxyKind.Defaults)
        {
            reader.Fail(reader.Origin, $"'tcp-request switch-mode' not allowed because backend '{reader.Proxy.Name}' has no frontend capability");
            return null;
        }

        if (!reader.TryTakeIf("proto")) return new SwitchMode();
        if (reader.TryTake(out Word name) && name.Text is "h1") return new SwitchMode();
        reader.Fail(name.Origin, name.Text is "h2"
            ? $"{reader.Subject} : 'proto h2' is not implemented yet."
            : $"{reader.Subject} : unknown MUX protocol '{name.Text}'");
        return null;
    }

    private static SessionAction? ParseLog(ActionReader reader)
    {
        LogOrigin origin = reader.Set switch
        {
            RuleSets.Connection => LogOrigin.TcpRequestConnection,
            RuleSets.Session => LogOrigin.TcpRequestSession,
            RuleSets.RequestContent => LogOrigin.TcpRequestContent,
            RuleSets.ResponseContent => LogOrigin.TcpResponseContent,
            RuleSets.HttpResponse => LogOrigin.HttpResponse,
            RuleSets.HttpAfterResponse => LogOrigin.HttpAfterResponse,
            _ => LogOrigin.HttpRequest,
        };
        if (!reader.TryTakeIf("profile")) return new Log(origin, null);
        if (!reader.TryTake(out Word name))
        {
            reader.Fail(name.Origin, "action 'do-log': 'profile' expects argument.");
            return null;
        }

        if (reader.Context.Names.FindLogProfile(name.Text) is LogProfile profile) return new Log(origin, profile);
        reader.Fail(name.Origin, $"Proxy '{reader.Proxy.Name}': do-log action: profile '{name.Text}' is invalid.");
        return null;
    }

    private sealed class SwitchMode : SessionAction
    {
        public override RuleVerdict Run(Session session, SessionLogSource source) =>
            session.IsHttp ? RuleVerdict.None : RuleVerdict.SwitchMode;
    }

    private sealed class SetLevel(int level) : SessionAction
    {
        public override RuleVerdict Run(Session session, SessionLogSource source)
        {
            session.LogLevel = level;
            return RuleVerdict.None;
        }
    }

    private sealed class SetNice(int readsPerTurn) : SessionAction
    {
        public override RuleVerdict Run(Session session, SessionLogSource source)
        {
            session.ReadsPerTurn = readsPerTurn;
            return RuleVerdict.None;
        }
    }

    private sealed class SetPriority(SampleExpression expression, int limit, Action<Session, int> set) : SessionAction
    {
        public override RuleVerdict Run(Session session, SessionLogSource source)
        {
            Sample sample = default;
            if (expression.TryEvaluate(source, SampleType.Integer, ref sample))
                set(session, (int)Math.Clamp(sample.Integer, -limit, limit));
            return RuleVerdict.None;
        }
    }

    private sealed class SetRetries(SampleExpression? expression, long count) : SessionAction
    {
        public override RuleVerdict Run(Session session, SessionLogSource source)
        {
            long value = count;
            if (expression is not null)
            {
                Sample sample = default;
                if (!expression.TryEvaluate(source, SampleType.Integer, ref sample)) return RuleVerdict.None;
                value = sample.Integer;
            }

            session.RetriesSaid = (int)Math.Clamp(value, 0, 100);
            if (session.Backend is not null) session.RetriesLeft = session.RetriesSaid;
            return RuleVerdict.None;
        }
    }

    private sealed class Log(LogOrigin origin, LogProfile? profile) : SessionAction
    {
        public override RuleVerdict Run(Session session, SessionLogSource source)
        {
            SessionLogRecord record = source.Record;
            record.Origin = origin;
            record.IsLogAsap = session.Frontend.Logging.MarksUnfinished;
            // What is no stream yet is shown as one that was refused.
            if (origin is LogOrigin.TcpRequestConnection or LogOrigin.TcpRequestSession)
            {
                record.TerminationCause = (byte)TerminationCause.Proxy;
                record.TerminationPhase = (byte)TerminationPhase.Request;
            }

            // What earlier rules of this set have said counts already; of the response nothing has gone out yet.
            record.IsSilent = session.LogLevel == Session.Silent;
            if (session.LogLevel is >= 0 and var level) record.Level = (SyslogLevel)level;
            if (session.Http is { IsResponseHeadSent: false }) record.ResponseBytesIn = 0;
            session.Home.Logger.LogByRule(session.Frontend.Logging, record, profile);
            return RuleVerdict.None;
        }
    }
}
