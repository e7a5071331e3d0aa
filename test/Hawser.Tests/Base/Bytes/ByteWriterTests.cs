using System;
using Hawser.Base.Bytes;
using Xunit;

namespace Hawser.Tests.Base.Bytes;

public class ByteWriterTests
{
    [Fact]
    public void Pieces_stand_one_after_the_other()
    {
        ByteWriter writer = new(stackalloc byte[64]);
        Assert.True(writer.TryWrite((byte)'<'));
        Assert.True(writer.TryWriteDecimal(-42L));
        Assert.True(writer.TryWritePadded(7, 3));
        Assert.True(writer.TryWritePadded(12345, 3));
        Assert.True(writer.TryWrite(">"u8));
        Assert.True(writer.TryFill((byte)'.', 2));
        Assert.True(writer.TryWriteUInt16BigEndian(0x4142));
        Assert.True(writer.TryWriteUInt32BigEndian(0x43444546));
        Assert.True(writer.TryWriteUInt64BigEndian(0x4748494A4B4C4D4E));
        Assert.True(writer.Written.SequenceEqual("<-42007345>..ABCDEFGHIJKLMN"u8));
    }

    [Fact]
    public void Without_room_nothing_is_written()
    {
        Span<byte> room = stackalloc byte[1];
        ByteWriter writer = new(room);
        Assert.False(writer.TryWrite("ab"u8));
        Assert.False(writer.TryWriteDecimal(10L));
        Assert.False(writer.TryWriteDecimal(10UL));
        Assert.False(writer.TryWritePadded(1, 2));
        Assert.False(writer.TryFill(1, 2));
        Assert.False(writer.TryWriteUInt16BigEndian(1));
        Assert.False(writer.TryWriteUInt32BigEndian(1));
        Assert.False(writer.TryWriteUInt64BigEndian(1));
        Assert.Equal(0, writer.Position);
        Assert.Equal(0, room[0]);
        Assert.True(writer.TryWrite(1));
        Assert.False(writer.TryWrite(1));
    }

    [Fact]
    public void A_text_is_cut_where_the_room_ends()
    {
        ByteWriter writer = new(stackalloc byte[4]);
        Assert.True(writer.WriteCut("ab"u8));
        Assert.False(writer.WriteCut("cde"u8));
        Assert.True(writer.Written.SequenceEqual("abcd"u8));
        writer.Rewind(1);
        Assert.True(writer.TryWrite("xyz"u8));
        Assert.True(writer.Written.SequenceEqual("axyz"u8));
    }
}
