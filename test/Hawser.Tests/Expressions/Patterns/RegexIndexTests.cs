using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using CsCheck;
using Hawser.Expressions.Patterns;
using Hawser.Expressions.Samples;
using Xunit;

namespace Hawser.Tests.Expressions.Patterns;

/// <summary>Many regular expressions answer as if each were tried in its order.</summary>
public sealed class RegexIndexTests
{
    private static readonly RegexLibrary s_library = new();

    [Theory]
    [InlineData("^/api/v1$", "api/")]
    [InlineData("abcd+e", "abcd")]
    [InlineData("abcde*", "abcd")]
    [InlineData("abcde?f", "abcd")]
    [InlineData("x{2}abcd{1,3}zzzz", "zzzz")]
    [InlineData("ab(cd)?wxyz", "wxyz")]
    [InlineData("ab[cd]+wxyz", "wxyz")]
    [InlineData("[]x]abcd", "abcd")]
    [InlineData("[^]x[:alpha:]]abcd", "abcd")]
    [InlineData("a\\.bcd", "a.bc")]
    [InlineData("\\dabcd", "abcd")]
    [InlineData("a\\1bcde", "bcde")]
    [InlineData("abcd|efgh", "abcd efgh")]
    [InlineData("(?:x|y)abcd", "abcd")]
    [InlineData("(a\\)b)wxyz", "wxyz")]
    [InlineData("([)])wxyz", "wxyz")]
    public void A_piece_that_every_match_has_is_found(string pattern, string pieces)
    {
        List<uint>[]? found = RegexLiterals.Find(Encoding.ASCII.GetBytes(pattern), ignoresCase: false);
        Assert.NotNull(found);
        foreach ((List<uint> alternative, string piece) in found.Zip(pieces.Split(' ')))
            Assert.Contains(RegexLiterals.PieceOf(Encoding.ASCII.GetBytes(piece), ignoresCase: false), alternative);
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("abcd|x")]
    [InlineData("(?i)abcd")]
    [InlineData("(?x)ab cd")]
    [InlineData("(abcd)")]
    [InlineData("abc(?#comment)d")]
    [InlineData("(*CR)abcd")]
    [InlineData("\\Qabcd.\\E")]
    [InlineData("\\x41bcde")]
    [InlineData("\\cabcde")]
    [InlineData("\\p{Lu}abcd")]
    [InlineData("\\g{1}abcd")]
    [InlineData("[\\Qabcd]\\E]efgh")]
    [InlineData("abc.d")]
    [InlineData("abcd{0}")]
    [InlineData("abcd*")]
    [InlineData("a|")]
    [InlineData(".{200}")]
    [InlineData("\\w{200}")]
    [InlineData("a{20}{30}")]
    public void What_is_not_sure_is_no_piece(string pattern) =>
        Assert.Null(RegexLiterals.Find(Encoding.ASCII.GetBytes(pattern), ignoresCase: false));

    [Fact]
    public void Any_expressions_answer_as_if_tried_one_after_the_other()
    {
        Gen<string> atom = OneOf(
            "a", "b", "ab", "abcd", "aaaa", "ba", "cab", ".", "\\.", "\\d", "\\w", "[ab]", "[^c]", "[]a]", "[[:alpha:]]", "(ab)", "(a|b)",
            "(?:ca|d)", "^", "$", "A", "(?i)", "(?=a)", "\\Qa.\\E", "\\x61", "\\b", "{", "}", "a{2}", " ", "|");
        Gen<string> pattern = Gen.Select(atom, OneOf("", "", "", "", "*", "?", "+", "{0,2}", "{2}", "*?", "++"))
            .Select(static (text, quantifier) => text + quantifier).Array[1, 8].Select(string.Concat);
        Gen<string> subject = OneOf("a", "b", "c", "d", "A", "abcd", "aaaa", "cab", ".", "1", " ", "{", "}").Array[0, 12].Select(string.Concat);
        Gen.Select(pattern.Array[1, 40], subject.Array[1, 10], Gen.Bool, Gen.Int[0, 40]).Sample(
            (patterns, subjects, ignoresCase, removed) =>
            {
                PatternIndex index = PatternIndex.For(MatchMethod.Regex, ignoresCase, s_library);
                List<PatternEntry> entries = [];
                foreach (string text in patterns)
                {
                    PatternEntry entry = new(entries.Count, Encoding.ASCII.GetBytes(text), null);
                    if (index.Add(entry) is null) entries.Add(entry);
                }

                if (removed < entries.Count)
                {
                    index.Remove(entries[removed]);
                    entries.RemoveAt(removed);
                }

                foreach (string text in subjects)
                {
                    byte[] bytes = Encoding.ASCII.GetBytes(text);
                    Sample sample = default;
                    sample.SetString(bytes);
                    PatternEntry? expected = entries.Find(entry => entry.Regex!.IsMatch(bytes));
                    Assert.True(
                        index.Find(in sample) == expected,
                        $"'{text}' in {string.Join("  ", entries.Select(static entry => Encoding.ASCII.GetString(entry.Text)))}");
                }
            },
            iter: 20_000,
            threads: 1);
    }

