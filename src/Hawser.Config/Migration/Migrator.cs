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
        ((IEnumerable<MigrationRow>)[.. ProcessMigrations.Rows, .. ProxyMigrations.Rows, .. HeaderMigrations.Rows, .. RequestRuleMigrations.Rows])
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
        for (int index = 0; index < _lines.Count; index++)
        {
            SourceLine line = _lines[index];
            MigrationStep? step = StepFor(line, _sections[index]);
            if (step is null)
            {
                _text.Append(line.Raw).Append('\n');
                owesGrace = owesGrace && !TryAppendGrace(line);
                continue;
            }
            _changes.Add(new MigrationChange(
                line.Words[0].Origin, line.RawFrom(0), step.Lines, step.Reason, step.IsDone));
            if (step.IsDone) Append(line, step);
            else _text.Append(line.Raw).Append('\n');
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

    private void Append(SourceLine line, MigrationStep step)
    {
        string comment = line.Comment.Length > 0 ? line.CommentGap + line.Comment : "";
        if (step.Lines.IsEmpty)
        {
            // A line that only held the keyword goes; what somebody wrote about it stays.
            if (line.Comment.Length > 0) _text.Append(line.Indent).Append(line.Comment).Append('\n');
            return;
        }
        for (int index = 0; index < step.Lines.Length; index++)
        {
            string indent = line.Indent.Length == 0 && index > 0 ? "    " : line.Indent;
            _text.Append(indent).Append(step.Lines[index]);
            if (index == 0) _text.Append(comment);
            _text.Append('\n');
        }
    }

    /// <summary>In global it is one time for the whole process.</summary>
    private bool TryAppendGrace(SourceLine line)
    {
        if (line.Keyword != Global) return false;
        _text.Append("    grace ").Append(_grace).Append('\n');
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
