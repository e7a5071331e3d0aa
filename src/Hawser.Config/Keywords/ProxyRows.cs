using System;
using Hawser.Config.Model;
using Hawser.Config.Syntax;

namespace Hawser.Config.Keywords;

/// <summary>Shapes that rows of proxy sections share.</summary>
internal static class ProxyRows
{
    public const SectionSet DefaultsAndFront = SectionSet.Defaults | SectionSet.Front;
    public const SectionSet DefaultsAndBack = SectionSet.Defaults | SectionSet.Back;
    public const SectionSet Anywhere = SectionSet.Defaults | SectionSet.Proxies;

    public static KeywordRow<ProxyContext> Row(
        string name, string usage, SectionSet sections, KeywordParser<ProxyContext> parse, string doc,
        bool isNegatable = false) =>
        new(name, usage, sections, KeywordStatus.Implemented, doc) { Parse = parse, IsNegatable = isNegatable };

    public static KeywordRow<ProxyContext> Number(
        string name, string usage, SectionSet sections, int min, Func<ProxyConfig, int, ProxyConfig> set, string doc) =>
        Row(name, usage, sections, (line, context) =>
        {
            if (line.TryInteger(min, int.MaxValue, out int value)) context.Proxy = set(context.Proxy, value);
        }, doc);

    /// <summary>An <c>option</c> that is on or off; <c>no</c> and <c>default</c> both mean off.</summary>
    public static KeywordRow<ProxyContext> Option(
        string name, SectionSet sections, Func<ProxyConfig, bool, ProxyConfig> set, string doc,
        bool isNegatable = true) =>
        Row($"option {name}", "", sections,
            (line, context) => context.Proxy = set(context.Proxy, line.Negation == Negation.None), doc, isNegatable);

    /// <summary>A setting of http mode, whose usage is checked before it is read.</summary>
    public static KeywordRow<ProxyContext> Http(
        string name, string usage, SectionSet sections, HttpOnlyWarning warning, string? awaits,
        KeywordParser<ProxyContext> parse, string doc) =>
        Row(name, usage, sections, parse, doc) with
        {
            ChecksUsage = true, IsHttpOnly = true, HttpOnly = warning, Awaits = awaits,
        };

    /// <summary>An <c>option</c> of http mode that is on or off.</summary>
    public static KeywordRow<ProxyContext> HttpOption(
        string name, SectionSet sections, HttpOnlyWarning warning, string? awaits,
        Func<HttpConfig, bool, HttpConfig> set, string doc) =>
        Option(name, sections, (proxy, on) => proxy with { Http = set(proxy.Http, on) }, doc) with
        {
            IsHttpOnly = true, HttpOnly = warning, Awaits = awaits,
        };

    public static void SetHttp(ProxyContext context, HttpConfig http) => context.Proxy = context.Proxy with { Http = http };
}
