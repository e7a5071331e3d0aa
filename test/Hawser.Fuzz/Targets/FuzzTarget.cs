using System;

namespace Hawser.Fuzz.Targets;

/// <summary>One reader of bytes that strangers send, and what must hold for each input.</summary>
internal abstract class FuzzTarget
{
    /// <summary>Also the name of its file in the corpus.</summary>
    public abstract string Name { get; }

    /// <summary>Words that mean something to the reader; mutations put them in.</summary>
    public abstract ReadOnlySpan<string> Words { get; }

    /// <summary>Reads the input and checks what must hold.</summary>
    /// <returns>
    /// A number for what came of it: inputs with a new one are kept and mutated further, which is this fuzzer's stand-in
    /// for coverage.
    /// </returns>
    /// <exception cref="BrokenPropertyException">Something does not hold. Any other exception is a finding as well.</exception>
    public abstract ulong Run(ReadOnlySpan<byte> input);

    /// <exception cref="BrokenPropertyException">The condition is false.</exception>
    protected static void Expect(bool condition, string property)
    {
        if (!condition)
            throw new BrokenPropertyException(property);
    }

    /// <summary>The same in every process, unlike the library's.</summary>
    protected static ulong Hash(string text)
    {
        ulong hash = 14695981039346656037;
        foreach (char letter in text)
            hash = (hash ^ letter) * 1099511628211;
        return hash;
    }

    protected static ulong Mix(ulong hash, ulong value)
    {
        hash ^= value + 0x9E3779B97F4A7C15 + (hash << 6) + (hash >> 2);
        return hash * 0xBF58476D1CE4E5B9;
    }
}
