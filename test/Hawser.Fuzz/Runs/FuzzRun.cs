using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using Hawser.Base.Random;
using Hawser.Fuzz.Mutations;
using Hawser.Fuzz.Targets;

namespace Hawser.Fuzz.Runs;

/// <summary>
/// Tries the corpus of a target and then mutations of it. What leads to an outcome that was not seen before is mutated
/// further. The same seed tries the same inputs, as far as the time goes.
/// </summary>
internal sealed class FuzzRun(FuzzTarget target, ulong seed, string folder)
{
    /// <summary>Inputs that are mutated; the oldest mutation makes room.</summary>
    private const int PoolMaximum = 4096;

    /// <summary>So long no reader may take for a few kilobytes, on any machine: it hangs, or is not linear.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    private readonly List<byte[]> _pool = [];
    private readonly HashSet<ulong> _outcomes = [];

    /// <summary>Null when everything held.</summary>
    public static string? ProblemOf(FuzzTarget target, byte[] input) => ProblemOf(target, input, out _);

    /// <param name="limit">Ends when it is over, and not before the corpus is through.</param>
    /// <param name="maximum">Or after so many inputs.</param>
    public FuzzResult Run(TimeSpan limit, long maximum = long.MaxValue)
    {
        using LastInput last = new(folder, target.Name);
        Mutator mutator = new(new Prng(seed));
        IReadOnlyList<byte[]> corpus = Corpus.Of(target);
        Stopwatch watch = Stopwatch.StartNew();
        long count = 0;
        while (count < corpus.Count || (count < maximum && watch.Elapsed < limit))
        {
            byte[] input = count < corpus.Count ? corpus[(int)count] : mutator.Next(_pool, target.Words);
            last.Set(input);
            string? problem = ProblemOf(target, input, out ulong outcome);
            count++;
            if (problem is not null)
                return new FuzzResult(count, _outcomes.Count, Keep(input, problem));
            bool isNew = _outcomes.Add(outcome);
            if (isNew || count <= corpus.Count)
                AddToPool(input, corpus.Count);
        }

        return new FuzzResult(count, _outcomes.Count, null);
    }

    private static string? ProblemOf(FuzzTarget target, byte[] input, out ulong outcome)
    {
        outcome = 0;
        Stopwatch watch = Stopwatch.StartNew();
        try
        {
            outcome = target.Run(input);
        }
        catch (BrokenPropertyException broken)
        {
            return broken.Message;
        }
#pragma warning disable CA1031 // Any exception is a finding: readers throw on no input.
        catch (Exception thrown)
#pragma warning restore CA1031
        {
            return $"{thrown.GetType().Name}: {thrown.Message}\n{thrown.StackTrace}";
        }

        return watch.Elapsed > s_patience ? $"{input.Length} bytes took {watch.Elapsed.TotalSeconds:0} s" : null;
    }

    private void AddToPool(byte[] input, int corpus)
    {
        if (_pool.Count >= PoolMaximum)
            _pool.RemoveAt(corpus);
        _pool.Add(input);
    }

    private FuzzFinding Keep(byte[] input, string problem)
    {
        string kind = FirstLine(problem);
        byte[] least = Minimiser.Shrink(input, shorter => ProblemOf(target, shorter) is { } other && FirstLine(other) == kind);
        string path = Path.Combine(folder, $"{target.Name}-{Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(least))[..12]}");
        File.WriteAllBytes(path, least);
        return new FuzzFinding(least, problem, path);
    }

    private static string FirstLine(string text) => text.Split('\n')[0];
}
