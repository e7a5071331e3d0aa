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

    /// <summary>docs/divergences.md, "tune.buffers.limit".</summary>
    [Fact]
    public void What_is_urgent_may_go_on_to_twice_the_maximum_and_no_further()
    {
        using BufferPool pool = new(blockBytes: 128, blocksMaximum: 5);
        byte*[] blocks = new byte*[10];
        for (int i = 0; i < 5; i++) blocks[i] = pool.Lease();
        Assert.True(pool.Lease() == null);
        for (int i = 5; i < 10; i++) blocks[i] = pool.Lease(isUrgent: true);
        Assert.True(blocks[9] != null);
        Assert.True(pool.Lease(isUrgent: true) == null);
        Assert.False(pool.HasRoomFor(isUrgent: true));
        Assert.Equal(10, pool.Leased);
        foreach (byte* block in blocks) pool.Return(block);
    }

    [Fact]
    public void Blocks_that_nobody_needed_for_two_periods_go_back_but_for_the_resident_ones()
    {
        using BufferPool pool = new(blockBytes: 128, blocksMaximum: 200);
        UseAtOnce(pool, 100);
        Assert.True(pool.IsHigh);
        Assert.Equal(0, Period(pool));
        Assert.Equal(0, Period(pool));
        Assert.Equal(84, Period(pool));
        Assert.Equal((16, false), (pool.Kept, pool.IsHigh));
        Assert.Equal(0, Period(pool));
        Assert.Equal(0, pool.Leased);
    }

    [Fact]
    public void Blocks_that_come_to_use_each_period_stay()
    {
        using BufferPool pool = new(blockBytes: 128, blocksMaximum: 200);
        for (int period = 0; period < 5; period++)
        {
            UseAtOnce(pool, 100);
            Assert.Equal(0, Period(pool));
        }

        Assert.Equal(100, pool.Kept);
    }

    [Fact]
    public void A_turn_gives_back_no_more_blocks_than_it_may()
    {
        using BufferPool pool = new(blockBytes: 128, blocksMaximum: 200);
        UseAtOnce(pool, 100);
        pool.EndPeriod();
        pool.EndPeriod();
        pool.EndPeriod();
        Assert.Equal((64, 20, 0), (pool.DropSurplus(64), pool.DropSurplus(64), pool.DropSurplus(64)));
    }

    [Fact]
    public void A_block_that_is_needed_while_the_rest_goes_back_is_there()
    {
        using BufferPool pool = new(blockBytes: 128, blocksMaximum: 200);
        UseAtOnce(pool, 100);
        pool.EndPeriod();
        pool.EndPeriod();
        pool.EndPeriod();
        byte*[] blocks = new byte*[90];
        for (int i = 0; i < blocks.Length; i++)
            blocks[i] = pool.Lease();
        Assert.Equal(0, pool.DropSurplus(64));
        foreach (byte* block in blocks)
            pool.Return(block);
        Assert.Equal(100, pool.Kept);
    }

    private static int Period(BufferPool pool)
    {
        pool.EndPeriod();
        return pool.DropSurplus(1000);
    }

    private static void UseAtOnce(BufferPool pool, int count)
    {
        byte*[] blocks = new byte*[count];
        for (int i = 0; i < count; i++)
            blocks[i] = pool.Lease();
        foreach (byte* block in blocks)
            pool.Return(block);
    }
}
