using System;

namespace Hawser.Protocols.Http;

/// <summary>A piece of a message's block, by place: it stays right when the block is copied elsewhere.</summary>
/// <param name="At">Offset from the block's beginning, in bytes.</param>
/// <param name="Length">In bytes.</param>
public readonly record struct TextSpan(int At, int Length)
{
    public int End => At + Length;

    public bool IsEmpty => Length == 0;

    public unsafe ReadOnlySpan<byte> In(byte* block) => new(block + At, Length);
}
