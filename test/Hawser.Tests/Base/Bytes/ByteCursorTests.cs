using System;
using Hawser.Base.Bytes;
using Xunit;

namespace Hawser.Tests.Base.Bytes;

public class ByteCursorTests
{
    [Fact]
    public void It_reads_forward_in_network_order()
    {
        ByteCursor cursor = new([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, (byte)'k', (byte)'=', (byte)'v']);
        Assert.True(cursor.TryRead(out byte one));
        Assert.Equal(1, one);
        Assert.True(cursor.TryReadUInt16BigEndian(out ushort two));
        Assert.Equal(0x0203, two);
        Assert.True(cursor.TryReadUInt32BigEndian(out uint four));
        Assert.Equal(0x04050607u, four);
        Assert.True(cursor.TryReadUInt64BigEndian(out ulong eight));
        Assert.Equal(0x08090A0B0C0D0E0FUL, eight);
        Assert.True(cursor.TryReadUntil((byte)'=', out ReadOnlySpan<byte> key));
        Assert.True(key.SequenceEqual("k"u8));
        Assert.True(cursor.TryTake("v"u8));
        Assert.True(cursor.IsAtEnd);
        Assert.Equal(18, cursor.Position);
    }

    [Fact]
    public void What_is_not_there_changes_nothing()
    {
        ByteCursor cursor = new([1, 2, 3]);
        Assert.True(cursor.TrySkip(2));
        Assert.False(cursor.TryReadUInt16BigEndian(out _));
        Assert.False(cursor.TryReadUInt32BigEndian(out _));
        Assert.False(cursor.TryReadUInt64BigEndian(out _));
        Assert.False(cursor.TryRead(2, out _));
        Assert.False(cursor.TryRead(-1, out _));
        Assert.False(cursor.TrySkip(int.MaxValue));
        Assert.False(cursor.TryTake([3, 4]));
        Assert.False(cursor.TryReadUntil(0, out _));
        Assert.Equal(2, cursor.Position);
        Assert.True(cursor.TryRead(1, out _));
        Assert.False(cursor.TryRead(out _));
        Assert.False(cursor.TryPeek(out _));
        Assert.True(cursor.TryRead(0, out _));
    }
}
