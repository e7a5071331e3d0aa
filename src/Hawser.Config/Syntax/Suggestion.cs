using System;
using System.Collections.Generic;

namespace Hawser.Config.Syntax;

/// <summary>Did-you-mean: the known word with the smallest edit distance, when it is close enough to be a typo.</summary>
public static class Suggestion
{
    /// <summary>The closest word, or null.</summary>
    public static string? Closest(string text, IEnumerable<string> known)
    {
        string? best = null;
        int limit = Math.Max(1, Math.Min(3, text.Length / 2));
        int bestDistance = limit + 1;
        foreach (string candidate in known)
        {
            if (Math.Abs(candidate.Length - text.Length) >= bestDistance) continue;
            int distance = Distance(text, candidate);
            if (distance >= bestDistance) continue;
            bestDistance = distance;
            best = candidate;
        }
        return best;
    }

    /// <summary>The sentence about it, or null.</summary>
    public static string? Hint(string text, IEnumerable<string> known) =>
        Closest(text, known) is { } word ? $"did you mean '{word}' maybe ?" : null;

    /// <summary>Insertions, deletions, substitutions and swaps of neighbours, each counting one.</summary>
    public static int Distance(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        int width = right.Length + 1;
        int[] table = new int[(left.Length + 1) * width];
        for (int column = 0; column < width; column++) table[column] = column;
        for (int row = 1; row <= left.Length; row++)
        {
            table[row * width] = row;
            for (int column = 1; column < width; column++)
            {
                int cost = left[row - 1] == right[column - 1] ? 0 : 1;
                int best = Math.Min(
                    Math.Min(table[(row - 1) * width + column], table[row * width + column - 1]) + 1,
                    table[(row - 1) * width + column - 1] + cost);
                bool isSwap = row > 1 && column > 1
                    && left[row - 1] == right[column - 2] && left[row - 2] == right[column - 1];
                if (isSwap) best = Math.Min(best, table[(row - 2) * width + column - 2] + 1);
                table[row * width + column] = best;
            }
        }
        return table[^1];
    }
}
