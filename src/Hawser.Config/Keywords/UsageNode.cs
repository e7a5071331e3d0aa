using System.Collections.Generic;

namespace Hawser.Config.Keywords;

/// <summary>What a value of a usage may be.</summary>
internal enum UsageValueKind
{
    Word,
    Integer,
    Size,
    Time,

    /// <summary>An address with a port, or a path.</summary>
    AddressAndPort,

    /// <summary>Bytes as pairs of hexadecimal digits.</summary>
    Hexadecimal,

    /// <summary>Known words separated by commas.</summary>
    List,
}

/// <summary>A part of a <see cref="UsagePattern"/>.</summary>
internal abstract record UsageNode
{
    public sealed record Literal(string Text) : UsageNode;

    /// <param name="Min">Inclusive; not for words.</param>
    /// <param name="Max">Inclusive; not for words.</param>
    public sealed record Value(string Name, UsageValueKind Kind, long Min, long Max) : UsageNode
    {
        /// <summary>The words that may stand in a list.</summary>
        public string[] Members { get; init; } = [];
    }

    public sealed record Sequence(IReadOnlyList<UsageNode> Items) : UsageNode;

    public sealed record Choice(IReadOnlyList<UsageNode> Items) : UsageNode;

    public sealed record Optional(UsageNode Item) : UsageNode;

    public sealed record Repeat(UsageNode Item, int Least) : UsageNode;
}
