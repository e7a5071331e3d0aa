using System.Collections.Generic;
using System.Collections.Immutable;
using Hawser.Config.Diagnostics;
using Hawser.Config.Model;
using Hawser.Config.Syntax;

namespace Hawser.Config.Keywords;

/// <summary>
/// Lines that are rules: only their words are kept here. Rules of named defaults sections come before a proxy's own.
/// </summary>
internal static class RuleLines
{
    private const string Condition = "[{if | unless} <condition>]";

    public static IEnumerable<KeywordRow<ProxyContext>> Rows =>
    [
        Rule("acl", "<aclname> <criterion> [flags] [operator] <value> ...", RuleSetKind.Acl, ProxyRows.Anywhere,
            "a named test"),
        Rule("tcp-request connection", $"<action> {Condition}", RuleSetKind.TcpRequestConnection,
            ProxyRows.DefaultsAndFront, "rules for new connections"),
        Rule("tcp-request session", $"<action> {Condition}", RuleSetKind.TcpRequestSession, ProxyRows.DefaultsAndFront,
            "rules once the handshakes are done"),
        Rule("tcp-request content", $"<action> {Condition}", RuleSetKind.TcpRequestContent, ProxyRows.Anywhere,
            "rules over the client's first data"),
        Rule("tcp-response content", $"<action> {Condition}", RuleSetKind.TcpResponseContent, ProxyRows.DefaultsAndBack,
            "rules over the server's first data"),
        Rule("use_backend", $"<backend> {Condition}", RuleSetKind.UseBackend, SectionSet.Front, "backend by rule"),
        Rule("use-server", "<server> { if | unless } <condition>", RuleSetKind.UseServer, SectionSet.Back,
            "server by rule"),
        Rule("force-persist", "{ if | unless } <condition>", RuleSetKind.ForcePersist, SectionSet.Back,
            "persistence also to servers that are down"),
        Rule("ignore-persist", "{ if | unless } <condition>", RuleSetKind.IgnorePersist, SectionSet.Back,
            "no persistence"),
        ProxyRows.Row("tcp-request inspect-delay", "<timeout>", ProxyRows.Anywhere,
            static (line, context) =>
            {
                if (line.TryTime(out int value)) context.Proxy = context.Proxy with { RequestInspectDelayMs = value };
            },
            "how long content rules may wait for data"),
        ProxyRows.Row("tcp-response inspect-delay", "<timeout>", ProxyRows.DefaultsAndBack,
            static (line, context) =>
            {
                if (line.TryTime(out int value)) context.Proxy = context.Proxy with { ResponseInspectDelayMs = value };
            },
            "how long content rules may wait for data"),
    ];

    private static KeywordRow<ProxyContext> Rule(
        string name, string usage, RuleSetKind set, SectionSet sections, string doc) =>
        ProxyRows.Row(name, usage, sections, (line, context) => Store(line, context, set), doc);

    private static void Store(LineCursor line, ProxyContext context, RuleSetKind set)
    {
        if (context.Section == SectionSet.Defaults && context.Proxy.Name.Length == 0)
        {
            line.Reject(DiagnosticCodes.NotInThisSection, line.KeywordOrigin,
                $"{line.Keyword} is only allowed in {(set == RuleSetKind.Acl ? "" : "a proxy or ")}'defaults' section with a name.");
            line.SkipRest();
            return;
        }

        ImmutableArray<Word>.Builder words = ImmutableArray.CreateBuilder<Word>();
        while (line.TryTake(out Word word)) words.Add(word);
        context.Proxy = context.Proxy with
        {
            Rules = context.Proxy.Rules.Add(new RuleConfig(set, line.Keyword, line.KeywordOrigin, words.ToImmutable())),
        };
    }
}
