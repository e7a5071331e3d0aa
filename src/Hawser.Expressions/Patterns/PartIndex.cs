using System;
using System.Collections.Generic;
using System.Threading;
using Hawser.Expressions.Samples;

namespace Hawser.Expressions.Patterns;

/// <summary>
/// Texts that a sample must have between two delimiters: parts of a path or of a domain, or several parts in a row; of
/// several the first in the list wins. A look-up costs the parts of the sample times the different numbers of parts that
/// the texts have, whatever their number.
/// </summary>
/// <param name="ofDomain">Parted by dots and colons as well as by slashes and question marks.</param>
internal sealed class PartIndex(bool ofDomain, bool ignoresCase) : PatternIndex
{
    private readonly EntryTable _byText = new();
    private readonly SortedDictionary<int, int> _counts = [];
    private int[] _delimiterCounts = [];

    public override SampleType InputType => SampleType.String;

    private ReadOnlySpan<byte> Delimiters => ofDomain ? "/?.:"u8 : "/?"u8;

    public override void Reserve(int count) => _byText.Reserve(count);

    /// <summary>Delimiters around a text do not count; one of nothing else is nowhere.</summary>
    public override string? Add(PatternEntry entry)
    {
        ReadOnlySpan<byte> text = entry.Text.AsSpan().Trim(Delimiters);
        if (text.Length == 0) return null;
        _byText.Add(entry, KeyOf(text).Hash);
        Count(text, 1);
        return null;
    }

    public override void Remove(PatternEntry entry)
    {
        ReadOnlySpan<byte> text = entry.Text.AsSpan().Trim(Delimiters);
        if (text.Length > 0 && _byText.Remove(entry, KeyOf(text).Hash)) Count(text, -1);
    }

    private TextKey KeyOf(ReadOnlySpan<byte> text) => new(text, ignoresCase, Delimiters);

    public override PatternEntry? Find(scoped in Sample sample)
    {
        ReadOnlySpan<byte> text = sample.Bytes;
        PatternEntry? best = null;
        int start = 0;
        while (start < text.Length)
        {
            int delimiters = 0;
            int end = start;
            foreach (int wanted in Volatile.Read(ref _delimiterCounts))
            {
                // From where the last one ended: the numbers grow.
                while (end < text.Length)
                {
                    int next = text[end..].IndexOfAny(Delimiters);
                    end = next < 0 ? text.Length : end + next;
                    if (delimiters == wanted || end == text.Length) break;
                    delimiters++;
                    end++;
                }

                if (delimiters < wanted) break;
                TextKey key = KeyOf(text[start..end]);
                if (_byText.Find(key.Hash, key) is { } found && (best is null || found.Order < best.Order)) best = found;
            }

            int first = text[start..].IndexOfAny(Delimiters);
            if (first < 0) break;
            start += first + 1;
        }

        return best;
    }

    /// <summary>Keeps the different numbers of delimiters within texts, the lowest first.</summary>
    private void Count(ReadOnlySpan<byte> text, int change)
    {
        int delimiters = 0;
        foreach (byte value in text)
        {
            if (Delimiters.Contains(value)) delimiters++;
        }

        int count = _counts.GetValueOrDefault(delimiters) + change;
        if (count == 0) _counts.Remove(delimiters);
        else _counts[delimiters] = count;
        if (count == 0 || (count == 1 && change == 1)) Volatile.Write(ref _delimiterCounts, [.. _counts.Keys]);
    }
}
