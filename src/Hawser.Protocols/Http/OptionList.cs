using System;
using Hawser.Base.Bytes;

namespace Hawser.Protocols.Http;

/// <summary>Fields whose value is a list of words, such as "Connection" and "Upgrade".</summary>
public static unsafe class OptionList
{
    /// <summary>
    /// Takes two words, and what is empty, out of a field's value; a field that has nothing else goes as a whole. What stays
    /// moves to the front as it was written, so that it never needs more room than there is.
    /// </summary>
    /// <param name="other">Empty where there is only one.</param>
    public static void Remove(HttpMessage message, ref FieldLine field, ReadOnlySpan<byte> word, ReadOnlySpan<byte> other)
    {
        Span<byte> value = new(message.Block + field.Value.At, field.Value.Length);
        int kept = 0;
        int from = 0;
        while (from <= value.Length)
        {
            int length = value[from..].IndexOf((byte)',');
            if (length < 0) length = value.Length - from;
            ReadOnlySpan<byte> written = value.Slice(from, length);
            ReadOnlySpan<byte> option = Ascii.TrimBlanks(written);
            from += length + 1;
            if (option.IsEmpty || Ascii.EqualsIgnoreCase(option, word) || Ascii.EqualsIgnoreCase(option, other)) continue;
            if (kept == 0) written = option;
            else value[kept++] = (byte)',';
            written.CopyTo(value[kept..]);
            kept += written.Length;
        }

        kept = Ascii.TrimBlanks(value[..kept]).Length;
        field.IsRemoved |= kept == 0;
        field.IsCanonical &= kept == value.Length;
        field.Value = new TextSpan(field.Value.At, kept);
    }
}
