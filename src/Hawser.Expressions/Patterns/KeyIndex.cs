using System;
using System.Collections.Concurrent;
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
    private readonly ConcurrentDictionary<byte[], PatternEntry[]> _entries;
    private readonly ConcurrentDictionary<byte[], PatternEntry[]>.AlternateLookup<ReadOnlySpan<byte>> _byBytes;
    private readonly SortedDictionary<int, int> _countsByLength = [];
    private int[] _lengths = [];

    public KeyIndex(KeyPlace place, bool ignoresCase, bool isBinary)
    {
        _place = place;
        _isBinary = isBinary;
        _entries = new(new KeyComparer(ignoresCase));
        _byBytes = _entries.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    public override SampleType InputType => _isBinary ? SampleType.Binary : SampleType.String;

    public override string? Add(PatternEntry entry)
    {
        if (KeyOf(entry, out string? problem) is not { } key) return problem;
        _entries[key] = _entries.TryGetValue(key, out PatternEntry[]? same) ? With(same, entry) : [entry];
        Count(key.Length, 1);
        return null;
    }

    public override void Remove(PatternEntry entry)
    {
        if (KeyOf(entry, out _) is not { } key || !_entries.TryGetValue(key, out PatternEntry[]? same)) return;
        PatternEntry[] rest = Without(same, entry);
        if (rest.Length == 0) _entries.TryRemove(key, out _);
        else _entries[key] = rest;
        Count(key.Length, -1);
    }

    public override PatternEntry? Find(scoped in Sample sample)
    {
        ReadOnlySpan<byte> text = sample.Bytes;
        if (_place == KeyPlace.Whole) return _byBytes.TryGetValue(text, out PatternEntry[]? whole) ? whole[0] : null;

        PatternEntry? best = null;
        foreach (int length in Volatile.Read(ref _lengths))
        {
            if (length > text.Length) continue;
            ReadOnlySpan<byte> key = _place == KeyPlace.Start ? text[..length] : text[^length..];
            if (!_byBytes.TryGetValue(key, out PatternEntry[]? found)) continue;
            if (_place == KeyPlace.Start) return found[0];
            if (best is null || found[0].Order < best.Order) best = found[0];
        }

        return best;
    }

    private byte[]? KeyOf(PatternEntry entry, out string? problem)
    {
        problem = null;
        if (!_isBinary) return entry.Text;
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
