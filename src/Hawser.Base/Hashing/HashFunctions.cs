using System;
using System.Numerics;
using Hawser.Base.Bytes;

namespace Hawser.Base.Hashing;

/// <summary>
/// The 32-bit hashes of <c>hash-type</c> and of the converters of the same names. A change of one bit would send
/// every client to another server, so each is checked against values of HAProxy 3.5 and 2.6.
/// </summary>
public static class HashFunctions
{
    private static readonly uint[] s_crc32Table = BuildCrc32Table();

    public static uint Compute(HashFunction function, bool isAvalanche, ReadOnlySpan<byte> key)
    {
        uint hash = function switch
        {
            HashFunction.Djb2 => Djb2(key),
            HashFunction.Wt6 => Wt6(key),
            HashFunction.Crc32 => Crc32(key),
            HashFunction.None => Number(key),
            _ => Sdbm(key),
        };
        return isAvalanche ? Avalanche(hash) : hash;
    }

    /// <summary>The hash of ndbm's public-domain clone: h * 65599 + byte.</summary>
    public static uint Sdbm(ReadOnlySpan<byte> key)
    {
        uint hash = 0;
        foreach (byte value in key) hash = (hash * 65599) + value;
        return hash;
    }

    /// <summary>Dan Bernstein's: h * 33 + byte, from 5381.</summary>
    public static uint Djb2(ReadOnlySpan<byte> key)
    {
        uint hash = 5381;
        foreach (byte value in key) hash = (hash * 33) + value;
        return hash;
    }

    /// <summary>Two words that each byte complements, rotates by amounts taken from the words themselves, and swaps.</summary>
    public static uint Wt6(ReadOnlySpan<byte> key)
    {
        uint first = 0xA53C965A;
        uint second = 0x5CA6953A;
        int firstTurn = 6;
        int secondTurn = 18;
        foreach (byte value in key)
        {
            (first, second) = (
                BitOperations.RotateLeft(~(second + value), firstTurn),
                BitOperations.RotateLeft(~(first ^ value), secondTurn));
            uint mixed = (ushort)((first >> 16) ^ second);
            firstTurn = (int)(mixed & 31);
            secondTurn = (int)(mixed >> 11);
        }

        return first ^ second;
    }

    /// <summary>CRC-32 of Ethernet, gzip and PNG (reflected polynomial EDB88320).</summary>
    public static uint Crc32(ReadOnlySpan<byte> key)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in key) crc = s_crc32Table[(byte)crc ^ value] ^ (crc >> 8);
        return ~crc;
    }

    /// <summary>
    /// <c>hash-type … none</c>: the number that the key starts with, after one optional sign, kept within 64 signed
    /// bits, of which the lower 32 are the hash. 0 when the key starts with no number.
    /// </summary>
    public static uint Number(ReadOnlySpan<byte> key)
    {
        bool isNegative = key.StartsWith((byte)'-');
        if (isNegative || key.StartsWith((byte)'+')) key = key[1..];
        Int128 limit = isNegative ? -(Int128)long.MinValue : long.MaxValue;
        Int128 number = 0;
        foreach (byte value in key)
        {
            if (!Ascii.IsDigit(value)) break;
            number = Int128.Min(limit, (number * 10) + (value - '0'));
        }

        return unchecked((uint)(long)(isNegative ? -number : number));
    }

    /// <summary>
    /// The <c>avalanche</c> modifier: Bob Jenkins' integer hash of six shifts, whose two lowest bits are then added to
    /// the highest ones.
    /// </summary>
    public static uint Avalanche(uint hash)
    {
        hash = hash + 0x7ED55D16 + (hash << 12);
        hash = hash ^ 0xC761C23C ^ (hash >> 19);
        hash = hash + 0x165667B1 + (hash << 5);
        hash = (hash + 0xD3A2646C) ^ (hash << 9);
        hash = hash + 0xFD7046C5 + (hash << 3);
        hash = hash ^ 0xB55A4F09 ^ (hash >> 16);
        return hash * 0xC0000001;
    }

    private static uint[] BuildCrc32Table()
    {
        uint[] table = new uint[256];
        for (uint index = 0; index < table.Length; index++)
        {
            uint value = index;
            for (int bit = 0; bit < 8; bit++) value = (value & 1) != 0 ? (value >> 1) ^ 0xEDB88320 : value >> 1;
            table[index] = value;
        }

        return table;
    }
}
