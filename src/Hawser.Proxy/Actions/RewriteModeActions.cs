using Hawser.Config.Syntax;
using Hawser.Proxy.Logging;
using Hawser.Proxy.Streams;
using Hawser.Proxy.Streams.Rules;

namespace Hawser.Proxy.Actions;

/// <summary>Actions that say how others are treated: "strict-mode", "disable-l7-retry".</summary>
internal static class RewriteModeActions
{
    public static ActionRow[] Rows { get; } =
    [
        new("strict-mode", "strict-mode { on | off }", RuleSets.HttpRules, Parse, "whether a rewriting that fails is an error"),
        new("disable-l7-retry", "disable-l7-retry", RuleSets.HttpRequest, static _ => new DisableRetry(), "only failed connections are tried again"),
    ];

    private static SessionAction? Parse(ActionReader reader)
    {
        if (reader.TryTake(out Word word) && word.Text is "on" or "off") return new StrictMode(word.Text == "on");
        reader.Fail(word.Origin, $"{reader.Subject} : unexpected value '{word.Text}', only 'on' and 'off' are possible");
        return null;
    }

    private sealed class StrictMode(bool isOn) : SessionAction
    {
        public override RuleVerdict Run(Session session, SessionLogSource source)
        {
            session.Http!.IsStrict = isOn;
            return RuleVerdict.None;
        }
    }

    private sealed class DisableRetry : SessionAction
    {
        public override RuleVerdict Run(Session session, SessionLogSource source)
        {
            session.Http!.IsRetryDisabled = true;
            return RuleVerdict.None;
        }
    }
}
