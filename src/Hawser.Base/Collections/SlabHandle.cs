namespace Hawser.Base.Collections;

/// <summary>
/// Names one tenancy of one slot of a <see cref="Slab{T}"/>. The default value names nothing. It packs into a word,
/// so that it can be the user data of a kernel event.
/// </summary>
public readonly record struct SlabHandle
{
    internal SlabHandle(int index, uint generation)
    {
        Index = index;
        Generation = generation;
    }

    public int Index { get; }

    /// <summary>Odd for a handle that was given out.</summary>
    public uint Generation { get; }

    public ulong ToWord() => ((ulong)Generation << 32) | (uint)Index;

    public static SlabHandle FromWord(ulong word) => new((int)word, (uint)(word >> 32));
}
