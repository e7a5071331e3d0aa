using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Hawser.Config.Diagnostics;
using Hawser.Config.Keywords;
using Hawser.Config.Model;
using Hawser.Config.Syntax;

namespace Hawser.Config.Binding;

/// <summary>Reads <c>http-errors</c> sections.</summary>
internal sealed class HttpErrorsBinder(NamedFiles files, VariableScope variables, DiagnosticBag diagnostics)
{
    private const string Section = "http-errors";

    private readonly Dictionary<string, (Origin Origin, HttpErrorsContext Context)> _sections = new(StringComparer.Ordinal);
    private HttpErrorsContext? _context;

    /// <summary>False when the section's lines are to be skipped.</summary>
    public bool Open(IReadOnlyList<Word> words)
    {
        if (SectionHeader.Name(words, ignoresRest: true, diagnostics) is not { } name) return false;
        _context = new HttpErrorsContext(files);
        if (_sections.TryAdd(name.Text, (words[0].Origin, _context))) return true;
        diagnostics.Report(DiagnosticCodes.DuplicateSection, Severity.Alert, name.Origin,
            $"{Section} section '{name.Text}' already exists (declared at {_sections[name.Text].Origin}).");
        return false;
    }

    public void Bind(IReadOnlyList<Word> words) =>
        KeywordRunner.Run(words, HttpErrorsKeywords.Table, _context!, new LinePlace(SectionSet.Named, Section, "", variables), diagnostics);

    public ImmutableArray<HttpErrorsSection> Finish() =>
        [.. _sections.Select(static section =>
            new HttpErrorsSection(section.Key, [.. section.Value.Context.Files], section.Value.Origin))];
}
