using System;
using Hawser.Io.Buffers;
using Hawser.Proxy.Connections;
using Xunit;

namespace Hawser.Tests.Proxy.Connections;

/// <summary>What a channel keeps of a read that its sink did not take.</summary>
public sealed unsafe class KeptBytes : IDisposable
{
    private const int BlockBytes = 64;

    private readonly BufferPool _buffers = new(BlockBytes, 6);
    private readonly Channel _channel = new();

    public void Dispose() => _buffers.Dispose();

    [Theory]
    [InlineData(1, 1)]
    [InlineData(BlockBytes, 1)]
    [InlineData(BlockBytes + 1, 4)]
    [InlineData(BlockBytes * 4, 4)]
    public void Bytes_are_kept_unchanged_in_a_block_of_their_size(int length, int blocks)
    {
        for (int i = 0; i < length; i++)
            _buffers.Scratch[i] = (byte)(i * 7);
        _channel.Keep(_buffers, _buffers.Scratch, length);
        new Span<byte>(_buffers.Scratch, length).Clear();

        Assert.Equal(blocks, _buffers.Leased);
        Assert.Equal(length, _channel.Pending);
        for (int i = 0; i < length; i++)
            Assert.Equal((byte)(i * 7), _channel.BlockData[i]);

        _channel.Consumed(length, _buffers);
        Assert.Equal(0, _buffers.Leased);
    }

    [Fact]
    public void A_large_block_counts_for_four_of_the_limit()
    {
        Assert.True(_buffers.HasLargeRoom);
        _channel.Keep(_buffers, _buffers.Scratch, BlockBytes * 2);
        Assert.False(_buffers.HasLargeRoom);
        Assert.True(_buffers.HasRoom);

        new Channel().Keep(_buffers, _buffers.Scratch, BlockBytes);
        new Channel().Keep(_buffers, _buffers.Scratch, BlockBytes);
        Assert.False(_buffers.HasRoom);

        _channel.Consumed(BlockBytes * 2, _buffers);
        Assert.True(_buffers.HasLargeRoom);
    }
}
