using Hawser.Config.Syntax;
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
        Decision("allow", RuleSets.HttpRules, RuleVerdict.Accept, "ends the set: the message goes on") with { IsFinal = true },
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
        if (!reader.TryTakeIf("rst-ttl")) return new SilentDrop(0);
        Word word = reader.Peek;
        if (!reader.HasMore) reader.Fail(word.Origin, "missing rst-ttl value");
        else if (reader.TryNumber(out long ttl) && ttl is >= 1 and <= byte.MaxValue) return new SilentDrop((int)ttl);
        else reader.Fail(word.Origin, "valid rst-ttl values are [1-255]");
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

    /// <param name="resetTimeToLive">How far the reset goes; 0: none is sent, where the kernel allows that.</param>
    private sealed class SilentDrop(int resetTimeToLive) : SessionAction
    {
        public override RuleVerdict Run(Session session, SessionLogSource source)
        {
            session.Facts.ResetTimeToLive = resetTimeToLive;
            return RuleVerdict.SilentDrop;
        }
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
