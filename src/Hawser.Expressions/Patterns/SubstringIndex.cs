using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Threading;
using Hawser.Expressions.Samples;
using Ascii = Hawser.Base.Bytes.Ascii;

namespace Hawser.Expressions.Patterns;

/// <summary>
/// Texts that are looked for anywhere in a sample; of several the first in the list wins. A few are searched one after
/// the other. Of many, the first four bytes are looked up at each place of the sample, and where some begin so, the
/// whole texts of the lengths that there are: a look-up costs the length of the sample, whatever their number.
/// </summary>
internal sealed class SubstringIndex(bool ignoresCase) : PatternIndex
{
    /// <summary>Up to so many searching is faster (bench/results: "look-ups").</summary>
    private const int Few = 16;

    private const int PrefixBytes = sizeof(uint);

    private readonly EntryTable _byText = new();
    private readonly ConcurrentDictionary<uint, int[]> _lengthsByPrefix = new();
    private readonly Dictionary<(uint Prefix, int Length), int> _counts = [];
    private readonly int[] _shortCounts = new int[PrefixBytes];
    private EntryList _entries = EntryList.Empty;

    public override SampleType InputType => SampleType.String;

    public override bool IsSlow => Volatile.Read(ref _entries).Count > 4;

    public override void Reserve(int count) => _byText.Reserve(count);

    public override string? Add(PatternEntry entry)
    {
        _byText.Add(entry, KeyOf(entry.Text).Hash);
        Count(entry.Text, 1);
        Volatile.Write(ref _entries, _entries.With(entry));
        return null;
    }

    public override void Remove(PatternEntry entry)
    {
        if (!_byText.Remove(entry, KeyOf(entry.Text).Hash)) return;
        Count(entry.Text, -1);
        Volatile.Write(ref _entries, _entries.Without(entry));
    }

    private TextKey KeyOf(ReadOnlySpan<byte> text) => new(text, ignoresCase);

    public override PatternEntry? Find(scoped in Sample sample)
    {
        EntryList entries = Volatile.Read(ref _entries);
        if (entries.Count > Few) return FindByPrefix(sample.Bytes);
        foreach (PatternEntry entry in entries.Span)
        {
            if (IndexOf(sample.Bytes, entry.Text) >= 0) return entry;
        }

        return null;
    }

    private PatternEntry? FindByPrefix(ReadOnlySpan<byte> text)
    {
        PatternEntry? best = null;
        for (int length = 0; length < PrefixBytes; length++)
        {
            if (Volatile.Read(ref _shortCounts[length]) == 0) continue;
            for (int at = 0; at + length <= text.Length; at++)
            {
                best = Better(best, text.Slice(at, length));
                if (length == 0) break;
            }
        }

        for (int at = 0; at + PrefixBytes <= text.Length; at++)
        {
            if (!_lengthsByPrefix.TryGetValue(PrefixOf(text[at..]), out int[]? lengths)) continue;
            foreach (int length in lengths)
            {
                if (at + length <= text.Length) best = Better(best, text.Slice(at, length));
            }
        }

        return best;
    }

    private PatternEntry? Better(PatternEntry? best, ReadOnlySpan<byte> part)
    {
        TextKey key = KeyOf(part);
        return _byText.Find(key.Hash, key) is { } found && (best is null || found.Order < best.Order) ? found : best;
    }

    private uint PrefixOf(ReadOnlySpan<byte> text)
    {
        uint prefix = 0;
        for (int index = 0; index < PrefixBytes; index++)
            prefix = (prefix << 8) | (ignoresCase ? Ascii.ToLower(text[index]) : text[index]);
        return prefix;
    }

    /// <summary>Keeps the lengths of the texts that begin alike.</summary>
    private void Count(byte[] text, int change)
    {
        if (text.Length < PrefixBytes)
        {
            Interlocked.Add(ref _shortCounts[text.Length], change);
            return;
        }

        (uint, int) key = (PrefixOf(text), text.Length);
        int count = _counts.GetValueOrDefault(key) + change;
        if (count == 0) _counts.Remove(key);
        else _counts[key] = count;
        if (count != 0 && !(count == 1 && change == 1)) return;
        int[] lengths = _lengthsByPrefix.GetValueOrDefault(key.Item1) ?? [];
        lengths = count == 0 ? Array.FindAll(lengths, length => length != text.Length) : [.. lengths, text.Length];
        if (lengths.Length == 0) _lengthsByPrefix.TryRemove(key.Item1, out _);
        else _lengthsByPrefix[key.Item1] = lengths;
    }

    private int IndexOf(ReadOnlySpan<byte> text, ReadOnlySpan<byte> pattern)
    {
        if (!ignoresCase) return text.IndexOf(pattern);
        if (pattern.IsEmpty) return 0;
        byte lower = Ascii.ToLower(pattern[0]);
        byte upper = Ascii.ToUpper(pattern[0]);
        int start = 0;
        while (true)
        {
            int at = text[start..].IndexOfAny(lower, upper);
            if (at < 0 || start + at + pattern.Length > text.Length) return -1;
            start += at;
            if (Ascii.EqualsIgnoreCase(text.Slice(start, pattern.Length), pattern)) return start;
            start++;
        }
    }
}
