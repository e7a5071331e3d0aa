using System;
using System.Collections.Generic;
using Ascii = Hawser.Base.Bytes.Ascii;

namespace Hawser.Expressions.Patterns;

/// <summary>Byte strings as keys, with or without regard to the case of their letters; looked up by spans.</summary>
internal sealed class KeyComparer(bool ignoresCase)
    : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
{
    public bool Equals(byte[]? left, byte[]? right) => Equals(left.AsSpan(), right!);

    public int GetHashCode(byte[] key) => GetHashCode(key.AsSpan());

    public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) =>
        ignoresCase ? Ascii.EqualsIgnoreCase(alternate, other) : alternate.SequenceEqual(other);

    public int GetHashCode(ReadOnlySpan<byte> alternate) => HashOf(alternate, ignoresCase);

    public static int HashOf(ReadOnlySpan<byte> alternate, bool ignoresCase)
    {
        // HashCode is seeded per process: a stranger cannot choose keys that collide.
        HashCode hash = default;
        if (!ignoresCase)
        {
            hash.AddBytes(alternate);
            return hash.ToHashCode();
        }

        Span<byte> folded = stackalloc byte[64];
        while (!alternate.IsEmpty)
        {
            int length = Math.Min(alternate.Length, folded.Length);
            for (int index = 0; index < length; index++) folded[index] = Ascii.ToLower(alternate[index]);
            hash.AddBytes(folded[..length]);
            alternate = alternate[length..];
        }

        return hash.ToHashCode();
    }

    public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
}
