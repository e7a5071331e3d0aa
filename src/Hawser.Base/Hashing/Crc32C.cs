using System;
using System.Buffers.Binary;
using System.Numerics;

namespace Hawser.Base.Hashing;

/// <summary>
/// CRC-32C (Castagnoli, RFC 4960 appendix B), the checksum of PROXY protocol version 2 and the <c>crc32c</c>
/// converter. It is fed piece by piece; the processor's instruction does the work where there is one.
/// </summary>
public struct Crc32C()
{
    private uint _state = uint.MaxValue;

    public readonly uint Value => ~_state;

    public static uint Compute(ReadOnlySpan<byte> bytes)
    {
        Crc32C crc = new();
        crc.Append(bytes);
        return crc.Value;
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        uint state = _state;
        while (bytes.Length >= sizeof(ulong))
        {
            state = BitOperations.Crc32C(state, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (byte value in bytes) state = BitOperations.Crc32C(state, value);
        _state = state;
    }
}
