using System;
using System.Numerics;
using Hawser.Base.Bytes;

namespace Hawser.Proxy.Logging;

/// <summary>The texts that one session has captured in one direction, by slot. Buffers are kept for the next session.</summary>
public sealed class CapturedTexts
{
    private byte[][] _texts = [];
    private int[] _lengths = [];

    /// <summary>How many slots there are.</summary>
    public int Count { get; private set; }

    /// <summary>Empty slots, so many.</summary>
    public void Begin(int count)
    {
        if (count > _texts.Length)
        {
            int old = _texts.Length;
            Array.Resize(ref _texts, count);
            Array.Resize(ref _lengths, count);
            Array.Fill(_texts, [], old, count - old);
        }

        Count = count;
        Array.Clear(_lengths);
    }

    /// <summary>Empty where nothing was captured, and for a slot that does not exist.</summary>
    public ReadOnlySpan<byte> this[long slot] => (ulong)slot < (ulong)Count ? _texts[slot].AsSpan(0, _lengths[slot]) : default;

    /// <param name="lengthMaximum">What is longer is cut.</param>
    public void Set(int slot, int lengthMaximum, ReadOnlySpan<byte> text)
    {
        if ((uint)slot >= (uint)Count) return;
        if (text.Length > lengthMaximum) text = text[..lengthMaximum];
        if (text.Length > _texts[slot].Length) _texts[slot] = new byte[BitOperations.RoundUpToPowerOf2((uint)text.Length)];
        text.CopyTo(_texts[slot]);
        _lengths[slot] = text.Length;
    }

    /// <summary>A text as log lines show it: what could be taken for the line's own marks is written as #XX.</summary>
    /// <returns>False when it does not fit; what fits is written.</returns>
    internal static bool TryEncode(ref ByteWriter writer, ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> digits = "0123456789ABCDEF"u8;
        foreach (byte value in text)
        {
            bool isPlain = value is >= 0x20 and < 0x7F and not ((byte)'"' or (byte)'#' or (byte)'{' or (byte)'|' or (byte)'}');
            bool fits = isPlain
                ? writer.TryWrite(value)
                : writer.TryWrite([(byte)'#', digits[value >> 4], digits[value & 15]]);
            if (!fits) return false;
        }

        return true;
    }
}
