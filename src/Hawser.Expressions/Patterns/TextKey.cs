using System;
using Ascii = Hawser.Base.Bytes.Ascii;

namespace Hawser.Expressions.Patterns;

/// <summary>A text, with or without regard to the case of its letters; an entry's is what is left of it without the bytes around it that do not count.</summary>
internal readonly ref struct TextKey(ReadOnlySpan<byte> text, bool ignoresCase, ReadOnlySpan<byte> around = default) : IEntryKey
{
    private readonly ReadOnlySpan<byte> _text = text;
    private readonly ReadOnlySpan<byte> _around = around;

    public bool Is(PatternEntry entry)
    {
        // A binary pattern's bytes are not those of its text.
        ReadOnlySpan<byte> own = entry.Compiled is byte[] bytes ? bytes : entry.Text;
        if (!_around.IsEmpty) own = own.Trim(_around);
        return ignoresCase ? Ascii.EqualsIgnoreCase(_text, own) : _text.SequenceEqual(own);
    }

    public int Hash => KeyComparer.HashOf(_text, ignoresCase);
}
