using System;
using Hawser.Base.Bytes;

namespace Hawser.Proxy.Logging;

/// <summary>
/// The values that "capture" and "declare capture" keep of one request or response, each cut at its slot's length. It
/// belongs to one exchange; its memory grows to the largest proxy's slots and stays.
/// </summary>
public sealed class CaptureStore
{
    private byte[] _bytes = [];
    private int[] _lengths = [];
    private int[] _slots = [];
    private int _count;

    /// <summary>Slots of the proxy in charge.</summary>
    public int Count => _count;

    /// <summary>Makes all slots empty, for a proxy that has these.</summary>
    /// <param name="slots">The longest value of each, in bytes.</param>
    public void Begin(int[] slots)
    {
        _slots = slots;
        _count = slots.Length;
        int needed = 0;
        foreach (int length in slots) needed += length;
        if (_bytes.Length < needed) _bytes = new byte[needed];
        if (_lengths.Length < _count) _lengths = new int[_count];
        Array.Fill(_lengths, -1, 0, _count);
    }

    public void Clear() => _count = 0;

    /// <summary>Keeps a value; the last one counts. A slot that the proxy does not have is passed over.</summary>
    public void Set(int slot, ReadOnlySpan<byte> value)
    {
        if ((uint)slot >= (uint)_count) return;
        int length = Math.Min(value.Length, _slots[slot]);
        value[..length].CopyTo(_bytes.AsSpan(PlaceOf(slot)));
        _lengths[slot] = length;
    }

    /// <summary>False: nothing was captured there.</summary>
    public bool TryGet(int slot, out ReadOnlySpan<byte> value)
    {
        value = default;
        if ((uint)slot >= (uint)_count || _lengths[slot] < 0) return false;
        value = _bytes.AsSpan(PlaceOf(slot), _lengths[slot]);
        return true;
    }

    /// <summary>Empty where nothing was captured, and for a slot that does not exist.</summary>
    public ReadOnlySpan<byte> this[long slot] =>
        slot is >= 0 and <= int.MaxValue && TryGet((int)slot, out ReadOnlySpan<byte> value) ? value : default;

    /// <summary>A text as log lines show it: what could be taken for the line's own marks is written as #XX.</summary>
    /// <returns>False when it does not fit; what fits is written.</returns>
    /// <param name="isPartOfList">The marks between captures count as well.</param>
    internal static bool TryEncode(ref ByteWriter writer, ReadOnlySpan<byte> text, bool isPartOfList = true)
    {
        ReadOnlySpan<byte> digits = "0123456789ABCDEF"u8;
        foreach (byte value in text)
        {
            bool isPlain = value is >= 0x20 and < 0x7F and not ((byte)'"' or (byte)'#')
                && !(isPartOfList && (value is (byte)'{' or (byte)'|' or (byte)'}'));
            bool fits = isPlain
                ? writer.TryWrite(value)
                : writer.TryWrite([(byte)'#', digits[value >> 4], digits[value & 15]]);
            if (!fits) return false;
        }

        return true;
    }

    private int PlaceOf(int slot)
    {
        int at = 0;
        for (int before = 0; before < slot; before++) at += _slots[before];
        return at;
    }
}
