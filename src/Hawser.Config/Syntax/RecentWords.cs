using System;
using System.Buffers.Binary;
using System.Text;

namespace Hawser.Config.Syntax;

/// <summary>
/// Gives the same string for the same short word as long as it is remembered: a large file repeats a few keywords and
/// values on every line.
/// </summary>
internal sealed class RecentWords
{
    private const int Slots = 1024;
    private const int LongestBytes = 24;

    private readonly string?[] _words = new string?[Slots];

    /// <summary>As <see cref="ConfigText.Decode"/>.</summary>
    public string Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > LongestBytes) return ConfigText.Decode(bytes);
        ref string? slot = ref _words[Hash(bytes) % Slots];
        // Never true of bytes above 127.
        if (slot is null || !Ascii.Equals(bytes, slot)) slot = ConfigText.Decode(bytes);
        return slot;
    }

    private static uint Hash(ReadOnlySpan<byte> bytes)
    {
        ulong hash = (ulong)bytes.Length;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
            hash = (hash ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes)) * 0x9E37_79B9_7F4A_7C15;
        ulong tail = 0;
        foreach (byte value in bytes) tail = (tail << 8) | value;
        hash = (hash ^ tail) * 0x9E37_79B9_7F4A_7C15;
        return (uint)(hash >> 40);
    }
}
