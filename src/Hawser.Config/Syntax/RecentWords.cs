using System;

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
        uint hash = 2166136261;
        foreach (byte value in bytes) hash = (hash ^ value) * 16777619;
        ref string? slot = ref _words[(hash ^ (hash >> 16)) % Slots];
        if (slot is null || !IsSame(slot, bytes)) slot = ConfigText.Decode(bytes);
        return slot;
    }

    private static bool IsSame(string word, ReadOnlySpan<byte> bytes)
    {
        if (word.Length != bytes.Length) return false;
        for (int index = 0; index < bytes.Length; index++)
        {
            // A word with other characters than these has been made from more bytes, or from bytes above 127.
            if (word[index] != bytes[index] || bytes[index] > 127) return false;
        }
        return true;
    }
}
