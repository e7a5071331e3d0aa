using System;
using System.Collections.Generic;
using System.Linq;
using Hawser.Config.Diagnostics;
using Hawser.Config.Keywords;
using Hawser.Config.Model;
using Hawser.Config.Syntax;
using Hawser.Config.Validation;

namespace Hawser.Config.Binding;

/// <summary>
/// Reads the first line of a defaults, frontend, backend or listen section and finds what it inherits. Remembers the
/// defaults sections and the names seen.
/// </summary>
internal sealed class ProxySectionOpener
{
    private const string From = "from";

    private readonly DiagnosticBag _diagnostics;
    private readonly VariableScope _variables;
    private readonly Dictionary<string, ProxyContext> _named = new(StringComparer.Ordinal);
    private readonly HashSet<string> _referenced = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<ProxyConfig>> _seen = new(StringComparer.Ordinal);
    private readonly ProxyDirectory _directory;
    private ProxyContext _current;
    private string _keyword = "";
    private string? _name;

    private readonly Refusals _refusals;
    private readonly NamedFiles _files;

    /// <param name="directory">Filled with the sections that are opened.</param>
    public ProxySectionOpener(
        DiagnosticBag diagnostics, Refusals refusals, NamedFiles files, VariableScope variables, ProxyDirectory directory)
    {
        _directory = directory;
        _files = files;
        _diagnostics = diagnostics;
        _variables = variables;
        _refusals = refusals;
        _current = Initial();
    }

    /// <summary>Null when the section cannot be read; that has been reported.</summary>
    public ProxyContext? Open(IReadOnlyList<Word> words)
    {
        string keyword = words[0].Text;
        _keyword = keyword;
        _name = null;
        ProxyKind kind = SectionNames.ProxyKindOf(keyword);
        int next = 1;
        string name = "";
        bool isNamed = next < words.Count && (kind != ProxyKind.Defaults || words[next].Text != From);
        if (isNamed) name = words[next++].Text;
        else if (kind != ProxyKind.Defaults)
        {
            Reject(words[0], $"'{keyword}' expects an <id> argument");
            return null;
        }
        if (NameText.FirstForbidden(name) is { } bad)
        {
            Reject(words[1], $"character '{bad}' is not permitted in '{keyword}' name '{name}'.");
            return null;
        }
        _name = name;
        int first = _diagnostics.Items.Count;
        ProxyContext? parent = kind == ProxyKind.Defaults ? Initial() : _current;
        if (next < words.Count && words[next].Text == From)
        {
            parent = FindDefaults(words, next, keyword, name);
            if (parent is null) return null;
            next += 2;
        }
        if (!CanInherit(parent, kind, words[0])) return null;
        ProxyContext context = parent.Inherit(name, kind, words[0].Origin, first);
        if (words[0].Origin.File == RuntimeBackend.Source) context.Proxy = context.Proxy with { AddedFrom = parent.Proxy.Name };
        if (kind == ProxyKind.Defaults) Remember(words, context);
        else CheckName(words, context);
        if (context.Proxy.HasBackend) _directory.Add(context);
        ReadLegacyAddress(words, next, context);
        return context;
    }

    private ProxyContext Initial() => new()
    {
        Files = _files,
        Proxies = _directory,
        Proxy = new ProxyConfig { Name = "", Kind = ProxyKind.Defaults, Origin = Origin.None },
    };

    private ProxyContext? FindDefaults(IReadOnlyList<Word> words, int from, string keyword, string name)
    {
        if (from + 1 >= words.Count)
        {
            Reject(words[from], $"'{From}' expects the name of a '{SectionNames.Defaults}' section.");
            return null;
        }
        Word wanted = words[from + 1];
        if (_named.TryGetValue(wanted.Text, out ProxyContext? found))
        {
            _referenced.Add(wanted.Text);
            return found;
        }
        // The section is skipped: whoever names it must not hear of that as well.
        bool isConsequence = _refusals.MayHaveDefaults(wanted.Text) || !_refusals.TryMiss($"{SectionNames.Defaults} {wanted.Text}");
        _refusals.AddSection(keyword, name);
        if (isConsequence) return null;
        _diagnostics.Report(DiagnosticCodes.UnknownDefaults, Severity.Alert, wanted.Origin,
            $"{SectionNames.Defaults} section '{wanted.Text}' not found for {keyword} '{name}'.",
            Suggestion.Hint(wanted.Text, _named.Keys));
        return null;
    }

    /// <summary>Rules of a defaults section belong to one side (manual, 4.1).</summary>
    private bool CanInherit(ProxyContext parent, ProxyKind kind, Word section)
    {
        if (ProblemOf(parent, kind) is { } problem)
        {
            Reject(section, problem);
            return false;
        }
        if (parent.Rules != InheritedRules.None) parent.RuleUsers |= SideOf(kind);
        return true;
    }

