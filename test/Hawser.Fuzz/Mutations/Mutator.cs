using System;
using System.Collections.Generic;
using System.Text;
using Hawser.Base.Random;

namespace Hawser.Fuzz.Mutations;

/// <summary>Makes new inputs of old ones, the same for the same seed.</summary>
internal sealed class Mutator(Prng random)
{
    private const int MaximumBytes = 4096;
    private const int MaximumSteps = 6;

    private static readonly byte[] s_interesting = [0, 1, 9, 10, 13, 32, 34, 39, 47, 58, 92, 127, 128, 255];

    public byte[] Next(IReadOnlyList<byte[]> pool, ReadOnlySpan<string> words)
    {
        List<byte> bytes = [.. pool[Below(pool.Count)]];
        int steps = 1 + Below(MaximumSteps);
        for (int step = 0; step < steps; step++)
            Change(bytes, pool, words);
        if (bytes.Count > MaximumBytes)
            bytes.RemoveRange(MaximumBytes, bytes.Count - MaximumBytes);
        return [.. bytes];
    }

    private void Change(List<byte> bytes, IReadOnlyList<byte[]> pool, ReadOnlySpan<string> words)
    {
        int at = Below(bytes.Count + 1);
        int length = Math.Min(1 + Below(1 << Below(7)), bytes.Count - at);
        switch (Below(9))
        {
            case 0 when at < bytes.Count:
                bytes[at] ^= (byte)(1 << Below(8));
                break;
            case 1 when at < bytes.Count:
                bytes[at] = s_interesting[Below(s_interesting.Length)];
                break;
            case 2 when at < bytes.Count:
                bytes[at] = (byte)Below(256);
                break;
            case 3:
                bytes.RemoveRange(at, length);
                break;
            case 4:
                bytes.InsertRange(at, bytes.GetRange(at, length));
                break;
            case 5:
                byte[] other = pool[Below(pool.Count)];
                int from = Below(other.Length + 1);
                bytes.InsertRange(at, other.AsSpan(from, Math.Min(1 + Below(64), other.Length - from)));
                break;
            case 6 when at < bytes.Count:
                bytes[at] = (byte)(bytes[at] + (Below(2) == 0 ? 1 : -1));
                break;
            default:
                byte[] word = Bytes(words[Below(words.Length)]);
                if (Below(2) == 0)
                    bytes.RemoveRange(at, Math.Min(word.Length, bytes.Count - at));
                bytes.InsertRange(at, word);
                break;
        }
    }

    /// <summary>A letter below U+0100 is a byte: words of binary formats are written that way.</summary>
    private static byte[] Bytes(string word) => Encoding.Latin1.GetBytes(word);

    private int Below(int bound) => (int)random.NextBelow((uint)bound);
}
