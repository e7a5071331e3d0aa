using System.Collections.Generic;
using System.Collections.Immutable;
using Hawser.Config.Model;
using Hawser.Config.Syntax;

namespace Hawser.Config.Keywords;

/// <summary>
/// Lines that are rules: only their words are kept here. Rules of named defaults sections come before a proxy's own.
/// </summary>
internal static class RuleLines
{
    public const string Condition = "{ if | unless } <condition>...";

    public static IEnumerable<KeywordRow<ProxyContext>> Rows =>
    [
        Rule("acl", "<name> <criterion> <argument>*", RuleSetKind.Acl, ProxyRows.Anywhere,
            "a named test"),
        Rule("tcp-request connection", "<action>...", RuleSetKind.TcpRequestConnection,
            ProxyRows.DefaultsAndFront, "rules for new connections"),
        Rule("tcp-request session", "<action>...", RuleSetKind.TcpRequestSession, ProxyRows.DefaultsAndFront,
            "rules once the handshakes are done"),
        Rule("tcp-request content", "<action>...", RuleSetKind.TcpRequestContent, ProxyRows.Anywhere,
            "rules over the client's first data"),
        Rule("tcp-response content", "<action>...", RuleSetKind.TcpResponseContent, ProxyRows.DefaultsAndBack,
            "rules over the server's first data"),
        Rule("use_backend", "<backend> <condition>*", RuleSetKind.UseBackend, SectionSet.Front, "backend by rule"),
        Rule("use-server", $"<server> {Condition}", RuleSetKind.UseServer, SectionSet.Back,
            "server by rule"),
        Rule("force-persist", Condition, RuleSetKind.ForcePersist, SectionSet.Back,
            "persistence also to servers that are down"),
        Rule("ignore-persist", Condition, RuleSetKind.IgnorePersist, SectionSet.Back,
            "no persistence"),
        Rule("force-be-switch", Condition, RuleSetKind.ForceBackendSwitch, SectionSet.Front,
            "switching also to backends that are not published"),
        ProxyRows.Row("tcp-request inspect-delay", "<time> ...", ProxyRows.Anywhere,
            static (line, context) =>
            {
                if (line.TryTime(out int value)) context.Proxy = context.Proxy with { RequestInspectDelayMs = value };
            },
            "how long content rules may wait for data"),
        ProxyRows.Row("tcp-response inspect-delay", "<time> ...", ProxyRows.DefaultsAndBack,
            static (line, context) =>
            {
                if (line.TryTime(out int value)) context.Proxy = context.Proxy with { ResponseInspectDelayMs = value };
            },
            "how long content rules may wait for data") with { IsErrorElsewhere = true },
    ];

    public static KeywordRow<ProxyContext> Rule(
        string name, string usage, RuleSetKind set, SectionSet sections, string doc) =>
        ProxyRows.Row(name, usage, sections, (line, context) => Store(line, context, set), doc) with
        {
            ChecksUsage = true,
            IsErrorElsewhere = set is RuleSetKind.TcpRequestConnection or RuleSetKind.TcpRequestSession
                or RuleSetKind.TcpResponseContent,
        };

    private static void Store(LineCursor line, ProxyContext context, RuleSetKind set)
    {
        RuleOrder.Check(line, context, set);
        ImmutableArray<Word>.Builder words = ImmutableArray.CreateBuilder<Word>();
        while (line.TryTake(out Word word)) words.Add(word);
        context.Proxy = context.Proxy with
        {
            Rules = context.Proxy.Rules.Add(new RuleConfig(set, line.Keyword, line.KeywordOrigin, words.ToImmutable())),
        };
    }
}
