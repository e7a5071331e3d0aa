using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using Hawser.Config.Syntax;

namespace Hawser.Config.Lint.Views;

/// <summary>One test of a condition: a named ACL, or an anonymous one in braces.</summary>
/// <param name="At">The ACL's name, or the opening brace.</param>
/// <param name="Name">Empty for an anonymous one.</param>
/// <param name="Anonymous">What stands in the braces; null for a named one.</param>
public readonly record struct ConditionTerm(bool IsNegated, Word At, string Name, Criterion? Anonymous);

/// <summary><c>if</c> or <c>unless</c> and what follows (manual, 7.2): alternatives, each a list of tests.</summary>
public sealed class Condition
{
    private Condition(Word keyword, ImmutableArray<ImmutableArray<ConditionTerm>> alternatives, string text)
    {
        Keyword = keyword;
        Alternatives = alternatives;
        Text = text;
    }

    /// <summary><c>if</c> or <c>unless</c>.</summary>
    public Word Keyword { get; }

    public ImmutableArray<ImmutableArray<ConditionTerm>> Alternatives { get; }

    /// <summary>The words joined by spaces, <c>if</c> included.</summary>
    public string Text { get; }

    public IEnumerable<ConditionTerm> Terms
    {
        get
        {
            foreach (ImmutableArray<ConditionTerm> alternative in Alternatives)
            {
                foreach (ConditionTerm term in alternative) yield return term;
            }
        }
    }

    /// <summary>Null when the line has none.</summary>
    internal static Condition? Find(ReadOnlySpan<Word> words)
    {
        int depth = 0;
        for (int index = 1; index < words.Length; index++)
        {
            string text = words[index].Text;
            if (text is "{" or "!{") depth++;
            else if (text == "}") depth--;
            else if (depth == 0 && text is "if" or "unless") return Parse(words[index..]);
        }
        return null;
    }

    private static Condition Parse(ReadOnlySpan<Word> words)
    {
        List<ImmutableArray<ConditionTerm>> alternatives = [];
        List<ConditionTerm> terms = [];
        List<string> texts = [words[0].Text];
        bool isNegated = false;
        for (int index = 1; index < words.Length; index++)
        {
            Word word = words[index];
            texts.Add(word.Text);
            string name = word.Text;
            if (name is "||" or "or")
            {
                alternatives.Add([.. terms]);
                terms.Clear();
                continue;
            }
            while (name.StartsWith('!'))
            {
                isNegated = !isNegated;
                name = name[1..];
            }
            if (name.Length == 0) continue;
            if (name == "{")
            {
                int start = index + 1;
                while (index + 1 < words.Length && words[index + 1].Text != "}") texts.Add(words[++index].Text);
                Criterion? anonymous = Criterion.Parse(words[start..(index + 1)]);
                terms.Add(new ConditionTerm(isNegated, word, "", anonymous));
                if (index + 1 < words.Length) texts.Add(words[++index].Text);
            }
            else terms.Add(new ConditionTerm(isNegated, word, name, null));
            isNegated = false;
        }
        alternatives.Add([.. terms]);
        return new Condition(words[0], [.. alternatives], string.Join(' ', texts));
    }
}
