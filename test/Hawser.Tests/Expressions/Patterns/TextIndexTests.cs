using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using CsCheck;
using Hawser.Expressions.Patterns;
using Hawser.Expressions.Samples;
using Xunit;

namespace Hawser.Tests.Expressions.Patterns;

/// <summary>The indexes of many texts find what a search one after the other would.</summary>
public sealed class TextIndexTests
{
    private static readonly Gen<string> s_text = Gen.Char["abAB/.:?"].Array[0, 24].Select(static letters => new string(letters));

    private static readonly Gen<string[]> s_patterns = Gen.Char["abAB/.:?"].Array[0, 7].Select(static letters => new string(letters)).Array[0, 60];

    [Theory]
    [InlineData(MatchMethod.Substring)]
    [InlineData(MatchMethod.Directory)]
    [InlineData(MatchMethod.Domain)]
    [InlineData(MatchMethod.Suffix)]
    [InlineData(MatchMethod.Prefix)]
    public void The_first_text_of_the_list_that_matches_is_found(MatchMethod method) =>
        Gen.Select(s_patterns, s_text, Gen.Bool, Gen.Int[0, 30]).Sample((patterns, text, ignoresCase, removals) =>
        {
            PatternIndex index = PatternIndex.For(method, ignoresCase, new RegexLibrary());
            List<PatternEntry> entries = [];
            for (int order = 0; order < patterns.Length; order++)
            {
                PatternEntry entry = new(order, Encoding.ASCII.GetBytes(patterns[order]), null);
                Assert.Null(index.Add(entry));
                entries.Add(entry);
            }

            for (int removal = 0; removal < Math.Min(removals, patterns.Length); removal++)
            {
                PatternEntry gone = entries[(removal * 7) % entries.Count];
                index.Remove(gone);
                entries.Remove(gone);
            }

            Sample sample = default;
            sample.SetString(Encoding.ASCII.GetBytes(text));
            // Of prefixes it is the longest.
            IEnumerable<PatternEntry> candidates = method == MatchMethod.Prefix ? entries.OrderByDescending(static entry => entry.Text.Length) : entries;
            PatternEntry? expected = candidates.FirstOrDefault(entry => Matches(method, text, Encoding.ASCII.GetString(entry.Text), ignoresCase));
            Assert.Equal(expected?.Order, index.Find(in sample)?.Order);
        });

    [Fact]
    public void A_hundred_thousand_texts_are_loaded_and_found_in_a_moment()
    {
        foreach (MatchMethod method in (MatchMethod[])[MatchMethod.Substring, MatchMethod.Domain, MatchMethod.Directory])
        {
            PatternIndex index = PatternIndex.For(method, ignoresCase: false, new RegexLibrary());
            for (int order = 0; order < 100_000; order++) index.Add(new PatternEntry(order, Encoding.ASCII.GetBytes($"name{order}"), null));
            Sample sample = default;
            sample.SetString("/x/name77777/y"u8);
            Assert.Equal(method == MatchMethod.Substring ? 7 : 77_777, index.Find(in sample)!.Order);
        }
    }

    private static bool Matches(MatchMethod method, string text, string pattern, bool ignoresCase)
    {
        StringComparison comparison = ignoresCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        if (method == MatchMethod.Substring) return text.Contains(pattern, comparison);
        if (method == MatchMethod.Suffix) return text.EndsWith(pattern, comparison);
        if (method == MatchMethod.Prefix) return text.StartsWith(pattern, comparison);
        char[] delimiters = method == MatchMethod.Domain ? ['/', '?', '.', ':'] : ['/', '?'];
        pattern = pattern.Trim(delimiters);
        if (pattern.Length == 0) return false;
        for (int at = text.IndexOf(pattern, comparison); at >= 0; at = text.IndexOf(pattern, at + 1, comparison))
        {
            int end = at + pattern.Length;
            if ((at == 0 || delimiters.Contains(text[at - 1])) && (end == text.Length || delimiters.Contains(text[end]))) return true;
        }

        return false;
    }
}
