using System;
using System.Collections.Generic;
using Hawser.Base.Bytes;
using Hawser.Expressions.Compilation;
using Hawser.Expressions.Patterns;
using Hawser.Expressions.Samples;
using Ascii = Hawser.Base.Bytes.Ascii;

namespace Hawser.Expressions.Converters;

/// <summary>Replacement by regular expressions.</summary>
public static class RegexConverters
{
    public static ConverterRow[] Rows { get; } =
    [
        new(
            "regsub",
            ArgumentSignature.Of(2, ArgumentType.Regex, ArgumentType.Text, ArgumentType.Text),
            SampleType.String,
            SampleType.String,
            Substitute,
            "1.6",
            "what a regular expression matches replaced, once or everywhere")
        {
            Prepare = Prepare,
        },
    ];

    private sealed record Substitution(Regex Regex, Piece[] Pieces, bool IsGlobal);

    /// <summary>A literal byte, or a part of the match.</summary>
    private readonly record struct Piece(byte Literal, int Part);

    private static string? Prepare(Arguments arguments, CompileContext context)
    {
        bool isGlobal = false;
        bool ignoresCase = false;
        foreach (char flag in arguments.String(2))
        {
            if (flag == 'g') isGlobal = true;
            else if (flag == 'i') ignoresCase = true;
            else return $"invalid regex flag '{flag}', only 'i' and 'g' are supported";
        }

        Regex? regex = context.Patterns.Regexes.Compile(arguments.Text(0), ignoresCase, out string? problem);
        if (regex is null) return problem;
        arguments.Prepared = new Substitution(regex, Pieces(arguments.Text(1)), isGlobal);
        return null;
    }

    /// <summary>A backslash and a digit is a part, and x with two hexadecimal digits a byte; else it is the byte behind it.</summary>
    private static Piece[] Pieces(ReadOnlySpan<byte> text)
    {
        List<Piece> pieces = [];
        for (int at = 0; at < text.Length; at++)
        {
            if (text[at] != '\\' || at + 1 == text.Length)
            {
                pieces.Add(new Piece(text[at], -1));
                continue;
            }

            at++;
            if (Ascii.IsDigit(text[at]))
            {
                pieces.Add(new Piece(0, text[at] - '0'));
            }
            else if (text[at] == 'x' && at + 2 < text.Length && Ascii.TryParseHex(text.Slice(at + 1, 2), out ulong code))
            {
                pieces.Add(new Piece((byte)code, -1));
                at += 2;
            }
            else
            {
                pieces.Add(new Piece(text[at], -1));
            }
        }

        return [.. pieces];
    }

    /// <summary>
    /// From the left. A byte behind an empty match is kept; the end of the text is looked at once more, so that
    /// an expression for it matches there twice, as in HAProxy. What does not fit is no value.
    /// </summary>
    private static bool Substitute(SampleSource source, Arguments arguments, ref Sample sample)
    {
        Substitution substitution = (Substitution)arguments.Prepared!;
        ReadOnlySpan<byte> text = sample.Bytes;
        ByteWriter writer = new(source.Scratch.Take(text));
        Span<int> parts = stackalloc int[2 * Regex.MaximumParts];
        int start = 0;
        bool isLast;
        do
        {
            isLast = start == text.Length;
            int count = substitution.Regex.Match(text, start, parts);
            if (count == 0) break;
            if (!writer.TryWrite(text[start..parts[0]]) || !TryReplace(ref writer, text, substitution.Pieces, parts))
                return false;
            start = parts[1];
            if (parts[0] == parts[1] && start < text.Length && !writer.TryWrite(text[start++])) return false;
        }
        while (substitution.IsGlobal && !isLast);

        if (!writer.TryWrite(text[start..])) return false;
        sample.SetString(writer.Written);
        return true;
    }

    private static bool TryReplace(
        ref ByteWriter writer, scoped ReadOnlySpan<byte> text, Piece[] pieces, scoped ReadOnlySpan<int> parts)
    {
        foreach (ref readonly Piece piece in pieces.AsSpan())
        {
            bool isPart = piece.Part >= 0;
            int from = isPart ? parts[2 * piece.Part] : -1;
            bool fits = !isPart ? writer.TryWrite(piece.Literal) : from < 0 || writer.TryWrite(text[from..parts[(2 * piece.Part) + 1]]);
            if (!fits) return false;
        }

        return true;
    }
}