    [Fact]
    public void A_text_with_more_pieces_than_are_remembered_is_answered_too()
    {
        PatternIndex index = PatternIndex.For(MatchMethod.Regex, ignoresCase: false, s_library);
        StringBuilder text = new();
        for (int number = 0; number < 1000; number++)
        {
            string word = number.ToString("x4", CultureInfo.InvariantCulture);
            Assert.Null(index.Add(new PatternEntry(number, Encoding.ASCII.GetBytes($"{word}-[0-9]x"), null)));
            text.Append(word);
        }

        PatternEntry last = new(1000, Encoding.ASCII.GetBytes("end!$"), null);
        Assert.Null(index.Add(last));
        Sample sample = default;
        sample.SetString(Encoding.ASCII.GetBytes(text + "end!"));
        Assert.Same(last, index.Find(in sample));
    }

    [Theory]
    [InlineData(MatchMethod.Regex)]
    [InlineData(MatchMethod.Substring)]
    public void A_remembered_answer_ends_with_the_next_change(MatchMethod method)
    {
        PatternList list = new PatternLibrary().Make();
        PatternUse use = list.Use(method, ignoresCase: false, readValue: null, s_library, out _)!;
        AnswerCache answers = new(16, 1);
        for (int number = 0; number < 100; number++) Assert.Null(list.Add($"word{number:D3}", null));
        Assert.True(use.Index.IsSlow);
        Assert.Null(Find("newest"));
        Assert.Null(list.Add("newest", null));
        Assert.Equal("newest", Find("newest"));
        Assert.Equal("newest", Find("newest"));
        Assert.Equal("word050", Find("a word050"));
        list.Remove("newest");
        Assert.Null(Find("newest"));
        uint version = list.Prepare();
        for (int number = 0; number < 100; number++) Assert.True(list.TryAdd(version, $"next{number:D3}", null));
        Assert.Equal("word050", Find("a word050"));
        Assert.Null(list.Commit(version));
        Assert.Null(Find("a word050"));
        Assert.Equal("next050", Find("next050"));
        list.Clear();
        Assert.Null(Find("next050"));

        string? Find(string text)
        {
            Sample sample = default;
            sample.SetString(Encoding.ASCII.GetBytes(text));
            return use.Find(in sample, answers) is { } entry ? Encoding.ASCII.GetString(entry.Text) : null;
        }
    }

    [Fact]
    public void Answers_are_those_of_their_list_and_text()
    {
        AnswerCache answers = new(1, 7);
        object one = new();
        object other = new();
        Assert.False(answers.TryFind(one, "a"u8, out ulong hash, out _));
        answers.Add(one, hash, "answer");
        Assert.True(answers.TryFind(one, "a"u8, out _, out object? answer));
        Assert.Equal("answer", answer);
        Assert.False(answers.TryFind(other, "a"u8, out _, out _));
        Assert.False(answers.TryFind(one, "b"u8, out hash, out _));
        answers.Add(one, hash, null);
        Assert.True(answers.TryFind(one, "b"u8, out _, out answer));
        Assert.Null(answer);
        Assert.False(answers.TryFind(one, "a"u8, out _, out _));
    }

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(index => texts[index]);
}
