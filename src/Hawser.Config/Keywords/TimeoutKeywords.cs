using System;
using System.Collections.Generic;
using Hawser.Config.Diagnostics;
using Hawser.Config.Model;
using Hawser.Config.Syntax;

namespace Hawser.Config.Keywords;

/// <summary>The <c>timeout</c> family, its spellings of 1.3, and <c>on-timeout</c>.</summary>
internal static class TimeoutKeywords
{
    private const string Connect = "timeout connect";
    private const string Client = "timeout client";
    private const string Server = "timeout server";

    public static IEnumerable<KeywordRow<ProxyContext>> Rows =>
    [
        Row(Connect, ProxyRows.DefaultsAndBack, SetConnect, "longest wait for a connection to a server"),
        Row(Client, ProxyRows.DefaultsAndFront, SetClient, "longest silence of a client"),
        Row(Server, ProxyRows.DefaultsAndBack, SetServer, "longest silence of a server"),
        Row("timeout queue", ProxyRows.DefaultsAndBack,
            static (timeouts, value) => timeouts.QueueMs = value, "longest wait for a free server"),
        Row("timeout check", ProxyRows.DefaultsAndBack,
            static (timeouts, value) => timeouts.CheckMs = value, "longest check after its connection"),
        Row("timeout tunnel", ProxyRows.DefaultsAndBack,
            static (timeouts, value) => timeouts.TunnelMs = value, "longest silence of both sides"),
        Row("timeout client-fin", ProxyRows.DefaultsAndFront,
            static (timeouts, value) => timeouts.ClientFinMs = value,
            "longest silence of a client after one direction was shut"),
        Row("timeout server-fin", ProxyRows.DefaultsAndBack,
            static (timeouts, value) => timeouts.ServerFinMs = value,
            "longest silence of a server after one direction was shut"),
        Row("timeout client-hs", ProxyRows.DefaultsAndFront,
            static (timeouts, value) => timeouts.ClientHandshakeMs = value, "longest handshake of a client"),
        HttpOnly("timeout tarpit",
            static (timeouts, value) => timeouts.TarpitMs = value, "how long a tarpitted client waits"),
        HttpOnly("timeout http-request",
            static (timeouts, value) => timeouts.HttpRequestMs = value, "longest wait for a whole request"),
        HttpOnly("timeout http-keep-alive",
            static (timeouts, value) => timeouts.HttpKeepAliveMs = value, "longest wait for the next request"),
        Legacy("contimeout", Connect, ProxyRows.DefaultsAndBack, SetConnect),
        Legacy("clitimeout", Client, ProxyRows.DefaultsAndFront, SetClient),
        Legacy("srvtimeout", Server, ProxyRows.DefaultsAndBack, SetServer),
        ProxyRows.Row("on-timeout", "{ close | reset | drain <time> }", ProxyRows.Anywhere, ParseOnTimeout,
            "what happens to the session when its client or server timeout fires"),
    ];

    private static void SetConnect(TimeoutsConfig timeouts, Located<int>? value) => timeouts.ConnectMs = value;

    private static void SetClient(TimeoutsConfig timeouts, Located<int>? value) => timeouts.ClientMs = value;

    private static void SetServer(TimeoutsConfig timeouts, Located<int>? value) => timeouts.ServerMs = value;

    private static KeywordRow<ProxyContext> Row(
        string name, SectionSet sections, Action<TimeoutsConfig, Located<int>?> set, string doc) =>
        ProxyRows.Row(name, "<timeout>", sections, (line, context) => Parse(line, context, name, set), doc);

    /// <summary>Stored for http mode; a tcp proxy says that it has no use for it.</summary>
    private static KeywordRow<ProxyContext> HttpOnly(
        string name, Action<TimeoutsConfig, Located<int>?> set, string doc) =>
        Row(name, ProxyRows.Anywhere, set, doc) with { IsHttpOnly = true };

    private static KeywordRow<ProxyContext> Legacy(
        string name, string modern, SectionSet sections, Action<TimeoutsConfig, Located<int>?> set) =>
        ProxyRows.Row(name, "<timeout>", sections, (line, context) =>
        {
            line.Note(DiagnosticCodes.Legacy, line.KeywordOrigin, $"'{name}' is an older spelling of '{modern}'.",
                $"write '{modern}'");
            Parse(line, context, modern, set);
        }, $"1.3 to 2.0: {modern}") with { Modern = modern };

    /// <summary>Zero is no timeout at all, which the model says with null.</summary>
    private static void Parse(
        LineCursor line, ProxyContext context, string name,
        Action<TimeoutsConfig, Located<int>?> set)
    {
        Word text = line.HasMore ? line.Peek : default;
        if (!line.TryTime(out int value)) return;
        if (line.HasMore)
        {
            line.Reject(DiagnosticCodes.UnexpectedArgument, line.Peek.Origin,
                $"'{line.Keyword}' : unexpected extra argument '{line.Peek.Text}' after the value.");
            line.SkipRest();
            return;
        }
        // HAProxy notices a second value by the first one being no longer that of the defaults.
        bool isOverwritten = context.Section != SectionSet.Defaults
            && TimeoutSetting.Find(context.Timeouts, name) != TimeoutSetting.Find(context.InheritedTimeouts, name);
        if (isOverwritten)
        {
            line.Warn(DiagnosticCodes.Overwritten, line.KeywordOrigin,
                $"overwriting '{line.Keyword}' which was already specified");
        }
        context.Timeouts = new TimeoutSetting(name, value, context.Timeouts);
        line.WarnOfSmallTime(text, value, $"{context.KindName} '{context.Proxy.Name}'");
        Located<int>? located = value == 0 ? null : new Located<int>(value, line.KeywordOrigin);
        set(context.OwnTimeouts(), located);
    }

    private static void ParseOnTimeout(LineCursor line, ProxyContext context)
    {
        if (!line.TryChoice(["close", "reset", "drain"], out int choice)) return;
        OnTimeoutAction action = (OnTimeoutAction)choice;
        int drainMs = 0;
        if (action == OnTimeoutAction.Drain)
        {
            if (!line.TryTime(out drainMs)) return;
            if (drainMs == 0)
            {
                line.RejectKeyword(DiagnosticCodes.OutOfRange, ": 'drain' needs a time above 0.",
                    "without draining, write 'on-timeout close'");
                return;
            }
        }
        context.Proxy = context.Proxy with
        {
            OnTimeout = new OnTimeoutConfig { Action = action, DrainMs = drainMs, Origin = line.KeywordOrigin },
        };
    }
}
