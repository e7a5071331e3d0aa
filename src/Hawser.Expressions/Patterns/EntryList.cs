using System;

namespace Hawser.Expressions.Patterns;

/// <summary>
/// Entries in order, for readers that need no lock: a list never changes, the next one shares its memory as long as it
/// has room. Made by one thread at a time.
/// </summary>
internal sealed class EntryList
{
    private readonly PatternEntry[] _entries;

    private EntryList(PatternEntry[] entries, int count)
    {
        _entries = entries;
        Count = count;
    }

    public static EntryList Empty { get; } = new([], 0);

    public int Count { get; }

    public ReadOnlySpan<PatternEntry> Span => _entries.AsSpan(0, Count);

    /// <summary>This one with one more at its end: only of the latest list, whose room behind its end is free.</summary>
    public EntryList With(PatternEntry entry)
    {
        PatternEntry[] entries = _entries;
        if (Count == entries.Length) Array.Resize(ref entries, Math.Max(4, 2 * Count));
        entries[Count] = entry;
        return new EntryList(entries, Count + 1);
    }

    public EntryList Without(PatternEntry entry)
    {
        PatternEntry[] rest = Array.FindAll(Span.ToArray(), other => other != entry);
        return new EntryList(rest, rest.Length);
    }
}
