using System;
using System.Collections.Generic;
using System.Text;
using Hawser.Config.Binding;
using Hawser.Config.Syntax;

namespace Hawser.Config.Printing;

/// <summary>
/// The canonical layout of a file: sections at the margin with one empty line before them, everything else four spaces
/// in, one space between words, two before a comment. Nothing is aligned in columns, so that a change to one line never
/// touches others. Words, quotes and comments stay as they were written; a line that cannot be read stays as it is.
/// Formatting twice changes nothing, and the meaning never changes.
/// </summary>
public sealed class ConfigurationFormatter
{
    private const string Step = "    ";
    private const string CommentGap = "  ";
    private const string If = ".if";

    /// <summary>The pseudo variable that makes the number of lines part of the meaning (manual, 2.3).</summary>
    private static ReadOnlySpan<byte> LineVariable => ".LINE"u8;

    private readonly IReadOnlyList<SourceLine> _lines;
    private readonly bool _keepsLineNumbers;
    private readonly StringBuilder _text = new();
    private readonly Stack<string> _blocks = new();
    private bool _isInSection;
    private SourceLine? _previous;
    private string _previousIndent = "";

    private ConfigurationFormatter(IReadOnlyList<SourceLine> lines, bool keepsLineNumbers)
    {
        _lines = lines;
        _keepsLineNumbers = keepsLineNumbers;
    }

    /// <summary>Never fails; the result ends with a line feed unless it is empty.</summary>
    public static byte[] Format(string file, ReadOnlyMemory<byte> content)
    {
        bool keepsLineNumbers = content.Span.IndexOf(LineVariable) >= 0;
        return new ConfigurationFormatter(SourceLine.ReadAll(file, content), keepsLineNumbers).Format();
    }

    private byte[] Format()
    {
        bool hasBlank = false;
        for (int index = 0; index < _lines.Count; index++)
        {
            SourceLine line = _lines[index];
            if (line.IsBlank && !_keepsLineNumbers)
            {
                hasBlank = true;
                continue;
            }
            string indent = IndentOf(index);
            bool wantsBlank = hasBlank || StartsSection(index, indent);
            if (wantsBlank && _previous is not null && !_keepsLineNumbers) _text.Append('\n');
            hasBlank = false;
            Append(line, indent);
            _previous = line;
            _previousIndent = indent;
        }
        return ConfigText.Encode(_text.ToString());
    }

    private void Append(SourceLine line, string indent)
    {
        if (!line.IsReadable) _text.Append(line.Raw);
        else if (!line.IsBlank)
        {
            _text.Append(indent);
            for (int index = 0; index < line.Words.Length; index++)
            {
                if (index > 0) _text.Append(' ');
                _text.Append(line.Words[index].Raw);
            }
            if (line.Comment.Length > 0)
            {
                if (!line.Words.IsEmpty) _text.Append(CommentGap);
                _text.Append(line.Comment);
            }
        }
        _text.Append('\n');
    }

    private string IndentOf(int index)
    {
        SourceLine line = _lines[index];
        if (line.IsComment) return CommentIndent(index);
        if (line.IsDirective) return DirectiveIndent(index);
        if (IsHeader(line))
        {
            _isInSection = true;
            return "";
        }
        return _isInSection ? Step : "";
    }

    /// <summary>A comment belongs to the line right below it; one that stands alone stays at or off the margin.</summary>
    private string CommentIndent(int index)
    {
        for (int next = index + 1; next < _lines.Count; next++)
        {
            SourceLine line = _lines[next];
            if (line.IsComment) continue;
            if (line.IsBlank) break;
            return IndentBefore(next);
        }
        return _lines[index].Indent.Length > 0 && _isInSection ? Step : "";
    }

    /// <summary>A condition stands where the first line it is about stands, and its other branches below it.</summary>
    private string DirectiveIndent(int index)
    {
        string word = _lines[index].Keyword;
        if (word == If)
        {
            string indent = IndentBefore(index);
            _blocks.Push(indent);
            return indent;
        }
        if (word is ".endif") return _blocks.TryPop(out string? open) ? open : IndentBefore(index);
        if (word is ".elif" or ".else") return _blocks.TryPeek(out string? block) ? block : IndentBefore(index);
        return IndentBefore(index);
    }

    /// <summary>Where the next setting or section from this line on will stand.</summary>
    private string IndentBefore(int index)
    {
        for (int next = index; next < _lines.Count; next++)
        {
            SourceLine line = _lines[next];
            if (line.IsBlank || line.IsComment || line.IsDirective) continue;
            return IsHeader(line) || !_isInSection ? "" : Step;
        }
        return _isInSection ? Step : "";
    }

    /// <summary>A section, or the comment or condition that belongs to it, follows lines of another one.</summary>
    private bool StartsSection(int index, string indent)
    {
        if (indent.Length > 0 || _previous is null) return false;
        bool isFirst = IsHeader(_lines[index]) || _lines[index].IsComment || _lines[index].Keyword == If;
        bool followsSetting = _previousIndent.Length > 0 || IsHeader(_previous);
        return isFirst && followsSetting && LeadsToHeader(index);
    }

    private bool LeadsToHeader(int index)
    {
        for (int next = index; next < _lines.Count; next++)
        {
            SourceLine line = _lines[next];
            if (!line.IsComment && !line.IsDirective) return IsHeader(line);
        }
        return false;
    }

    private static bool IsHeader(SourceLine line) => SectionNames.Find(line.Keyword) != SectionKind.None;
}
