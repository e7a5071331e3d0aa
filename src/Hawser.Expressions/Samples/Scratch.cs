using System;

namespace Hawser.Expressions.Samples;

/// <summary>
/// The memory that converters write their results to: one instance per loop, used by its thread. A result stays until
/// the second <see cref="Take"/> after it, so a converter may read its input while it writes its output; blocks are
/// made when first needed and kept.
/// </summary>
/// <param name="blockBytes">The longest result: "tune.bufsize", as in HAProxy. What does not fit is no value.</param>
public sealed class Scratch(int blockBytes)
{
    /// <summary>An expression inside of an expression (a variable's format, an ACL as a condition), and so on.</summary>
    private const int MaximumDepth = 8;

    private readonly byte[]?[] _blocks = new byte[2 * MaximumDepth][];
    private int _depth;

    public int BlockBytes => blockBytes;

    /// <summary>A whole block, its content undefined, that <paramref name="inUse"/> does not lie in.</summary>
    public Span<byte> Take(ReadOnlySpan<byte> inUse)
    {
        byte[] first = Block(2 * _depth);
        return inUse.Overlaps(first) ? Block((2 * _depth) + 1) : first;
    }

    /// <summary>From here until <see cref="Leave"/> the blocks of the outer expression are left alone.</summary>
    /// <returns>False when expressions are nested too deep; then there is nothing to leave.</returns>
    public bool TryEnter()
    {
        if (_depth + 1 >= MaximumDepth) return false;
        _depth++;
        return true;
    }

    public void Leave() => _depth--;

    private byte[] Block(int index) => _blocks[index] ??= GC.AllocateUninitializedArray<byte>(blockBytes);
}
