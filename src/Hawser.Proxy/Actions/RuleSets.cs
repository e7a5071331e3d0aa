using System;
using Hawser.Config.Model;
using Hawser.Expressions.Compilation;

namespace Hawser.Proxy.Actions;

/// <summary>The sets of rules that an action may stand in.</summary>
[Flags]
public enum RuleSets
{
    None = 0,
    Connection = 1,
    Session = 2,
    RequestContent = 4,
    ResponseContent = 8,

    HttpRequest = 16,
    HttpResponse = 32,
    HttpAfterResponse = 64,

    /// <summary>Where a request is at hand.</summary>
    HttpRules = HttpRequest | HttpResponse | HttpAfterResponse,

    /// <summary>Rules over a message that is on its way.</summary>
    HttpMessages = HttpRequest | HttpResponse,

    /// <summary>Where a stream exists and no server is chosen yet.</summary>
    AnyRequest = RequestContent | HttpRequest,

    /// <summary>All of "tcp-request".</summary>
    Request = Connection | Session | RequestContent,

    /// <summary>Where a stream exists.</summary>
    Content = RequestContent | ResponseContent,
    All = Request | ResponseContent,
}

/// <summary>From what a line says to the sets and places.</summary>
internal static class RuleSetsOf
{
    public static RuleSets Set(RuleSetKind kind) => kind switch
    {
        RuleSetKind.TcpRequestConnection => RuleSets.Connection,
        RuleSetKind.TcpRequestSession => RuleSets.Session,
        RuleSetKind.TcpRequestContent => RuleSets.RequestContent,
        RuleSetKind.TcpResponseContent => RuleSets.ResponseContent,
        RuleSetKind.HttpRequest or RuleSetKind.Redirect or RuleSetKind.StatsHttpRequest => RuleSets.HttpRequest,
        RuleSetKind.HttpResponse => RuleSets.HttpResponse,
        RuleSetKind.HttpAfterResponse => RuleSets.HttpAfterResponse,
        _ => RuleSets.None,
    };

    public static FetchContexts Place(RuleSetKind kind, bool isFrontend) => kind switch
    {
        RuleSetKind.TcpRequestConnection => FetchContexts.FrontendTcpRequestConnection,
        RuleSetKind.TcpRequestSession => FetchContexts.FrontendTcpRequestSession,
        RuleSetKind.TcpRequestContent when isFrontend => FetchContexts.FrontendTcpRequestContent,
        RuleSetKind.TcpRequestContent => FetchContexts.BackendTcpRequestContent,
        RuleSetKind.TcpResponseContent => FetchContexts.BackendTcpResponseContent,
        RuleSetKind.HttpRequest or RuleSetKind.Redirect or RuleSetKind.MonitorFail or RuleSetKind.StatsHttpRequest
            or RuleSetKind.StatsAdmin when isFrontend => FetchContexts.FrontendHttpRequest,
        RuleSetKind.HttpRequest or RuleSetKind.Redirect or RuleSetKind.StatsHttpRequest or RuleSetKind.StatsAdmin =>
            FetchContexts.BackendHttpRequest,
        RuleSetKind.HttpResponse or RuleSetKind.HttpAfterResponse when isFrontend => FetchContexts.FrontendHttpResponse,
        RuleSetKind.HttpResponse or RuleSetKind.HttpAfterResponse => FetchContexts.BackendHttpResponse,
        RuleSetKind.UseBackend or RuleSetKind.ForceBackendSwitch => FetchContexts.UseBackend,
        RuleSetKind.UseServer => FetchContexts.UseServer,
        RuleSetKind.ForcePersist or RuleSetKind.IgnorePersist => FetchContexts.BackendTcpRequestContent,
        _ => FetchContexts.None,
    };
}
