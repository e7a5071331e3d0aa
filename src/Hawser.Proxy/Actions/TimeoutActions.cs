using System;
using Hawser.Base.Time;
using Hawser.Config.Syntax;
using Hawser.Expressions.Compilation;
using Hawser.Expressions.Samples;
using Hawser.Proxy.Logging;
using Hawser.Proxy.Streams;
using Hawser.Proxy.Streams.Rules;

namespace Hawser.Proxy.Actions;

/// <summary>"set-timeout": other times for one request.</summary>
internal static class TimeoutActions
{
    private static readonly string[] s_names = ["client", "connect", "queue", "server", "tarpit", "tunnel"];

    public static ActionRow[] Rows { get; } =
    [
        new("set-timeout", "set-timeout { client | connect | queue | server | tarpit | tunnel } { <timeout> | <expr> }",
            RuleSets.HttpRequest | RuleSets.HttpResponse, Parse, "another timeout for this request"),
    ];

    private delegate void Change(Session session, Milliseconds value);

    private static SessionAction? Parse(ActionReader reader)
    {
        reader.TryTake(out Word name);
        Change? change = name.Text switch
        {
            "client" => static (session, value) => session.ClientTimeoutSaid = value,
            "connect" => static (session, value) => session.ConnectTimeoutSaid = session.ConnectTimeout = value,
            "queue" => static (session, value) => session.QueueTimeoutSaid = session.QueueTimeout = value,
            "server" => static (session, value) => session.ServerTimeoutSaid = session.ServerTimeout = value,
            "tarpit" => static (session, value) => session.Http!.TarpitTimeout = value,
            "tunnel" => static (session, value) => session.TunnelTimeoutSaid = session.TunnelTimeout = value,
            _ => null,
        };
        if (change is null)
        {
            reader.Fail(name.Origin, $"{reader.Subject} : expects one of '{string.Join("', '", s_names)}' (got '{name.Text}')");
            return null;
        }

        bool isOfBack = name.Text is "connect" or "queue" or "server" or "tunnel";
        if ((isOfBack && !reader.Proxy.HasBackend) || (name.Text == "client" && !reader.Proxy.HasFrontend))
        {
            reader.Fail(name.Origin,
                $"{reader.Subject} : '{name.Text}' has no effect on {(isOfBack ? "a frontend" : "a backend")} '{reader.Proxy.Name}'");
            return null;
        }

        if (reader.TryTime(out int milliseconds))
        {
            if (milliseconds > 0) return new Fixed(new Milliseconds(milliseconds), change);
            reader.Fail(name.Origin, $"{reader.Subject} : null value is not valid for a 'set-timeout' rule");
            return null;
        }

        return reader.Expression(SampleType.Integer) is { } expression ? new Computed(expression, change) : null;
    }

    private sealed class Fixed(Milliseconds value, Change change) : SessionAction
    {
        public override RuleVerdict Run(Session session, SessionLogSource source)
        {
            change(session, value);
            return RuleVerdict.None;
        }
    }

    private sealed class Computed(SampleExpression expression, Change change) : SessionAction
    {
        public override RuleVerdict Run(Session session, SessionLogSource source)
        {
            Sample sample = default;
            if (expression.TryEvaluate(source, SampleType.Integer, ref sample) && sample.Integer is > 0 and <= int.MaxValue)
                change(session, new Milliseconds((int)sample.Integer));
            return RuleVerdict.None;
        }
    }
}
