using System.Collections.Immutable;
using Hawser.Config.Syntax;

namespace Hawser.Config.Lint.Views;

/// <summary>Any section: its first line's words and the lines below.</summary>
public sealed record SectionView(ImmutableArray<Word> Header, ImmutableArray<Statement> Lines)
{
    public Word Keyword => Header[0];

    /// <summary>Null when the section has no name.</summary>
    public Word? Name => Header.Length > 1 ? Header[1] : null;
}
