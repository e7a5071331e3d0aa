using System;
using System.Collections.Generic;
using Hawser.Config.Diagnostics;
using Hawser.Config.Keywords;
using Hawser.Config.Syntax;

namespace Hawser.Config.Binding;

/// <summary>Checks the lines of sections that are not implemented yet.</summary>
internal sealed class LaterSectionBinder
{
    private readonly DiagnosticBag _diagnostics;
    private readonly VariableScope _variables;
    private readonly Dictionary<(string Section, string Name), Origin> _seen = [];
    private readonly HashSet<string> _refused = new(StringComparer.Ordinal);
    private LaterSection? _section;

    public LaterSectionBinder(DiagnosticBag diagnostics, VariableScope variables)
    {
        _diagnostics = diagnostics;
        _variables = variables;
    }

    /// <summary>Reads a section's first line; says once for each type that it is not implemented.</summary>
    public void Open(IReadOnlyList<Word> words)
    {
        Word keyword = words[0];
        _section = LaterSections.All[keyword.Text];
        LineCursor line = new(words, 0, 1, Negation.None, _diagnostics);
        if (!UsageMatcher.Check(_section.Header.Pattern, line, isWhole: !_section.Header.IgnoresRest)) return;
        if (words.Count > 1 && !IsGoodName(words[1])) return;
        if (_refused.Add(keyword.Text))
        {
            _diagnostics.Report(DiagnosticCodes.SectionNotImplemented, Severity.Alert, keyword.Origin,
                $"the '{keyword.Text}' section is not implemented yet.");
        }
    }

    public void Bind(IReadOnlyList<Word> words) =>
        KeywordRunner.Run(words, _section!.Table, LaterSectionContext.Instance,
            new LinePlace(SectionSet.Later, _section.Name, "", _variables), _diagnostics);

    private bool IsGoodName(Word name)
    {
        if (NameText.FirstForbidden(name.Text) is { } bad)
        {
            _diagnostics.Report(DiagnosticCodes.BadName, Severity.Alert, name.Origin,
                $"character '{bad}' is not permitted in '{_section!.Name}' name '{name.Text}'.");
            return false;
        }
        if (_section!.IsUniqueByName && !_seen.TryAdd((_section.Name, name.Text), name.Origin))
        {
            _diagnostics.Report(DiagnosticCodes.DuplicateSection, Severity.Alert, name.Origin,
                $"{_section.Name} '{name.Text}' has the same name as another one declared at " +
                $"{_seen[(_section.Name, name.Text)]}.");
            return false;
        }
        return true;
    }
}
