using System;
using System.Collections.Generic;
using System.Threading;
using Hawser.Expressions.Samples;
using Ascii = Hawser.Base.Bytes.Ascii;

namespace Hawser.Expressions.Patterns;

internal enum KeyPlace : byte
{
    Whole,
    Start,
    End,
}

/// <summary>
/// Whole texts, prefixes and suffixes by hash: a look-up costs one probe for each distinct length of the patterns, so
/// at most the length of the sample, whatever their number. Of several prefixes the longest wins, of several suffixes
/// the first in the list, as in HAProxy.
/// </summary>
internal sealed class KeyIndex : PatternIndex
{
    private readonly KeyPlace _place;
    private readonly bool _isBinary;
    private readonly bool _ignoresCase;
    private readonly EntryTable _entries = new();
    private readonly SortedDictionary<int, int> _countsByLength = [];
    private int[] _lengths = [];

    public KeyIndex(KeyPlace place, bool ignoresCase, bool isBinary)
    {
        _place = place;
        _isBinary = isBinary;
        _ignoresCase = ignoresCase;
    }

    public override SampleType InputType => _isBinary ? SampleType.Binary : SampleType.String;

    public override void Reserve(int count) => _entries.Reserve(count);

    public override string? Add(PatternEntry entry)
    {
        if (_isBinary)
        {
            if (BytesOf(entry, out string? problem) is not { } bytes) return problem;
            entry.Compiled = bytes;
        }

        TextKey key = KeyOf(entry);
        _entries.Add(entry, key.Hash);
        Count(LengthOf(entry), 1);
        return null;
    }

    public override void Remove(PatternEntry entry)
    {
        if (_entries.Remove(entry, KeyOf(entry).Hash)) Count(LengthOf(entry), -1);
    }

    public override PatternEntry? Find(scoped in Sample sample)
    {
        ReadOnlySpan<byte> text = sample.Bytes;
        if (_place == KeyPlace.Whole) return Find(text);

        PatternEntry? best = null;
        foreach (int length in Volatile.Read(ref _lengths))
        {
            if (length > text.Length) continue;
            PatternEntry? found = Find(_place == KeyPlace.Start ? text[..length] : text[^length..]);
            if (found is null) continue;
            if (_place == KeyPlace.Start) return found;
            if (best is null || found.Order < best.Order) best = found;
        }

        return best;
    }

    private PatternEntry? Find(ReadOnlySpan<byte> text)
    {
        TextKey key = new(text, _ignoresCase);
        return _entries.Find(key.Hash, key);
    }

    private TextKey KeyOf(PatternEntry entry) => new(_isBinary ? (byte[])entry.Compiled! : entry.Text, _ignoresCase);

    private int LengthOf(PatternEntry entry) => (_isBinary ? (byte[])entry.Compiled! : entry.Text).Length;

    private static byte[]? BytesOf(PatternEntry entry, out string? problem)
    {
        problem = null;
        if (entry.Text.Length % 2 != 0)
        {
            problem = "an even number of hex digit is expected";
            return null;
        }

        foreach (byte digit in entry.Text)
        {
            if (Ascii.IsHexDigit(digit)) continue;
            problem = $"an hex digit is expected (found '{(char)digit}')";
            return null;
        }

        return Convert.FromHexString(System.Text.Encoding.ASCII.GetString(entry.Text));
    }

    /// <summary>Keeps the distinct lengths, the longest first.</summary>
    private void Count(int length, int change)
    {
        int count = _countsByLength.GetValueOrDefault(length) + change;
        bool isChanged = count == 0 || (count == 1 && change == 1);
        if (count == 0) _countsByLength.Remove(length);
        else _countsByLength[length] = count;
        if (!isChanged) return;
        int[] lengths = [.. _countsByLength.Keys];
        Array.Reverse(lengths);
        Volatile.Write(ref _lengths, lengths);
    }
}
