using System;
using Hawser.Io.Buffers;
using Xunit;

namespace Hawser.Tests.Io;

public sealed unsafe class BufferPoolTests
{
    [Fact]
    public void With_a_poison_every_block_comes_filled_with_it()
    {
        using BufferPool pool = new(blockBytes: 128, blocksMaximum: 8, poison: 0x50);
        Assert.Equal(-1, new ReadOnlySpan<byte>(pool.Scratch, pool.LargeBytes).IndexOfAnyExcept((byte)0x50));
        byte* block = pool.Lease();
        new Span<byte>(block, 128).Clear();
        pool.Return(block);
        block = pool.Lease();
        Assert.Equal(-1, new ReadOnlySpan<byte>(block, 128).IndexOfAnyExcept((byte)0x50));
        pool.Return(block);
    }

    [Fact]
    public void Without_one_a_block_keeps_what_it_had()
    {
        using BufferPool pool = new(blockBytes: 128, blocksMaximum: 8);
        byte* block = pool.Lease();
        new Span<byte>(block, 128).Fill(7);
        pool.Return(block);
        block = pool.Lease();
        Assert.Equal(-1, new ReadOnlySpan<byte>(block, 128).IndexOfAnyExcept((byte)7));
        pool.Return(block);
    }
}
