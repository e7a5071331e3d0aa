using Hawser.Expressions.LogFormat;
using Hawser.Protocols.Http;
using Hawser.Proxy.Logging;
using Hawser.Proxy.Streams;
using Hawser.Proxy.Streams.Http;
using Hawser.Proxy.Streams.Rules;

namespace Hawser.Proxy.Actions;

/// <summary>"early-hint": fields of a response "103" that goes out before any other (RFC 8297).</summary>
internal static class EarlyHintActions
{
    public static ActionRow[] Rows { get; } =
    [
        new("early-hint", "early-hint <name> <fmt>", RuleSets.HttpRequest, Parse, "tells the client what it will need (103)"),
    ];

    private static SessionAction? Parse(ActionReader reader)
    {
        if (reader.WrittenFieldName() is not { } name) return null;
        return reader.Format() is { } format ? new EarlyHint(name, format) : null;
    }
}

/// <summary>One field. Rules that follow one another make one response.</summary>
internal sealed class EarlyHint(byte[] name, LogFormat format) : SessionAction
{
    /// <summary>The rule behind it is another action, or there is none.</summary>
    public bool IsLast { get; set; }

    public override RuleVerdict Run(Session session, SessionLogSource source)
    {
        // A client of HTTP/1.0 knows no informational responses (RFC 9110 section 15.2).
        HttpExchange http = session.Http!;
        if (http.Request.Version == HttpVersion.Http10) return RuleVerdict.None;
        if (!FormattedText.TryMake(format, source, out FormattedText text)) return Rewriting.Failed(session);
        bool isDone;
        using (FormattedText value = text) isDone = EarlyHints.TryAdd(http, name, value.Text);
        if (!isDone) return Rewriting.Failed(session);
        if (IsLast) EarlyHints.Send(session);
        return RuleVerdict.None;
    }
}
