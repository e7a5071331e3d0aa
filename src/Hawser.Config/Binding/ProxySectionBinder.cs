using System;
using System.Collections.Generic;
using System.Linq;
using Hawser.Config.Diagnostics;
using Hawser.Config.Keywords;
using Hawser.Config.Model;
using Hawser.Config.Syntax;

namespace Hawser.Config.Binding;

/// <summary>Lines of proxy sections to contexts, one section at a time; keeps those that were finished.</summary>
internal sealed class ProxySectionBinder
{
    private readonly DiagnosticBag _diagnostics;
    private readonly VariableScope _variables;
    private readonly ProxySectionOpener _opener;
    private readonly HashSet<Origin> _refusedModes = [];
    private ProxyContext? _context;
    private LinePlace _place;

    /// <inheritdoc cref="ProxySectionOpener(DiagnosticBag, Refusals, NamedFiles, VariableScope, ProxyDirectory)" path="/param"/>
    public ProxySectionBinder(
        DiagnosticBag diagnostics, Refusals refusals, NamedFiles files, VariableScope variables, ProxyDirectory directory)
    {
        _diagnostics = diagnostics;
        _variables = variables;
        _opener = new ProxySectionOpener(diagnostics, refusals, files, variables, directory);
    }

    /// <summary>The sections that are no defaults, in file order.</summary>
    public List<ProxyContext> Finished { get; } = [];

    /// <summary>The defaults sections, in file order.</summary>
    public List<ProxyContext> Defaults { get; } = [];

    /// <summary>False when the section's lines are to be skipped.</summary>
    public bool Open(IReadOnlyList<Word> words)
    {
        _context = _opener.Open(words);
        if (_context is null) return false;
        string name = words[0].Text;
        ProxyConfig proxy = _context.Proxy;
        bool isAnonymousDefaults = proxy is { Kind: ProxyKind.Defaults, Name: "" };
        _place = new LinePlace(_context.Section, name, $"{_context.KindName} '{proxy.Name}'", _variables, isAnonymousDefaults);
        return true;
    }

    public void Bind(IReadOnlyList<Word> words)
    {
        if (_context!.Proxy.Kind == ProxyKind.Defaults) _context.Rules |= RuleKeywords.Of(words);
        int alerts = _diagnostics.AlertCount;
        KeywordRunner.Run(words, ProxyKeywordTable.Table, _context!, _place, _diagnostics, NoteHttpOnly,
            () => _context!.Inherit(_context.Proxy.Name, _context.Proxy.Kind, _context.Proxy.Origin, 0));
        if (_diagnostics.AlertCount > alerts) Refuse(words);
    }

    /// <summary>Remembers a line that was not understood; it may have been cut short.</summary>
    public void Refuse(IReadOnlyList<Word> words)
    {
        if (ProxyKeywordTable.Table.KeywordOf(words) is { } keyword) _context!.Refusals.AddKeyword(keyword);
        else _context!.Refusals.AddUnknown();
    }

    /// <summary>Ends the section that is open, if any.</summary>
    public void Close()
    {
        if (_context is null) return;
        ProxyContext context = _context;
        _context = null;
        LegacyRuleLines.Place(context, _diagnostics);
        context.HasErrors = _diagnostics.HasAlertSince(context.FirstDiagnostic);
        bool isLater = context.Proxy.Mode is ProxyMode.Log or ProxyMode.Spop;
        if (isLater) HoldBack(context);
        else Release(context);
        if (context.Proxy.Kind == ProxyKind.Defaults)
        {
            Defaults.Add(context);
            return;
        }
        if (isLater) RefuseMode(context);
        CheckServerNames(context);
        Finished.Add(context);
    }

    /// <summary>What is missing in a mode that is missing as a whole needs no messages of its own.</summary>
    private void HoldBack(ProxyContext context)
    {
        bool IsMissing(Diagnostic item) => item.Code == DiagnosticCodes.NotImplemented;
        context.HeldBack.AddRange(_diagnostics.Items.Skip(context.FirstDiagnostic).Where(IsMissing));
        _diagnostics.Withdraw(context.FirstDiagnostic, IsMissing);
    }

    /// <summary>But a tcp proxy that inherits such lines from http defaults must not lose them in silence.</summary>
    private void Release(ProxyContext context)
    {
        foreach (Diagnostic item in context.HeldBack)
        {
            if (_diagnostics.Items.All(other => other.Origin != item.Origin || other.Code != item.Code))
                _diagnostics.Report(item.Code, item.Severity, item.Origin, item.Message, item.Hint);
        }
        context.HeldBack.Clear();
    }

    private void RefuseMode(ProxyContext context)
    {
        if (!_refusedModes.Add(context.ModeOrigin)) return;
        _diagnostics.Report(DiagnosticCodes.ModeNotImplemented, Severity.Alert, context.ModeOrigin,
            $"'mode {context.Proxy.Mode.ToString().ToLowerInvariant()}' is not implemented yet.");
    }

    private void CheckServerNames(ProxyContext context)
    {
        if (context.Servers.Count + context.NamedDefaults.Count < 2) return;
        Dictionary<string, ServerConfig> seen = new(context.NamedDefaults, StringComparer.Ordinal);
        foreach (ServerConfig server in context.Servers)
        {
            if (seen.TryAdd(server.Name, server)) continue;
            _diagnostics.Report(DiagnosticCodes.DuplicateServer, Severity.Alert, server.Origin,
                $"'server {context.Proxy.Name}/{server.Name}' : another server named '{server.Name}' was already " +
                $"defined at line {seen[server.Name].Origin.Line}, please use a distinct name.");
        }
    }

    private void NoteHttpOnly(KeywordRow<ProxyContext> row, LineCursor line)
    {
        ProxyContext context = _context!;
        context.HttpOnlyUses.RemoveAll(use => use.Name == row.Name);
        if (line.Negation == Negation.None)
            context.HttpOnlyUses.Add(HttpOnlyUse.Of(row, line.KeywordOrigin));
    }
}
