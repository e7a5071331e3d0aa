using System;
using System.Collections.Generic;

namespace Hawser.Config.Diagnostics;

/// <summary>Collects the findings of one run in the order they were made.</summary>
public sealed class DiagnosticBag
{
    private readonly List<Diagnostic> _items = [];
    private readonly Func<Origin, string?> _lineAt;

    /// <summary>For stages that have no source text at hand.</summary>
    public DiagnosticBag()
        : this(static _ => null)
    {
    }

    /// <param name="lineAt">The source line of a place, for carets; null when there is none.</param>
    public DiagnosticBag(Func<Origin, string?> lineAt)
    {
        _lineAt = lineAt;
    }

    public IReadOnlyList<Diagnostic> Items => _items;

    /// <summary>The source line of a place; null when there is none.</summary>
    public string? LineAt(Origin origin) => _lineAt(origin);

    public int AlertCount { get; private set; }

    /// <summary>About a line, made while it was read.</summary>
    public void Report(string code, Severity severity, Origin origin, string message, string? hint = null) =>
        Add(new Diagnostic(code, severity, origin, message, hint, _lineAt(origin)));

    /// <summary>About the configuration as a whole; the place only shows where to look.</summary>
    public void ReportWhole(string code, Severity severity, Origin origin, string message, string? hint = null) =>
        Add(new Diagnostic(code, severity, origin, message, hint, _lineAt(origin)) { IsParsing = false });

    /// <param name="first">The number of findings there were at that time.</param>
    public bool HasAlertSince(int first)
    {
        for (int index = first; index < _items.Count; index++)
        {
            if (_items[index].Severity == Severity.Alert) return true;
        }
        return false;
    }

    public bool HasAny(Severity severity)
    {
        foreach (Diagnostic item in _items)
        {
            if (item.Severity == severity) return true;
        }
        return false;
    }

    /// <summary>Takes back findings that a later line turned into consequences of another one.</summary>
    /// <param name="from">The number of findings there were when the part in question began.</param>
    public void Withdraw(int from, Predicate<Diagnostic> isConsequence)
    {
        for (int index = _items.Count - 1; index >= from; index--)
        {
            if (!isConsequence(_items[index])) continue;
            if (_items[index].Severity == Severity.Alert) AlertCount--;
            _items.RemoveAt(index);
        }
    }

    /// <summary>A finding of a later stage, made with its own texts.</summary>
    public void Add(Diagnostic diagnostic)
    {
        _items.Add(diagnostic);
        if (diagnostic.Severity == Severity.Alert) AlertCount++;
    }
}
