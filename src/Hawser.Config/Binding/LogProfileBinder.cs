using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Hawser.Config.Diagnostics;
using Hawser.Config.Keywords;
using Hawser.Config.Model;
using Hawser.Config.Syntax;

namespace Hawser.Config.Binding;

/// <summary>Reads <c>log-profile</c> sections.</summary>
internal sealed class LogProfileBinder(VariableScope variables, DiagnosticBag diagnostics)
{
    public const string Section = "log-profile";

    private readonly Dictionary<string, (Origin Origin, LogProfileContext Context)> _sections = new(StringComparer.Ordinal);
    private LogProfileContext? _context;

    /// <summary>False when the section's lines are to be skipped.</summary>
    public bool Open(IReadOnlyList<Word> words)
    {
        if (SectionHeader.Name(words, ignoresRest: false, diagnostics) is not { } name) return false;
        _context = new LogProfileContext();
        if (_sections.TryAdd(name.Text, (words[0].Origin, _context))) return true;
        diagnostics.Report(DiagnosticCodes.DuplicateSection, Severity.Alert, name.Origin,
            $"{Section} section '{name.Text}' already exists (declared at {_sections[name.Text].Origin}).");
        return false;
    }

    public void Bind(IReadOnlyList<Word> words) =>
        KeywordRunner.Run(words, LogProfileKeywords.Table, _context!, new LinePlace(SectionSet.Named, Section, "", variables), diagnostics);

    public ImmutableArray<LogProfileConfig> Finish() =>
        [.. _sections.Select(static section => new LogProfileConfig(
            section.Key, section.Value.Context.Tag, [.. section.Value.Context.Steps], section.Value.Origin))];
}
