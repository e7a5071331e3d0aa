using System;
using System.Collections.Generic;

namespace Hawser.Expressions.Compilation;

/// <summary>The known name a misspelt one was probably meant to be.</summary>
public static class Suggestion
{
    /// <summary>
    /// The nearest name by insertions, deletions, replacements and swaps of neighbours: at most two of them, and fewer
    /// than half the name's letters.
    /// </summary>
    public static string? For(string written, IEnumerable<string> names)
    {
        string? best = null;
        int bestDistance = Math.Min(2, (written.Length - 1) / 2) + 1;
        foreach (string name in names)
        {
            int distance = Distance(written, name, bestDistance);
            if (distance < bestDistance) (best, bestDistance) = (name, distance);
        }

        return best;
    }

    /// <summary>Optimal string alignment distance, or <paramref name="limit"/> when it is not below that.</summary>
    private static int Distance(string a, string b, int limit)
    {
        if (Math.Abs(a.Length - b.Length) >= limit) return limit;
        int[] beforeLast = new int[b.Length + 1];
        int[] last = new int[b.Length + 1];
        int[] current = new int[b.Length + 1];
        for (int j = 0; j <= b.Length; j++) last[j] = j;
        for (int i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int cost = a[i - 1] == b[j - 1] ? 0 : 1;
                current[j] = Math.Min(Math.Min(last[j], current[j - 1]) + 1, last[j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    current[j] = Math.Min(current[j], beforeLast[j - 2] + 1);
            }

            (beforeLast, last, current) = (last, current, beforeLast);
        }

        return Math.Min(last[b.Length], limit);
    }
}
