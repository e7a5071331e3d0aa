using System;
using Hawser.Config.Diagnostics;
using Hawser.Config.Model;
using Hawser.Config.Syntax;

namespace Hawser.Config.Keywords;

/// <summary>
/// HAProxy's warning about a rule that is written below rules of a later stage, where it will not be processed. Rules
/// that a defaults section brings are processed first anyway, and do not count.
/// </summary>
internal static class RuleOrder
{
    /// <summary>The stages of a request in their order.</summary>
    private static readonly (RuleSetKind Set, string Name)[] RequestStages =
    [
        (RuleSetKind.TcpRequestConnection, "tcp-request connection"),
        (RuleSetKind.TcpRequestSession, "tcp-request session"),
        (RuleSetKind.TcpRequestContent, "tcp-request content"),
        (RuleSetKind.MonitorFail, "monitor fail"),
        (RuleSetKind.HttpRequest, "http-request"),
        (RuleSetKind.Redirect, "redirect"),
        (RuleSetKind.UseBackend, "use_backend"),
        (RuleSetKind.UseServer, "use-server"),
    ];

    private static readonly (RuleSetKind Set, string Name)[] ResponseStages =
    [
        (RuleSetKind.TcpResponseContent, "tcp-response content"),
        (RuleSetKind.HttpResponse, "http-response"),
    ];

    /// <summary>Names the next later stage that the section has rules of; then counts the rule itself.</summary>
    public static void Check(LineCursor line, ProxyContext context, RuleSetKind set)
    {
        int seen = context.OwnRuleSets;
        context.OwnRuleSets |= 1 << (int)set;
        // Those two may stand in any order.
        if (set is RuleSetKind.UseBackend or RuleSetKind.UseServer) return;
        (RuleSetKind Set, string Name)[] stages = set is RuleSetKind.TcpResponseContent ? ResponseStages : RequestStages;
        int stage = Array.FindIndex(stages, item => item.Set == set);
        if (stage < 0) return;
        foreach ((RuleSetKind later, string name) in stages.AsSpan(stage + 1))
        {
            if ((seen & (1 << (int)later)) == 0) continue;
            string article = name.StartsWith("http-", StringComparison.Ordinal) ? "an" : "a";
            line.Warn(DiagnosticCodes.RuleOrder, line.KeywordOrigin,
                $"a '{stages[stage].Name}' rule placed after {article} '{name}' rule will still be processed before.");
            return;
        }
    }
}
