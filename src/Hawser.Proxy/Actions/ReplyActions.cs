using System;
using Hawser.Config.Keywords;
using Hawser.Config.Model;
using Hawser.Config.Syntax;
using Hawser.Proxy.Logging;
using Hawser.Proxy.Streams;
using Hawser.Proxy.Streams.Http;
using Hawser.Proxy.Streams.Rules;

namespace Hawser.Proxy.Actions;

/// <summary>Actions that answer: "return", "deny", "tarpit".</summary>
internal static class ReplyActions
{
    private const string Arguments =
        "[ content-type <type> ] [ { default-errorfiles | errorfile <file> | errorfiles <name> | file <file> | lf-file <file> "
        + "| string <str> | lf-string <fmt> } ] [ hdr <name> <fmt> ]*";

    private const int ReturnStatus = 200;
    private const int DenyStatus = 403;
    private const int DenyResponseStatus = 502;
    private const int TarpitStatus = 500;

    public static ActionRow[] Rows { get; } =
    [
        new("return", $"return [ status <code> ] {Arguments}", RuleSets.HttpRequest | RuleSets.HttpResponse, ParseReturn, "answers") { IsFinal = true },
        new("deny", $"deny [ {{ status | deny_status }} <code> ] {Arguments}", RuleSets.HttpRequest | RuleSets.HttpResponse, ParseDeny,
            "refuses, with an error or as return") { IsFinal = true },
        new("tarpit", $"tarpit [ {{ status | deny_status }} <code> ] {Arguments}", RuleSets.HttpRequest, ParseTarpit,
            "refuses, when the client has waited for timeout tarpit") { IsFinal = true },
    ];

    private static SessionAction? ParseReturn(ActionReader reader)
    {
        LineCursor line = reader.Enter();
        HttpReplyConfig? config = HttpReplyParser.Parse(line, reader.Replies.Files, ReturnStatus);
        reader.Leave(line);
        return Compile(reader, config) is { } reply ? new Return(reply) : null;
    }

    private static SessionAction? ParseDeny(ActionReader reader) =>
        ParseRefusal(reader, reader.IsOfResponse ? DenyResponseStatus : DenyStatus) is { } reply ? new Deny(reply) : null;

    private static SessionAction? ParseTarpit(ActionReader reader) =>
        ParseRefusal(reader, TarpitStatus) is { } reply ? new Tarpit(reply) : null;

    /// <summary>Nothing, or nothing but "deny_status": the proxy's own page.</summary>
    private static Reply? ParseRefusal(ActionReader reader, int status)
    {
        bool isDefault = !reader.HasMore || reader.Peek.Text == "deny_status";
        LineCursor line = reader.Enter(static word => word == "deny_status" ? "status" : word);
        HttpReplyConfig? config = HttpReplyParser.Parse(line, reader.Replies.Files, status);
        reader.Leave(line);
        if (isDefault && config is { Body: HttpReplyBody.None, Headers.IsEmpty: true })
            config = config with { Body = HttpReplyBody.DefaultErrors };
        return Compile(reader, config);
    }

    private static Reply? Compile(ActionReader reader, HttpReplyConfig? config) =>
        config is null ? null : reader.Replies.Compile(config, reader.Context, reader.Subject);

    private sealed class Return(Reply reply) : SessionAction
    {
        public override RuleVerdict Run(Session session, SessionLogSource source)
        {
            _ = reply.TryBegin(session, source);
            return RuleVerdict.Answer;
        }
    }

    private sealed class Deny(Reply reply) : SessionAction
    {
        public override RuleVerdict Run(Session session, SessionLogSource source)
        {
            _ = reply.TryBegin(session, source);
            return RuleVerdict.Deny;
        }
    }

    private sealed class Tarpit(Reply reply) : SessionAction
    {
        public override RuleVerdict Run(Session session, SessionLogSource source)
        {
            session.Http!.DelayedReply = reply;
            return RuleVerdict.Tarpit;
        }
    }
}
