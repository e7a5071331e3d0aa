using System;
using Hawser.Base.Bytes;

namespace Hawser.Protocols.Http;

/// <summary>
/// Reads header fields out of a binary value: names and values, each behind its length, an empty name at the end
/// and an empty value behind it (manual, "req.hdrs_bin"). The lengths are the numbers of SPOE: below 240 one byte, then four and seven bits at a time.
/// </summary>
public ref struct BinaryFields(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>The value ended in the middle of something.</summary>
    public bool IsInvalid { get; private set; }

    /// <returns>False at the end, or when what follows is not in order.</returns>
    public bool TryTake(out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        value = default;
        return TryText(out name) && TryText(out value) && !name.IsEmpty;
    }

    /// <summary>As <see cref="TryTake"/>, for values that hold names only.</summary>
    public bool TryTakeName(out ReadOnlySpan<byte> name) => TryText(out name) && !name.IsEmpty;

    /// <summary>Can be written as a field: nothing in it ends a line or a name.</summary>
    public static bool IsSafe(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value) =>
        Ascii.IsToken(name) && !value.ContainsAny((byte)'\0', (byte)'\r', (byte)'\n');

    private bool TryText(out ReadOnlySpan<byte> text)
    {
        text = default;
        if (!TryNumber(out ulong length) || length > (ulong)_rest.Length)
        {
            IsInvalid = true;
            return false;
        }

        text = _rest[..(int)length];
        _rest = _rest[(int)length..];
        return true;
    }

    private bool TryNumber(out ulong number)
    {
        number = 0;
        if (_rest.IsEmpty) return false;
        number = _rest[0];
        _rest = _rest[1..];
        if (number < 240) return true;
        for (int shift = 4; shift <= 32; shift += 7)
        {
            if (_rest.IsEmpty) return false;
            byte next = _rest[0];
            _rest = _rest[1..];
            number += (ulong)next << shift;
            if (next < 128) return true;
        }

        return false;
    }
}