    /// <summary>Why a section of this kind cannot inherit from <paramref name="parent"/>; null when it can.</summary>
    public static string? ProblemOf(ProxyContext parent, ProxyKind kind)
    {
        InheritedRules rules = parent.Rules;
        if (rules == InheritedRules.None) return null;
        string? what = (kind, rules) switch
        {
            (ProxyKind.Defaults or ProxyKind.Listen, _) => "TCP/HTTP rules",
            (ProxyKind.Backend, _) when rules.HasFlag(InheritedRules.Session) =>
                "'tcp-request connection' or 'tcp-request session' rules",
            (ProxyKind.Frontend, _) when rules.HasFlag(InheritedRules.Response) => "'tcp-response content' rules",
            _ => null,
        };
        string where = $"({SectionNames.Defaults} section at {parent.Proxy.Origin})";
        if (what is not null)
            return $"a {kind.ToString().ToLowerInvariant()} section cannot inherit from a {SectionNames.Defaults} section defining {what} {where}.";
        return (parent.RuleUsers | SideOf(kind)) == (SectionSet.Frontend | SectionSet.Backend)
            ? $"frontends and backends cannot inherit from the same {SectionNames.Defaults} section if it defines TCP/HTTP rules {where}."
            : null;
    }

    private static SectionSet SideOf(ProxyKind kind) => kind == ProxyKind.Frontend ? SectionSet.Frontend : SectionSet.Backend;

    private void Remember(IReadOnlyList<Word> words, ProxyContext context)
    {
        string name = context.Proxy.Name;
        _current = context;
        if (name.Length == 0) return;
        if (_named.TryGetValue(name, out ProxyContext? other) && _referenced.Contains(name))
        {
            _diagnostics.Report(DiagnosticCodes.DuplicateProxy, Severity.Alert, words[1].Origin,
                $"{SectionNames.Defaults} '{name}' has the same name as another {SectionNames.Defaults} section declared at " +
                $"{other.Proxy.Origin} which was explicitly referenced hence cannot be replaced.",
                "remove or rename one of them");
        }
        _named[name] = context;
    }

    /// <summary>Two sections of one side may not share a name; a frontend and a backend could until 3.2.</summary>
    private void CheckName(IReadOnlyList<Word> words, ProxyContext context)
    {
        ProxyConfig proxy = context.Proxy;
        if (!_seen.TryGetValue(proxy.Name, out List<ProxyConfig>? others)) _seen[proxy.Name] = others = [];
        ProxyConfig? other = others.FirstOrDefault(other => IsSameSide(proxy, other)) ?? others.FirstOrDefault();
        if (other is not null)
        {
            bool isLegal = !IsSameSide(proxy, other);
            string message = $"{Describe(proxy)} has the same name as {Describe(other)} declared at {other.Origin}.";
            if (isLegal)
            {
                _diagnostics.Report(DiagnosticCodes.Legacy, Severity.Notice, words[1].Origin, message,
                    "HAProxy 3.3 and later refuse this: rename one of them");
            }
            else _diagnostics.Report(DiagnosticCodes.DuplicateProxy, Severity.Alert, words[1].Origin, message);
        }
        others.Add(proxy);
    }

    private static bool IsSameSide(ProxyConfig left, ProxyConfig right) =>
        (left.HasFrontend && right.HasFrontend) || (left.HasBackend && right.HasBackend);

    private static string Describe(ProxyConfig proxy) => proxy.Kind switch
    {
        ProxyKind.Frontend => $"frontend '{proxy.Name}'",
        ProxyKind.Backend => $"backend '{proxy.Name}'",
        _ => $"proxy '{proxy.Name}'",
    };

    /// <summary><c>listen name address:port</c>, the way of 1.3.</summary>
    private void ReadLegacyAddress(IReadOnlyList<Word> words, int next, ProxyContext context)
    {
        if (next >= words.Count) return;
        if (!context.Proxy.HasFrontend)
        {
            _diagnostics.Report(DiagnosticCodes.WithoutEffect, Severity.Notice, words[next].Origin,
                $"'{words[next].Text}' after the name of a '{words[0].Text}' section has no effect.");
            return;
        }
        LineCursor line = new(words, 0, next, Negation.None, _diagnostics) { Variables = _variables };
        Word text = words[next];
        BindConfig? bind = BindLineParser.Parse(line, "", context.SectionName);
        if (bind is null) return;
        context.Binds.Add(bind with { Origin = text.Origin });
        _diagnostics.Report(DiagnosticCodes.Legacy, Severity.Notice, text.Origin,
            $"an address on the '{words[0].Text}' line is an older spelling of 'bind'.", $"write 'bind {text.Text}'");
    }

    private void Reject(Word word, string message)
    {
        _refusals.AddSection(_keyword, _name);
        _diagnostics.Report(DiagnosticCodes.BadSectionLine, Severity.Alert, word.Origin, message);
    }
}
