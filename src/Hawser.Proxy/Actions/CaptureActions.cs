using Hawser.Config.Model;
using Hawser.Config.Syntax;
using Hawser.Expressions.Compilation;
using Hawser.Expressions.Samples;
using Hawser.Proxy.Logging;
using Hawser.Proxy.Streams;
using Hawser.Proxy.Streams.Rules;

namespace Hawser.Proxy.Actions;

/// <summary>"capture": keeps a text for the log line and for what comes later.</summary>
internal static class CaptureActions
{
    public static ActionRow[] Rows { get; } =
    [
        new("capture", "capture <sample> [ len <length> | id <id> ]", RuleSets.RequestContent | RuleSets.HttpRules, Parse,
            "a text for the log line and for other rules"),
    ];

    private static SessionAction? Parse(ActionReader reader)
    {
        if (reader.Expression(SampleType.String) is not { } expression) return null;
        Word word = reader.Peek;
        if (reader.Set != RuleSets.RequestContent && reader.TryTakeIf("id")) return ParseId(reader, expression);
        if (!reader.TryTakeIf("len"))
        {
            reader.Fail(word.Origin, $"{reader.Subject} : a positive 'len' argument is mandatory");
            return null;
        }

        word = reader.Peek;
        if (!reader.TryNumber(out long length) || length is < 1 or > int.MaxValue)
        {
            reader.Fail(word.Origin, $"{reader.Subject} : length must be > 0");
            return null;
        }

        if (reader.IsOfResponse)
        {
            reader.Fail(word.Origin, $"{reader.Subject} : 'len' is for requests only", "use 'id', with a slot of 'declare capture response'");
            return null;
        }

        if (reader.Proxy.HasFrontend || reader.Proxy.Kind == ProxyKind.Defaults) return new Capture(expression, reader.Captures.AddForRequest(reader.Origin, (int)length));
        reader.Fail(reader.Origin, $"{reader.Subject} : proxy '{reader.Proxy.Name}' has no frontend capability");
        return null;
    }

    private static SessionAction? ParseId(ActionReader reader, SampleExpression expression)
    {
        Word word = reader.Peek;
        if (!reader.TryNumber(out long id) || id is < 0 or > int.MaxValue)
        {
            reader.Fail(word.Origin, $"{reader.Subject} : cannot parse id '{word.Text}'");
            return null;
        }

        reader.Captures.Name((int)id, reader.IsOfResponse, word.Origin);
        return new CaptureById(expression, (int)id, reader.IsOfResponse);
    }

    private sealed class Capture(SampleExpression expression, CaptureSlot slot) : SessionAction
    {
        public override RuleVerdict Run(Session session, SessionLogSource source)
        {
            Sample sample = default;
            if (expression.TryEvaluate(source, SampleType.String, ref sample))
                session.RequestCaptures.Set(slot.Number, sample.Bytes);
            return RuleVerdict.None;
        }
    }

    /// <summary>Into a slot of the frontend that the client came by; one that it does not have is passed over.</summary>
    private sealed class CaptureById(SampleExpression expression, int id, bool ofResponse) : SessionAction
    {
        public override RuleVerdict Run(Session session, SessionLogSource source)
        {
            Sample sample = default;
            if (!expression.TryEvaluate(source, SampleType.String, ref sample)) return RuleVerdict.None;
            (ofResponse ? session.ResponseCaptures : session.RequestCaptures).Set(id, sample.Bytes);
            return RuleVerdict.None;
        }
    }
}
