using System;
using System.Numerics;
using Hawser.Base.Assertions;

namespace Hawser.Base.Random;

/// <summary>
/// xoshiro256** 1.0 by Blackman and Vigna (public domain): fast, 2^256-1 long, the same numbers for the same seed on
/// every machine. It is the only source of randomness, so that one seed repeats a whole simulation. Not for secrets.
/// One owner: an event loop or a test; not thread-safe.
/// </summary>
public sealed class Prng
{
    private ulong _state0;
    private ulong _state1;
    private ulong _state2;
    private ulong _state3;

    /// <summary>Every seed gives a good start: the state is filled by SplitMix64, as the authors advise.</summary>
    public Prng(ulong seed)
    {
        _state0 = SplitMix64(ref seed);
        _state1 = SplitMix64(ref seed);
        _state2 = SplitMix64(ref seed);
        _state3 = SplitMix64(ref seed);
    }

    private Prng(ulong state0, ulong state1, ulong state2, ulong state3) =>
        (_state0, _state1, _state2, _state3) = (state0, state1, state2, state3);

    /// <param name="state">Four words, not all zero.</param>
    public static Prng FromState(ReadOnlySpan<ulong> state)
    {
        Check.That(state.Length == 4 && state.ContainsAnyExcept(0UL), "a generator needs four words, one of them set");
        return new Prng(state[0], state[1], state[2], state[3]);
    }

    /// <summary>One of all 2^64 values, each equally likely.</summary>
    public ulong NextUInt64()
    {
        ulong result = BitOperations.RotateLeft(_state1 * 5, 7) * 9;
        ulong shifted = _state1 << 17;
        _state2 ^= _state0;
        _state3 ^= _state1;
        _state1 ^= _state2;
        _state0 ^= _state3;
        _state2 ^= shifted;
        _state3 = BitOperations.RotateLeft(_state3, 45);
        return result;
    }

    /// <summary>One of all 2^32 values, each equally likely.</summary>
    public uint NextUInt32() => (uint)(NextUInt64() >> 32);

    /// <summary>0 to <paramref name="bound"/> - 1, each equally likely (Lemire's method).</summary>
    /// <param name="bound">At least 1.</param>
    public uint NextBelow(uint bound)
    {
        Check.That(bound > 0, "no number lies below 0");
        ulong product = (ulong)NextUInt32() * bound;
        if ((uint)product < bound)
        {
            uint biased = (0 - bound) % bound;
            while ((uint)product < biased) product = (ulong)NextUInt32() * bound;
        }

        return (uint)(product >> 32);
    }

    /// <summary>True with a probability of <paramref name="numerator"/> in <paramref name="denominator"/>.</summary>
    public bool NextChance(uint numerator, uint denominator) => NextBelow(denominator) < numerator;

    private static ulong SplitMix64(ref ulong state)
    {
        ulong mixed = state += 0x9E3779B97F4A7C15;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }
}
