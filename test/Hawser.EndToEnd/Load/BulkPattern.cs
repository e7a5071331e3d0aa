using System;
using System.IO;

namespace Hawser.EndToEnd.Load;

/// <summary>A block whose period is prime, so that bytes moved by a buffer's size or a page do not match.</summary>
public static class BulkPattern
{
    private const int Period = 65521;

    public static byte[] Block { get; } = Make();

    public static void Verify(ReadOnlySpan<byte> data, long position)
    {
        while (data.Length > 0)
        {
            int at = (int)(position % Period);
            int size = Math.Min(Period - at, data.Length);
            int same = data[..size].CommonPrefixLength(Block.AsSpan(at, size));
            if (same < size)
                throw new InvalidDataException($"byte {position + same} is {data[same]}, must be {Block[at + same]}");
            data = data[size..];
            position += size;
        }
    }

    private static byte[] Make()
    {
        byte[] block = new byte[Period];
        uint state = 2463534242;
        for (int i = 0; i < block.Length; i++)
        {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            block[i] = (byte)state;
        }

        return block;
    }
}
