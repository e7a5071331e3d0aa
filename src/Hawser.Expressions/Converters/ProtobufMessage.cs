using System;

namespace Hawser.Expressions.Converters;

/// <summary>
/// The wire format of protocol buffers, read field by field: bounded by the bytes there are, and a message that is
/// broken ends the search.
/// </summary>
internal static class ProtobufMessage
{
    private const int LongestNumberBytes = 10;

    /// <summary>Finds the first field of a path; all but the last of its numbers are messages inside of messages.</summary>
    /// <param name="value">The field's bytes: of a number as they are encoded, of others without their length.</param>
    public static bool TryFind(
        ReadOnlySpan<byte> message, ReadOnlySpan<int> path, out ProtobufWireType type, out ReadOnlySpan<byte> value)
    {
        type = default;
        value = message;
        foreach (int number in path)
        {
            ReadOnlySpan<byte> rest = value;
            bool isFound = false;
            while (!isFound)
            {
                if (!TryNext(ref rest, out ulong found, out type, out value)) return false;
                isFound = found == (ulong)number;
            }

            path = path[1..];
            if (!path.IsEmpty && type != ProtobufWireType.Bytes) return false;
        }

        return true;
    }

    /// <summary>A base-128 number of up to 64 bits at the start of the bytes.</summary>
    public static bool TryNumber(ReadOnlySpan<byte> bytes, out ulong number, out int length)
    {
        number = 0;
        for (length = 0; length < Math.Min(bytes.Length, LongestNumberBytes);)
        {
            byte part = bytes[length];
            number |= (ulong)(part & 0x7F) << (7 * length++);
            if ((part & 0x80) == 0) return true;
        }

        return false;
    }

    private static bool TryNext(
        scoped ref ReadOnlySpan<byte> rest, out ulong number, out ProtobufWireType type, out ReadOnlySpan<byte> value)
    {
        number = 0;
        type = default;
        value = default;
        if (!TryNumber(rest, out ulong key, out int length)) return false;
        rest = rest[length..];
        number = key >> 3;
        type = (ProtobufWireType)(key & 7);
        ulong bytes;
        switch (type)
        {
            case ProtobufWireType.Number:
                if (!TryNumber(rest, out _, out length)) return false;
                bytes = (ulong)length;
                break;
            case ProtobufWireType.Fixed64:
                bytes = sizeof(ulong);
                break;
            case ProtobufWireType.Fixed32:
                bytes = sizeof(uint);
                break;
            case ProtobufWireType.Bytes:
                if (!TryNumber(rest, out bytes, out length)) return false;
                rest = rest[length..];
                break;
            default:
                return false;
        }

        if (bytes > (ulong)rest.Length) return false;
        value = rest[..(int)bytes];
        rest = rest[(int)bytes..];
        return true;
    }
}

/// <summary>How a field is encoded; 3 and 4, groups, are not read.</summary>
internal enum ProtobufWireType : byte
{
    Number = 0,
    Fixed64 = 1,
    Bytes = 2,
    Fixed32 = 5,
}
