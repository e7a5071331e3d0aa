using Hawser.Config.Syntax;
using Hawser.Expressions.Compilation;
using Hawser.Expressions.Samples;
using Hawser.Proxy.Logging;
using Hawser.Proxy.Streams;
using Hawser.Proxy.Streams.Rules;

namespace Hawser.Proxy.Actions;

/// <summary>"capture": keeps a value for the log, and for what comes later.</summary>
internal static class CaptureActions
{
    public static ActionRow[] Rows { get; } =
    [
        new("capture", "capture <sample> [ len <length> | id <id> ]", RuleSets.RequestContent | RuleSets.HttpRules, Parse,
            "keeps a value for the log; mode http only"),
    ];

    private static SessionAction? Parse(ActionReader reader)
    {
        Word first = reader.Peek;
        if (reader.Expression(SampleType.String) is not { } expression) return null;
        if (reader.Proxy.Mode != Config.Model.ProxyMode.Http)
        {
            reader.Fail(first.Origin, $"{reader.Subject} : is not implemented yet in mode tcp.");
            return null;
        }

        reader.TryTake(out Word word);
        Word number = reader.Peek;
        switch (word.Text)
        {
            case "len" when reader.IsOfResponse:
                reader.Fail(word.Origin, $"{reader.Subject} : 'len' is only possible in requests", "use 'id', with a slot of 'declare capture response'");
                return null;
            case "len" when !reader.Proxy.HasFrontend:
                reader.Fail(word.Origin, $"{reader.Subject} : proxy '{reader.Proxy.Name}' has no frontend capability", "use 'id', with a slot of the frontends");
                return null;
            case "len" when reader.TryNumber(out long length) && length > 0:
                return new Capture(expression, reader.Captures.SlotOf(first.Origin), ofResponse: false);
            case "id" when reader.TryNumber(out long id) && id >= 0:
                int known = reader.IsOfResponse ? reader.Captures.ResponseCount : reader.Captures.RequestCount;
                if (reader.Proxy.HasFrontend && id >= known)
                {
                    reader.Fail(number.Origin, $"{reader.Subject} : unable to find capture id '{id}' referenced by the rule");
                    return null;
                }

                return new Capture(expression, (int)id, reader.IsOfResponse);
            default:
                reader.Fail(word.Origin, $"{reader.Subject} : expects 'len' or 'id', followed by a number (got '{word.Text} {number.Text}')");
                return null;
        }
    }

    private sealed class Capture(SampleExpression expression, int slot, bool ofResponse) : SessionAction
    {
        public override RuleVerdict Run(Session session, SessionLogSource source)
        {
            if (session.Http is not { } http) return RuleVerdict.None;
            Sample sample = default;
            CaptureStore store = ofResponse ? http.Log.ResponseCaptures : http.Log.RequestCaptures;
            if (expression.TryEvaluate(source, SampleType.String, ref sample)) store.Set(slot, sample.Bytes);
            return RuleVerdict.None;
        }
    }
}
