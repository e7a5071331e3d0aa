using System.Collections.Immutable;

namespace Hawser.Expressions.Compilation;

/// <summary>What may stand between a method's parentheses.</summary>
/// <param name="Minimum">How many of them are required.</param>
/// <param name="Types">All of them in order; at most twelve.</param>
public sealed record ArgumentSignature(int Minimum, ImmutableArray<ArgumentType> Types)
{
    public static ArgumentSignature None { get; } = new(0, []);

    /// <summary>All of them required.</summary>
    public static ArgumentSignature Required(params ImmutableArray<ArgumentType> types) => new(types.Length, types);

    /// <summary>None of them required.</summary>
    public static ArgumentSignature Optional(params ImmutableArray<ArgumentType> types) => new(0, types);

    public static ArgumentSignature Of(int minimum, params ImmutableArray<ArgumentType> types) => new(minimum, types);
}
