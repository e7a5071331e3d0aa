using Hawser.Base.Time;
using Hawser.Config.Syntax;
using Hawser.Expressions.Compilation;
using Hawser.Expressions.Samples;
using Hawser.Proxy.Logging;
using Hawser.Proxy.Streams;
using Hawser.Proxy.Streams.Http;
using Hawser.Proxy.Streams.Rules;

namespace Hawser.Proxy.Actions;

/// <summary>Actions that let a message wait: for its body, or for a time.</summary>
internal static class WaitActions
{
    public static ActionRow[] Rows { get; } =
    [
        new("wait-for-body", "wait-for-body time <time> [ at-least <bytes> ]", RuleSets.HttpRequest | RuleSets.HttpResponse, ParseBody,
            "waits for the body, or what of it fits into a buffer"),
        new("pause", "pause { <timeout> | <expr> }", RuleSets.HttpRequest | RuleSets.HttpResponse, ParsePause, "waits"),
        new("wait-for-handshake", "wait-for-handshake", RuleSets.HttpRequest, null, "waits for the end of a TLS handshake"),
    ];

    private static SessionAction? ParseBody(ActionReader reader)
    {
        int waitMs = -1;
        long bytes = 0;
        while (reader.TryTake(out Word word))
        {
            Word value = reader.Peek;
            switch (word.Text)
            {
                case "time" when reader.TryTime(out waitMs):
                    break;
                case "at-least" when SizeText.TryParse(value.Text, out bytes, out _) == ValueError.None:
                    reader.TryTake(out _);
                    break;
                case "use-large-buffer":
                    reader.Fail(word.Origin, $"{reader.Subject} : 'use-large-buffer' is not implemented yet.");
                    return null;
                default:
                    reader.Fail(word.Origin, $"{reader.Subject} : expects 'time <time> [ at-least <bytes> ]' (got '{word.Text} {value.Text}')");
                    return null;
            }
        }

        if (waitMs >= 0) return new WaitForBody(waitMs, bytes);
        reader.Fail(reader.Peek.Origin, $"{reader.Subject} : missing 'time' argument");
        return null;
    }

    private static SessionAction? ParsePause(ActionReader reader)
    {
        if (reader.TryTime(out int milliseconds)) return new Pause(null, milliseconds);
        return reader.Expression(SampleType.Integer) is { } expression ? new Pause(expression, 0) : null;
    }

    private sealed class WaitForBody(int waitMs, long bytes) : SessionAction
    {
        public override RuleVerdict Run(Session session, SessionLogSource source)
        {
            HttpExchange http = session.Http!;
            http.WaitedBodyBytes = bytes;
            http.WaitedBodyMs = waitMs;
            return RuleVerdict.WaitForBody;
        }
    }

    private sealed class Pause(SampleExpression? expression, int milliseconds) : SessionAction
    {
        public override RuleVerdict Run(Session session, SessionLogSource source)
        {
            int wait = milliseconds;
            if (expression is not null)
            {
                Sample sample = default;
                if (!expression.TryEvaluate(source, SampleType.Integer, ref sample)) return RuleVerdict.None;
                if (sample.Integer is <= 0 or > int.MaxValue) return RuleVerdict.None;
                wait = (int)sample.Integer;
            }

            session.PhaseDeadline = session.Loop.Now.After(new Milliseconds(wait));
            return wait > 0 ? RuleVerdict.Pause : RuleVerdict.None;
        }
    }
}
