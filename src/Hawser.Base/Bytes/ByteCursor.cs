using System;
using System.Buffers.Binary;

namespace Hawser.Base.Bytes;

/// <summary>
/// Reads forward through received bytes. Every method either takes what it names and returns true, or returns false
/// and changes nothing: it never throws and never reads past the end.
/// </summary>
public ref struct ByteCursor(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>The number of bytes taken so far.</summary>
    public int Position { get; private set; }

    public readonly int RemainingBytes => _bytes.Length - Position;

    public readonly bool IsAtEnd => Position == _bytes.Length;

    public readonly ReadOnlySpan<byte> Remaining => _bytes[Position..];

    public readonly ReadOnlySpan<byte> Taken => _bytes[..Position];

    /// <summary>The next byte, without taking it.</summary>
    public readonly bool TryPeek(out byte value)
    {
        value = IsAtEnd ? (byte)0 : _bytes[Position];
        return !IsAtEnd;
    }

    public bool TryRead(out byte value)
    {
        if (!TryPeek(out value)) return false;
        Position++;
        return true;
    }

    /// <param name="count">0 or more.</param>
    /// <param name="taken">A part of the underlying bytes, not a copy.</param>
    public bool TryRead(int count, out ReadOnlySpan<byte> taken)
    {
        if ((uint)count > (uint)RemainingBytes)
        {
            taken = default;
            return false;
        }

        taken = _bytes.Slice(Position, count);
        Position += count;
        return true;
    }

    /// <param name="count">0 or more.</param>
    public bool TrySkip(int count) => TryRead(count, out _);

    /// <summary>Takes <paramref name="expected"/> if it comes next.</summary>
    public bool TryTake(ReadOnlySpan<byte> expected)
    {
        if (!Remaining.StartsWith(expected)) return false;
        Position += expected.Length;
        return true;
    }

    /// <summary>Takes the bytes before the next <paramref name="delimiter"/> and the delimiter itself.</summary>
    /// <returns>False when the delimiter does not occur.</returns>
    public bool TryReadUntil(byte delimiter, out ReadOnlySpan<byte> before)
    {
        int length = Remaining.IndexOf(delimiter);
        if (length < 0)
        {
            before = default;
            return false;
        }

        before = _bytes.Slice(Position, length);
        Position += length + 1;
        return true;
    }

    public bool TryReadUInt16BigEndian(out ushort value)
    {
        if (!BinaryPrimitives.TryReadUInt16BigEndian(Remaining, out value)) return false;
        Position += sizeof(ushort);
        return true;
    }

    public bool TryReadUInt32BigEndian(out uint value)
    {
        if (!BinaryPrimitives.TryReadUInt32BigEndian(Remaining, out value)) return false;
        Position += sizeof(uint);
        return true;
    }

    public bool TryReadUInt64BigEndian(out ulong value)
    {
        if (!BinaryPrimitives.TryReadUInt64BigEndian(Remaining, out value)) return false;
        Position += sizeof(ulong);
        return true;
    }
}
