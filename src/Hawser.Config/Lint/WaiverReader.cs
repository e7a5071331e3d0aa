using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Hawser.Config.Diagnostics;
using Hawser.Config.Lint.Rules;
using Hawser.Config.Lint.Views;
using Hawser.Config.Syntax;

namespace Hawser.Config.Lint;

/// <summary>
/// Finds waivers in comments. Behind a line: for that line. On a line of its own: for the next line that is no
/// comment. Where that line opens a section: for the whole section. <c>allow-file</c>: for the file.
/// </summary>
internal sealed class WaiverReader
{
    private const string Mark = "hawser-lint:";
    private const string Allow = "allow";
    private const string AllowFile = "allow-file";

    private readonly Dictionary<(string File, int Line), int> _sectionEnds = [];
    private readonly List<Waiver> _waivers = [];
    private readonly List<Diagnostic> _findings = [];
    private readonly List<(ImmutableArray<string> Rules, Origin At)> _waiting = [];

    public WaiverReader(ConfigurationView configuration)
    {
        foreach (SectionView section in configuration.Sections)
        {
            Origin header = section.Keyword.Origin;
            int end = section.Lines.Select(static line => line.Origin.Line).DefaultIfEmpty(header.Line).Max();
            _sectionEnds[(header.File, header.Line)] = end;
        }
    }

    public IReadOnlyList<Waiver> Waivers => _waivers;

    /// <summary>Waivers that cannot be read.</summary>
    public IReadOnlyList<Diagnostic> Findings => _findings;

    /// <summary>The next line of the file.</summary>
    public void Add(LineText line)
    {
        string text = ConfigText.Decode(line.Bytes.Span);
        string trimmed = text.TrimStart();
        bool isComment = trimmed.StartsWith('#');
        bool isStatement = trimmed.Length > 0 && !isComment;
        if (isStatement)
        {
            foreach ((ImmutableArray<string> rules, Origin at) in _waiting) Cover(rules, at, line);
            _waiting.Clear();
        }
        int hash = text.IndexOf('#', StringComparison.Ordinal);
        int mark = hash < 0 ? -1 : text.IndexOf(Mark, hash, StringComparison.Ordinal);
        if (mark < 0 || text[(hash + 1)..mark].Trim(' ', '\t', '#').Length > 0) return;
        Read(line, text[(mark + Mark.Length)..], new Origin(line.File, line.Number, mark + 1, Mark.Length), isComment);
    }

    /// <summary>A new file: waivers of the last one do not reach it.</summary>
    public void EndFile() => _waiting.Clear();

    private void Read(LineText line, string instruction, Origin at, bool isComment)
    {
        string[] words = instruction.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        ImmutableArray<string> rules = words.Length > 1 ? [.. words[1].Split(',')] : [];
        string? problem = words.Length < 2 || words[0] is not (Allow or AllowFile) ? "is not 'allow <rule> <reason>'"
            : rules.FirstOrDefault(static id => LintCatalog.Find(id) is null) is { } unknown ? $"names '{unknown}', which is no rule"
            : words.Length < 3 ? "has no reason"
            : null;
        if (problem is not null)
        {
            LintRule rule = WaiverRules.Unreadable;
            _findings.Add(new Diagnostic(rule.Id, rule.Severity, at, $"the waiver {problem}", rule.Fix) { Consequence = rule.Consequence });
        }
        else if (words[0] == AllowFile)
            _waivers.Add(new Waiver(rules, new WaiverReach(line.File, 1, int.MaxValue), at));
        else if (isComment) _waiting.Add((rules, at));
        else Cover(rules, at, line);
    }

    private void Cover(ImmutableArray<string> rules, Origin at, LineText line)
    {
        int end = _sectionEnds.GetValueOrDefault((line.File, line.Number), line.Number);
        _waivers.Add(new Waiver(rules, new WaiverReach(line.File, line.Number, end), at));
    }
}
