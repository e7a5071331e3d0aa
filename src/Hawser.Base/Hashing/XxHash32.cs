using System;
using System.Buffers.Binary;
using System.Numerics;

namespace Hawser.Base.Hashing;

/// <summary>xxHash of 32 bits, after its public specification (xxhash_spec, version 0.1.1).</summary>
public static class XxHash32
{
    private const uint Prime1 = 0x9E3779B1;
    private const uint Prime2 = 0x85EBCA77;
    private const uint Prime3 = 0xC2B2AE3D;
    private const uint Prime4 = 0x27D4EB2F;
    private const uint Prime5 = 0x165667B1;
    private const int StripeBytes = 16;

    public static uint Compute(ReadOnlySpan<byte> bytes, uint seed)
    {
        uint hash = seed + Prime5;
        ReadOnlySpan<byte> rest = bytes;
        if (rest.Length >= StripeBytes)
        {
            uint lane1 = seed + Prime1 + Prime2;
            uint lane2 = seed + Prime2;
            uint lane3 = seed;
            uint lane4 = seed - Prime1;
            for (; rest.Length >= StripeBytes; rest = rest[StripeBytes..])
            {
                lane1 = Round(lane1, rest);
                lane2 = Round(lane2, rest[4..]);
                lane3 = Round(lane3, rest[8..]);
                lane4 = Round(lane4, rest[12..]);
            }

            hash = BitOperations.RotateLeft(lane1, 1) + BitOperations.RotateLeft(lane2, 7)
                + BitOperations.RotateLeft(lane3, 12) + BitOperations.RotateLeft(lane4, 18);
        }

        hash += (uint)bytes.Length;
        for (; rest.Length >= 4; rest = rest[4..])
        {
            hash += BinaryPrimitives.ReadUInt32LittleEndian(rest) * Prime3;
            hash = BitOperations.RotateLeft(hash, 17) * Prime4;
        }

        foreach (byte value in rest)
        {
            hash += value * Prime5;
            hash = BitOperations.RotateLeft(hash, 11) * Prime1;
        }

        hash = (hash ^ (hash >> 15)) * Prime2;
        hash = (hash ^ (hash >> 13)) * Prime3;
        return hash ^ (hash >> 16);
    }

    private static uint Round(uint lane, ReadOnlySpan<byte> input) =>
        BitOperations.RotateLeft(lane + (BinaryPrimitives.ReadUInt32LittleEndian(input) * Prime2), 13) * Prime1;
}
