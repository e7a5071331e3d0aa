using Hawser.Config.Syntax;
using Hawser.Proxy.Logging;
using Hawser.Proxy.Streams;
using Hawser.Proxy.Streams.Http;
using Hawser.Proxy.Streams.Rules;

namespace Hawser.Proxy.Actions;

/// <summary>"set-status".</summary>
internal static class StatusActions
{
    private const int Minimum = 100;
    private const int Maximum = 999;

    public static ActionRow[] Rows { get; } =
    [
        new("set-status", "set-status <status> [reason <str>]", RuleSets.HttpResponse | RuleSets.HttpAfterResponse, Parse,
            "another status"),
    ];

    private static SessionAction? Parse(ActionReader reader)
    {
        Word word = reader.Peek;
        if (!reader.TryNumber(out long status) || status is < Minimum or > Maximum)
        {
            reader.Fail(word.Origin, $"{reader.Subject} : expects an integer status code between {Minimum} and {Maximum}");
            return null;
        }

        if (!reader.HasMore) return new SetStatus((int)status, []);
        reader.TryTake(out Word reason);
        if (reason.Text == "reason" && reader.TryTake(out Word text)) return new SetStatus((int)status, ConfigText.Encode(text.Text));
        reader.Fail(reason.Origin, $"{reader.Subject} : only accepts 'reason' followed by a text (got '{reason.Text}')");
        return null;
    }

    private sealed class SetStatus(int status, byte[] reason) : SessionAction
    {
        public override RuleVerdict Run(Session session, SessionLogSource source)
        {
            session.Http!.LoggedStatus = 0;
            return session.Http.Response.TrySetStatus(status, reason) ? RuleVerdict.None : Rewriting.Failed(session);
        }
    }
}
