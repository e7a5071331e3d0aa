using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Hawser.Config.Diagnostics;
using Hawser.Config.Syntax;

namespace Hawser.Config.Printing;

/// <summary>
/// One line of a file cut into what a layout tool may move and what it may not: indentation, words as written, comment.
/// </summary>
public sealed record SourceLine
{
    /// <summary>The whole line without its end; a carriage return at the end is left out.</summary>
    public required string Raw { get; init; }

    public required Origin Origin { get; init; }

    /// <summary>False when quotes or escapes are broken: such a line is not touched.</summary>
    public bool IsReadable { get; init; } = true;

    public ImmutableArray<SourceWord> Words { get; init; } = [];

    /// <summary>White space before the first word or comment.</summary>
    public string Indent { get; init; } = "";

    /// <summary>From the '#' on, without white space at its end; empty when there is none.</summary>
    public string Comment { get; init; } = "";

    /// <summary>White space between the last word and the comment.</summary>
    public string CommentGap { get; init; } = "";

    public bool IsBlank => IsReadable && Words.IsEmpty && Comment.Length == 0;

    public bool IsComment => IsReadable && Words.IsEmpty && Comment.Length > 0;

    public bool IsDirective => !Words.IsEmpty && Words[0].Raw.StartsWith('.');

    /// <summary>The first word; empty when there is none.</summary>
    public string Keyword => Words.IsEmpty ? "" : Words[0].Text;

    /// <summary>As written, from a word to the last one.</summary>
    public string RawFrom(int index)
    {
        if (index >= Words.Length) return "";
        int start = Words[index].Origin.Column - 1;
        int end = Words[^1].Origin.Column - 1 + Words[^1].Origin.Length;
        return ConfigText.Decode(ConfigText.Encode(Raw).AsSpan(start..end));
    }

    /// <summary>All lines of a file.</summary>
    public static IReadOnlyList<SourceLine> ReadAll(string file, ReadOnlyMemory<byte> content)
    {
        Lexer lexer = new(new VariableScope(ImmutableDictionary<string, string>.Empty));
        return [.. LineSplitter.Split(file, content).Select(line => Read(line, lexer))];
    }

    private static SourceLine Read(LineText line, Lexer lexer)
    {
        ReadOnlySpan<byte> bytes = line.Bytes.Span;
        SourceLine source = new()
        {
            Raw = ConfigText.Decode(bytes).TrimEnd('\r'),
            Origin = new Origin(line.File, line.Number, 1),
        };
        if (lexer.Read(line) != LexerError.None) return source with { IsReadable = false };

        ImmutableArray<SourceWord>.Builder words = ImmutableArray.CreateBuilder<SourceWord>();
        int end = 0;
        foreach (Word word in lexer.Words)
        {
            int start = word.Origin.Column - 1;
            Origin origin = word.Origin;
            if (start < end)
            {
                // A list variable makes several words of what was written as one.
                Origin whole = words[^1].Origin;
                origin = whole with { Length = Math.Max(end, start + origin.Length) - (whole.Column - 1) };
                words.RemoveAt(words.Count - 1);
                start = origin.Column - 1;
            }
            end = start + origin.Length;
            words.Add(new SourceWord(word.Text, ConfigText.Decode(bytes[start..end]), origin));
        }
        int comment = bytes[end..].IndexOf((byte)'#');
        int first = words.Count > 0 ? words[0].Origin.Column - 1 : comment >= 0 ? comment : bytes.Length;
        return source with
        {
            Words = words.ToImmutable(),
            Indent = ConfigText.Decode(bytes[..first]),
            Comment = comment < 0 ? "" : ConfigText.Decode(bytes[(end + comment)..]).TrimEnd(),
            CommentGap = comment < 0 ? "" : ConfigText.Decode(bytes.Slice(end, comment)),
        };
    }
}
