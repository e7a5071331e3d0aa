using System;
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Hawser.Expressions.Converters;

/// <summary>The unwrapping of a key that another key wraps (RFC 3394 section 2.2.2).</summary>
internal static class AesKeyWrap
{
    private const int HalfBytes = 8;
    private const int Rounds = 6;
    private const ulong InitialValue = 0xA6A6A6A6A6A6A6A6;

    /// <summary>Allocates a cipher.</summary>
    /// <param name="wrappingKey">16, 24 or 32 bytes.</param>
    /// <param name="key">As many bytes as the key has.</param>
    /// <returns>False when it is a key of another length, or was not wrapped with this one.</returns>
    public static bool TryUnwrap(ReadOnlySpan<byte> wrappingKey, ReadOnlySpan<byte> wrapped, Span<byte> key)
    {
        if (wrapped.Length != key.Length + HalfBytes || key.Length % HalfBytes != 0) return false;
        using Aes aes = Aes.Create();
        aes.SetKey(wrappingKey);
        Span<byte> block = stackalloc byte[2 * HalfBytes];
        Span<byte> opened = stackalloc byte[2 * HalfBytes];
        ulong check = BinaryPrimitives.ReadUInt64BigEndian(wrapped);
        wrapped[HalfBytes..].CopyTo(key);
        int halves = key.Length / HalfBytes;
        for (int step = Rounds * halves; step > 0; step--)
        {
            Span<byte> half = key.Slice((step - 1) % halves * HalfBytes, HalfBytes);
            BinaryPrimitives.WriteUInt64BigEndian(block, check ^ (ulong)step);
            half.CopyTo(block[HalfBytes..]);
            _ = aes.DecryptEcb(block, opened, PaddingMode.None);
            check = BinaryPrimitives.ReadUInt64BigEndian(opened);
            opened[HalfBytes..].CopyTo(half);
        }

        return check == InitialValue;
    }
}
