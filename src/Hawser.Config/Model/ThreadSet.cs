using System;
using System.Collections.Immutable;
using System.Globalization;

namespace Hawser.Config.Model;

/// <summary>Which threads a listener runs on: the <c>thread</c> option of a bind line (manual, 5.1).</summary>
public sealed record ThreadSet
{
    public const int MaxThreads = 1024;

    /// <param name="Group">Thread group, 1 and up; 0: the numbers are those of the process.</param>
    /// <param name="Step">1, or 2 for odd and even.</param>
    private readonly record struct Part(int Group, int First, int Last, int Step);

    private readonly ImmutableArray<Part> _parts;

    private ThreadSet(ImmutableArray<Part> parts) => _parts = parts;

    /// <summary>The highest thread group named; 0 or 1 where there is one group only.</summary>
    public int LastGroup
    {
        get
        {
            int last = 0;
            foreach (Part part in _parts) last = Math.Max(last, part.Group);
            return last;
        }
    }

    /// <param name="thread">From 1, in a process with one thread group.</param>
    public bool Contains(int thread)
    {
        foreach (Part part in _parts)
        {
            if (thread >= part.First && thread <= part.Last && (thread - part.First) % part.Step == 0) return true;
        }
        return false;
    }

    /// <summary>Null when the text is none: <paramref name="wrong"/> is the part of it that is not understood.</summary>
    public static ThreadSet? Parse(string text, out string wrong)
    {
        ImmutableArray<Part>.Builder parts = ImmutableArray.CreateBuilder<Part>();
        foreach (string item in text.Split(','))
        {
            int group = 0;
            wrong = item;
            string set = item;
            int slash = item.IndexOf('/', StringComparison.Ordinal);
            if (slash >= 0)
            {
                if (!TryThread(item[..slash], out group)) return null;
                set = item[(slash + 1)..];
            }
            if (!TryRange(set, out int first, out int last, out int step)) return null;
            parts.Add(new Part(group, first, last, step));
        }
        wrong = "";
        return new ThreadSet(parts.ToImmutable());
    }

    private static bool TryRange(string text, out int first, out int last, out int step)
    {
        (first, last, step) = text switch
        {
            "all" => (1, MaxThreads, 1),
            "odd" => (1, MaxThreads, 2),
            "even" => (2, MaxThreads, 2),
            _ => (0, 0, 1),
        };
        if (first > 0) return true;
        int dash = text.IndexOf('-', StringComparison.Ordinal);
        if (dash < 0)
        {
            bool isOne = TryThread(text, out first);
            last = first;
            return isOne;
        }
        first = 1;
        last = MaxThreads;
        bool isRange = (dash == 0 || TryThread(text[..dash], out first))
            && (dash == text.Length - 1 || TryThread(text[(dash + 1)..], out last));
        if (first > last) (first, last) = (last, first);
        return isRange;
    }

    private static bool TryThread(string text, out int thread) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out thread)
        && thread is >= 1 and <= MaxThreads;
}
