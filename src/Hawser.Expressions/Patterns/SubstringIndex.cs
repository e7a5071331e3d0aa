using System;
using System.Threading;
using Hawser.Expressions.Samples;
using Ascii = Hawser.Base.Bytes.Ascii;

namespace Hawser.Expressions.Patterns;

internal enum SubstringDelimiters : byte
{
    None,

    /// <summary>Slashes and question marks' absence: parts of a path.</summary>
    Directory,

    /// <summary>Slash, question mark, dot, colon: parts of a URL.</summary>
    Domain,
}

/// <summary>
/// Texts that are looked for inside of a sample, in the order of the list: anywhere, or only between delimiters.
/// </summary>
internal sealed class SubstringIndex(SubstringDelimiters delimiters, bool ignoresCase) : PatternIndex
{
    private PatternEntry[] _entries = [];

    private ReadOnlySpan<byte> Delimiters => delimiters switch
    {
        SubstringDelimiters.Directory => "/?"u8,
        SubstringDelimiters.Domain => "/?.:"u8,
        _ => default,
    };

    public override SampleType InputType => SampleType.String;

    public override string? Add(PatternEntry entry)
    {
        Volatile.Write(ref _entries, With(_entries, entry));
        return null;
    }

    public override void Remove(PatternEntry entry) => Volatile.Write(ref _entries, Without(_entries, entry));

    public override PatternEntry? Find(scoped in Sample sample)
    {
        foreach (PatternEntry entry in Volatile.Read(ref _entries))
        {
            if (delimiters == SubstringDelimiters.None
                ? IndexOf(sample.Bytes, entry.Text) >= 0
                : ContainsPart(sample.Bytes, entry.Text))
                return entry;
        }

        return null;
    }

    private bool ContainsPart(ReadOnlySpan<byte> text, ReadOnlySpan<byte> pattern)
    {
        ReadOnlySpan<byte> marks = Delimiters;
        pattern = pattern.Trim(marks);
        if (pattern.IsEmpty) return false;
        int start = 0;
        while (true)
        {
            int at = IndexOf(text[start..], pattern);
            if (at < 0) return false;
            int from = start + at;
            int to = from + pattern.Length;
            if ((from == 0 || marks.Contains(text[from - 1])) && (to == text.Length || marks.Contains(text[to]))) return true;
            start = from + 1;
        }
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
