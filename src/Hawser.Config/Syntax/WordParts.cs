using System;
using System.Collections.Generic;
using Hawser.Config.Diagnostics;

namespace Hawser.Config.Syntax;

/// <summary>Where a part of a word stands in its line: quotes and escapes make a word's text shorter than what was written.</summary>
public static class WordParts
{
    /// <param name="findings">Knows the lines.</param>
    /// <param name="offset">Into the bytes of the word's text.</param>
    /// <param name="length">Bytes of the text; at least 1.</param>
    /// <returns>The whole word where its text is not what the line says, as behind a variable.</returns>
    public static Origin Part(this DiagnosticBag findings, Word word, int offset, int length)
    {
        if (findings.LineAt(word.Origin) is not { } line) return word.Origin;
        ReadOnlySpan<byte> text = ConfigText.Encode(word.Text);
        ReadOnlySpan<byte> raw = ConfigText.Encode(line);
        int start = word.Origin.Column - 1;
        if (start < 0 || start + word.Origin.Length > raw.Length) return word.Origin;
        raw = raw.Slice(start, word.Origin.Length);

        int from = -1;
        int read = 0;
        int end = offset + length;
        byte quote = 0;
        for (int at = 0; at < raw.Length;)
        {
            byte next = raw[at];
            if (next is (byte)'"' or (byte)'\'' && (quote == 0 || quote == next))
            {
                quote = quote == 0 ? next : (byte)0;
                at++;
                continue;
            }
            if (next == '$' && quote == '"') break;
            int width = next == '\\' && quote != '\'' ? EscapeWidth(raw[at..], quote) : 1;
            bool isSame = read < text.Length && (width > 1 || text[read] == next);
            if (!isSame) break;
            if (read == offset) from = at;
            at += width;
            read++;
            if (from >= 0 && (read == end || read == text.Length))
                return word.Origin with { Column = start + from + 1, Length = Math.Max(1, at - from) };
        }
        bool isAtEnd = from < 0 && read == text.Length && offset >= read && read > 0;
        return isAtEnd ? word.Origin with { Column = start + raw.Length, Length = 1 } : word.Origin;
    }

    /// <summary>As <see cref="Part(DiagnosticBag, Word, int, int)"/>, in a text that several words make together.</summary>
    public static Origin Part(this DiagnosticBag findings, IReadOnlyList<Word> words, int offset, int length)
    {
        int index = 0;
        while (index + 1 < words.Count)
        {
            int bytes = ConfigText.Encode(words[index].Text).Length;
            if (offset < bytes) break;
            offset -= bytes;
            index++;
        }
        return findings.Part(words[index], offset, length);
    }

    private static int EscapeWidth(ReadOnlySpan<byte> raw, byte quote)
    {
        if (raw.Length < 2) return 1;
        return raw[1] switch
        {
            (byte)'x' when raw.Length >= 4 => 4,
            (byte)' ' or (byte)'\t' or (byte)'\\' or (byte)'#' or (byte)'\'' or (byte)'"' or (byte)'n' or (byte)'r' or (byte)'t' => 2,
            (byte)'$' when quote == '"' => 2,
            _ => 1,
        };
    }
}
