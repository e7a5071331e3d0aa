using System;
using System.Collections.Frozen;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Text;
using Hawser.Config.Printing;
using Hawser.Config.Syntax;

namespace Hawser.Config.Migration;

/// <summary>
/// Rewrites old spellings into today's, text to text: comments, order and layout of all other lines stay. Does not
/// need to know what the lines mean beyond their keyword, so it works on files that cannot be run yet.
/// </summary>
public sealed class Migrator
{
    private const string No = "no";
    private const string Global = "global";

    private static readonly FrozenDictionary<string, MigrationRow> Rows =
        ((IEnumerable<MigrationRow>)[.. ProcessMigrations.Rows, .. ProxyMigrations.Rows, .. RequestRuleMigrations.Rows])
        .ToFrozenDictionary(static row => row.Name, StringComparer.Ordinal);

    private readonly IReadOnlyList<SourceLine> _lines;
    private readonly IReadOnlyList<MigrationSection> _sections;
    private readonly List<MigrationChange> _changes = [];
    private readonly StringBuilder _text = new();
    private readonly string? _grace;

    private Migrator(IReadOnlyList<SourceLine> lines)
    {
        _lines = lines;
        _sections = MigrationSection.Of(lines);
        _grace = LongestGrace();
    }

    /// <summary>Names of the keywords that are looked at, for the reference and the tests.</summary>
    public static IEnumerable<string> Keywords => Rows.Keys;

    /// <summary>Never fails; migrating the result again changes nothing.</summary>
    public static MigrationResult Migrate(string file, ReadOnlyMemory<byte> content) =>
        new Migrator(SourceLine.ReadAll(file, content)).Migrate();

    private MigrationResult Migrate()
    {
        bool owesGrace = _grace is not null;
        MigrationStep?[] steps = [.. _lines.Select((line, index) => StepFor(line, _sections[index]))];
        RuleStages stages = new(_lines, _sections, steps);
        for (int index = 0; index < _lines.Count; index++)
        {
            SourceLine line = _lines[index];
            if (steps[index] is { } step)
                _changes.Add(new MigrationChange(line.Words[0].Origin, line.RawFrom(0), step.Lines, step.Reason, step.IsDone));
            foreach (int placed in stages.At(index) ?? [index])
            {
                if (steps[placed] is { IsDone: true } done) Append(placed, done);
                else _text.Append(_lines[placed].Raw).Append('\n');
            }
            if (steps[index] is null) owesGrace = owesGrace && !TryAppendGrace(index);
        }
        if (owesGrace) _text.Insert(0, $"{Global}\n    grace {_grace}\n\n");
        return new MigrationResult(ConfigText.Encode(_text.ToString()), [.. _changes]);
    }

    private static MigrationStep? StepFor(SourceLine line, MigrationSection section)
    {
        if (!line.IsReadable || line.Words.IsEmpty) return null;
        int first = line.Keyword == No && line.Words.Length > 1 ? 1 : 0;
        string one = line.Words[first].Text;
        if (line.Words.Length > first + 1
            && Rows.TryGetValue($"{one} {line.Words[first + 1].Text}", out MigrationRow? row))
            return row.Apply(new MigrationLine(line, first, 2, section));
        return Rows.TryGetValue(one, out row) ? row.Apply(new MigrationLine(line, first, 1, section)) : null;
    }

    private void Append(int index, MigrationStep step)
    {
        SourceLine line = _lines[index];
        if (step.Lines.IsEmpty)
        {
            // A line that only held the keyword goes; what somebody wrote about it stays.
            if (line.Comment.Length > 0) _text.Append(line.Indent).Append(line.Comment).Append('\n');
            return;
        }
        _text.Append(line.Indent).Append(step.Lines[0]);
        if (line.Comment.Length > 0)
        {
            // The comment stays in its column as long as there is room.
            int room = line.RawFrom(0).Length - step.Lines[0].Length;
            string gap = room == 0 ? line.CommentGap : new string(' ', Math.Max(1, line.CommentGap.Length + room));
            _text.Append(gap).Append(line.Comment);
        }
        _text.Append('\n');
        string indent = line.Indent.Length > 0 ? line.Indent : IndentBelow(index);
        foreach (string more in step.Lines.Skip(1)) _text.Append(indent).Append(more).Append('\n');
    }

    /// <summary>As the settings of the section are indented.</summary>
    private string IndentBelow(int header)
    {
        for (int index = header + 1; index < _lines.Count && _sections[index] == _sections[header]; index++)
        {
            if (!_lines[index].Words.IsEmpty) return _lines[index].Indent;
        }
        return "    ";
    }

    /// <summary>In global it is one time for the whole process.</summary>
    private bool TryAppendGrace(int index)
    {
        if (_lines[index].Keyword != Global) return false;
        _text.Append(IndentBelow(index)).Append("grace ").Append(_grace).Append('\n');
        return true;
    }

    private string? LongestGrace()
    {
        string? longest = null;
        int longestMs = 0;
        for (int index = 0; index < _lines.Count; index++)
        {
            SourceLine line = _lines[index];
            if (line.Keyword != ProxyMigrations.Grace || line.Words.Length < 2) continue;
            if (_sections[index].Keyword == Global) return null;
            bool isTime = TimeText.TryParse(line.Words[1].Text, 1000, out int ms, out _) == ValueError.None;
            if (isTime && ms > longestMs) (longest, longestMs) = (line.Words[1].Text, ms);
        }
        return longest;
    }
}
