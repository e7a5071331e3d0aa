using System;

namespace Hawser.Fuzz.Mutations;

/// <summary>Takes away from an input what is not needed for it to break something.</summary>
internal static class Minimiser
{
    /// <param name="breaks">Whether an input still breaks the same.</param>
    public static byte[] Shrink(byte[] input, Func<byte[], bool> breaks)
    {
        for (int length = Math.Max(1, input.Length / 2); length >= 1; length /= 2)
        {
            int at = 0;
            while (at < input.Length)
            {
                byte[] shorter = [.. input.AsSpan(0, at), .. input.AsSpan(Math.Min(at + length, input.Length))];
                if (breaks(shorter)) input = shorter;
                else at += length;
            }
        }

        return input;
    }
}
