using System;
using System.Buffers.Binary;

namespace Hawser.Base.Bytes;

/// <summary>
/// Writes forward into a bounded span. Every method either writes all it names and returns true, or returns false and
/// changes nothing; a caller that writes several pieces as one remembers <see cref="Position"/> and rewinds to it.
/// </summary>
public ref struct ByteWriter(Span<byte> destination)
{
    private readonly Span<byte> _destination = destination;

    /// <summary>The number of bytes written so far.</summary>
    public int Position { get; private set; }

    public readonly int RoomBytes => _destination.Length - Position;

    public readonly Span<byte> Written => _destination[..Position];

    /// <summary>Where a formatter of another type may write, to be followed by <see cref="Advance"/>.</summary>
    public readonly Span<byte> Room => _destination[Position..];

    /// <param name="bytes">0 to <see cref="RoomBytes"/>.</param>
    public void Advance(int bytes)
    {
        _ = Room[..bytes];
        Position += bytes;
    }

    /// <param name="position">An earlier value of <see cref="Position"/>; what follows it is forgotten.</param>
    public void Rewind(int position)
    {
        _ = Written[..position];
        Position = position;
    }

    public bool TryWrite(byte value)
    {
        if (RoomBytes == 0) return false;
        _destination[Position++] = value;
        return true;
    }

    public bool TryWrite(scoped ReadOnlySpan<byte> bytes)
    {
        if (!bytes.TryCopyTo(Room)) return false;
        Position += bytes.Length;
        return true;
    }

    /// <summary>Writes as much of the start as there is room for, for texts that are cut at a limit.</summary>
    /// <returns>Whether all of it was written.</returns>
    public bool WriteCut(scoped ReadOnlySpan<byte> bytes)
    {
        bool fits = bytes.Length <= RoomBytes;
        if (!fits) bytes = bytes[..RoomBytes];
        bytes.CopyTo(Room);
        Position += bytes.Length;
        return fits;
    }

    /// <param name="value">The byte to repeat.</param>
    /// <param name="count">0 or more.</param>
    public bool TryFill(byte value, int count)
    {
        if ((uint)count > (uint)RoomBytes) return false;
        Room[..count].Fill(value);
        Position += count;
        return true;
    }

    public bool TryWriteUInt16BigEndian(ushort value)
    {
        if (!BinaryPrimitives.TryWriteUInt16BigEndian(Room, value)) return false;
        Position += sizeof(ushort);
        return true;
    }

    public bool TryWriteUInt32BigEndian(uint value)
    {
        if (!BinaryPrimitives.TryWriteUInt32BigEndian(Room, value)) return false;
        Position += sizeof(uint);
        return true;
    }

    public bool TryWriteUInt64BigEndian(ulong value)
    {
        if (!BinaryPrimitives.TryWriteUInt64BigEndian(Room, value)) return false;
        Position += sizeof(ulong);
        return true;
    }

    public bool TryWriteDecimal(long value)
    {
        if (!Ascii.TryFormat(value, Room, out int written)) return false;
        Position += written;
        return true;
    }

    public bool TryWriteDecimal(ulong value)
    {
        if (!Ascii.TryFormat(value, Room, out int written)) return false;
        Position += written;
        return true;
    }

    /// <summary>Exactly <paramref name="digits"/> decimal digits, with leading zeroes; higher digits are cut off.</summary>
    /// <param name="value">0 or more.</param>
    /// <param name="digits">1 to 10.</param>
    public bool TryWritePadded(uint value, int digits)
    {
        if (RoomBytes < digits) return false;
        for (int place = Position + digits - 1; place >= Position; place--)
        {
            (value, uint digit) = Math.DivRem(value, 10);
            _destination[place] = (byte)('0' + digit);
        }

        Position += digits;
        return true;
    }
}
