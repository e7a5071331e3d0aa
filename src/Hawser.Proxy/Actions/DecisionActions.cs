using Hawser.Proxy.Logging;
using Hawser.Proxy.Streams;
using Hawser.Proxy.Streams.Rules;

namespace Hawser.Proxy.Actions;

/// <summary>Actions that end a set of rules or the session.</summary>
internal static class DecisionActions
{
    public static ActionRow[] Rows { get; } =
    [
        Decision("accept", RuleSets.All, RuleVerdict.Accept, "ends the set: the session goes on"),
        Decision("allow", RuleSets.HttpRules, RuleVerdict.Accept, "ends the set: the message goes on"),
        Decision("reject", RuleSets.All | RuleSets.HttpRequest, RuleVerdict.Reject, "ends the session"),
        Decision("close", RuleSets.ResponseContent, RuleVerdict.Close, "closes towards the server at once"),
        new("silent-drop", "silent-drop [ rst-ttl <ttl> ]", RuleSets.All | RuleSets.HttpMessages, ParseSilentDrop, "ends the session without telling the client"),
        new("expect-proxy", "expect-proxy layer4", RuleSets.Connection, ParseExpectProxy, "a PROXY header comes first"),
        new("expect-netscaler-cip", "expect-netscaler-cip layer4", RuleSets.Connection, null, "a NetScaler header comes first"),
    ];

    private static ActionRow Decision(string name, RuleSets sets, RuleVerdict verdict, string description) =>
        new(name, name, sets, _ => new Verdict(verdict), description);

    private static SessionAction? ParseSilentDrop(ActionReader reader)
    {
        if (reader.Peek.Text != "rst-ttl") return new Verdict(RuleVerdict.SilentDrop);
        reader.Fail(reader.Peek.Origin, $"{reader.Subject} : 'rst-ttl' is not implemented yet.");
        return null;
    }

    private static SessionAction? ParseExpectProxy(ActionReader reader)
    {
        if (reader.TryTake(out var word) && word.Text == "layer4") return new ExpectProxy();
        reader.Fail(word.Origin, $"{reader.Subject} only accepts 'layer4' (got '{word.Text}')");
        return null;
    }

    private sealed class Verdict(RuleVerdict verdict) : SessionAction
    {
        public override RuleVerdict Run(Session session, SessionLogSource source) => verdict;
    }

    private sealed class ExpectProxy : SessionAction
    {
        public override RuleVerdict Run(Session session, SessionLogSource source)
        {
            session.ExpectsProxyHeader = true;
            return RuleVerdict.None;
        }
    }
}
