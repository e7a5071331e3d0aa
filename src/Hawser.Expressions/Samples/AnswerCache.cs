using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using Hawser.Base.Hashing;

namespace Hawser.Expressions.Samples;

/// <summary>
/// Answers of slow look-ups, one instance per loop, used by its thread ("tune.pattern.cache-size"). An answer belongs to a
/// list in one of its versions and to a text, of which only a hash of 64 bits is kept, with a seed that no stranger knows:
/// that two texts of one list meet there is not expected in the life of a process, and what then happens is that the later
/// gets the answer of the earlier, as in HAProxy. An answer that finds its place taken by another takes it.
/// </summary>
/// <param name="capacity">
/// Answers at most, rounded down to a power of two, a million at most; 0: none is kept. Taken at the first answer.
/// </param>
/// <param name="seed">Random, another one in each process.</param>
public sealed class AnswerCache(int capacity, ulong seed)
{
    /// <summary>The default of "tune.pattern.cache-size".</summary>
    public const int DefaultCapacity = 10_000;

    private const int MostAnswers = 1 << 20;

    private Answer[] _answers = [];

    /// <summary>Keeps nothing.</summary>
    public static AnswerCache None { get; } = new(0, 0);

    public bool IsInUse => capacity > 0;

    /// <param name="version">Stands for what the list is now, by its identity; another object after each change.</param>
    /// <param name="hash">What <see cref="Add"/> wants to know again.</param>
    /// <returns>False when no answer is known.</returns>
    public bool TryFind(object version, ReadOnlySpan<byte> text, out ulong hash, out object? answer)
    {
        hash = XxHash3.Compute(text, seed ^ ((ulong)RuntimeHelpers.GetHashCode(version) << 32));
        answer = null;
        if (_answers.Length == 0) return false;
        ref readonly Answer known = ref _answers[hash & (ulong)(_answers.Length - 1)];
        if (known.Hash != hash || known.Version != version) return false;
        answer = known.Value;
        return true;
    }

    /// <param name="hash">Of <see cref="TryFind"/> with the same version and text.</param>
    public void Add(object version, ulong hash, object? answer)
    {
        if (_answers.Length == 0) _answers = new Answer[1 << BitOperations.Log2((uint)Math.Min(capacity, MostAnswers))];
        _answers[hash & (ulong)(_answers.Length - 1)] = new Answer(hash, version, answer);
    }

    private readonly record struct Answer(ulong Hash, object? Version, object? Value);
}
