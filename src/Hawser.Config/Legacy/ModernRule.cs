using System.Collections.Immutable;

namespace Hawser.Config.Legacy;

/// <summary>A rule in today's spelling.</summary>
/// <param name="Keyword"><c>http-request</c>, <c>http-response</c> or <c>use_backend</c>.</param>
/// <param name="Words">The action with its arguments.</param>
/// <param name="Test">Anonymous conditions that the rule itself demands, with their braces; empty: none.</param>
internal sealed record ModernRule(string Keyword, ImmutableArray<ModernWord> Words, ImmutableArray<ModernWord> Test)
{
    public ModernRule(string keyword, params ImmutableArray<ModernWord> words)
        : this(keyword, words, [])
    {
    }
}

/// <param name="IsFree">An expression or a value, which a reader expects in quotes.</param>
internal readonly record struct ModernWord(string Text, bool IsFree = false)
{
    public static implicit operator ModernWord(string text) => new(text);

    public static ModernWord Free(string text) => new(text, IsFree: true);
}
