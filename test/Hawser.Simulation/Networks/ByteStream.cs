using System;
using System.Buffers.Binary;
using Hawser.Base.Random;

namespace Hawser.Simulation.Networks;

/// <summary>
/// What one actor says on one connection, endless and its own: four bytes that name it, then a place in a block of
/// noise. Nothing is stored; any part of it can be produced or compared.
/// </summary>
internal sealed class ByteStream(int id, int start, Flow spoken)
{
    public const int IdBytes = 4;

    public int Id => id;

    /// <summary>The flow that the actor says it on.</summary>
    public Flow Spoken => spoken;

    /// <summary>The flow each proxy sends it on with; by the proxy's index.</summary>
    public Flow?[] Carriers { get; } = new Flow?[2];

    public void Write(Noise noise, long offset, Span<byte> target)
    {
        while (offset < IdBytes && target.Length > 0)
        {
            target[0] = IdByte((int)offset++);
            target = target[1..];
        }

        noise.Write(start + offset, target);
    }

    /// <summary>Index of the first byte that is not this stream's, or -1.</summary>
    public int FirstDifference(Noise noise, long offset, ReadOnlySpan<byte> bytes)
    {
        int at = 0;
        while (offset < IdBytes && at < bytes.Length)
        {
            if (bytes[at] != IdByte((int)offset++))
                return at;
            at++;
        }

        int difference = noise.FirstDifference(start + offset, bytes[at..]);
        return difference < 0 ? -1 : at + difference;
    }

    private byte IdByte(int index) => (byte)(id >> (8 * index));

    public static int ReadId(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadInt32LittleEndian(bytes);
}

/// <summary>Random bytes with a prime period, so that a shift by any block size is seen.</summary>
internal sealed class Noise
{
    private const int Period = 65521;
    private const int Piece = 32 * 1024;

    private readonly byte[] _bytes = new byte[Period + Piece];

    public Noise(Prng random)
    {
        for (int i = 0; i < Period; i++)
            _bytes[i] = (byte)random.NextUInt32();
        Array.Copy(_bytes, 0, _bytes, Period, Piece);
    }

    public void Write(long place, Span<byte> target)
    {
        while (target.Length > 0)
        {
            ReadOnlySpan<byte> part = From(place, target.Length);
            part.CopyTo(target);
            target = target[part.Length..];
            place += part.Length;
        }
    }

    /// <summary>Index of the first byte that is another one, or -1.</summary>
    public int FirstDifference(long place, ReadOnlySpan<byte> bytes)
    {
        int at = 0;
        while (at < bytes.Length)
        {
            ReadOnlySpan<byte> part = From(place + at, bytes.Length - at);
            int same = bytes.Slice(at, part.Length).CommonPrefixLength(part);
            if (same < part.Length)
                return at + same;
            at += part.Length;
        }

        return -1;
    }

    /// <summary>At most the wanted length, never empty.</summary>
    private ReadOnlySpan<byte> From(long place, int wanted) =>
        _bytes.AsSpan((int)(place % Period), Math.Min(wanted, Piece));
}
