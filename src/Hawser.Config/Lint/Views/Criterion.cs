using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using Hawser.Config.Syntax;

namespace Hawser.Config.Lint.Views;

/// <summary>What an ACL compares (manual, 7.1): a sample, flags, an operator and patterns.</summary>
/// <param name="Words">All of it.</param>
/// <param name="Sample">The fetch with its arguments and converters, as written.</param>
/// <param name="Fetch">The fetch's name alone.</param>
/// <param name="Operators">Integer comparisons such as <c>gt</c>, in order.</param>
/// <param name="HasFile">Some patterns come from a file.</param>
public sealed record Criterion(
    ImmutableArray<Word> Words, Word Sample, string Fetch, ImmutableArray<Word> Operators, ImmutableArray<Word> Patterns, bool HasFile)
{
    private static readonly char[] NameEnds = ['(', ','];

    /// <summary>Null for no words at all.</summary>
    internal static Criterion? Parse(ReadOnlySpan<Word> words)
    {
        if (words.IsEmpty) return null;
        Word sample = words[0];
        int end = sample.Text.IndexOfAny(NameEnds);
        string fetch = end < 0 ? sample.Text : sample.Text[..end];
        bool hasFile = false;
        List<Word> operators = [];
        List<Word> patterns = [];
        int index = 1;
        for (; index < words.Length && IsFlag(words[index].Text); index++)
        {
            string flag = words[index].Text;
            if (flag is "-f" or "-M") hasFile = true;
            if (flag is "-f" or "-m" or "-u") index++;
            if (flag == "--")
            {
                index++;
                break;
            }
        }
        for (; index < words.Length; index++)
        {
            if (IsOperator(words[index].Text) && index + 1 < words.Length) operators.Add(words[index]);
            else patterns.Add(words[index]);
        }
        return new Criterion([.. words], sample, fetch, [.. operators], [.. patterns], hasFile);
    }

    private static bool IsFlag(string text) => text is "-i" or "-n" or "-f" or "-m" or "-u" or "-M" or "--";

    private static bool IsOperator(string text) => text is "eq" or "ge" or "gt" or "le" or "lt";
}
