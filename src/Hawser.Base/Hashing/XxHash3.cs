using System;
using System.Buffers.Binary;
using System.Numerics;

namespace Hawser.Base.Hashing;

/// <summary>XXH3 of 64 bits with the default secret, after its public specification (xxhash_spec, version 0.2.0).</summary>
public static class XxHash3
{
    private const uint Prime32First = 0x9E3779B1;
    private const uint Prime32Second = 0x85EBCA77;
    private const uint Prime32Third = 0xC2B2AE3D;
    private const ulong Prime1 = 0x9E3779B185EBCA87;
    private const ulong Prime2 = 0xC2B2AE3D27D4EB4F;
    private const ulong Prime3 = 0x165667B19E3779F9;
    private const ulong Prime4 = 0x85EBCA77C2B2AE63;
    private const ulong Prime5 = 0x27D4EB2F165667C5;
    private const ulong PrimeMix1 = 0x165667919E3779F9;
    private const ulong PrimeMix2 = 0x9FB21C651E98DF25;
    private const int StripeBytes = 64;
    private const int BlockBytes = 1024;
    private const int SecretBytes = 192;
    private const int Lanes = 8;

    private static ReadOnlySpan<byte> DefaultSecret =>
    [
        0xb8, 0xfe, 0x6c, 0x39, 0x23, 0xa4, 0x4b, 0xbe, 0x7c, 0x01, 0x81, 0x2c, 0xf7, 0x21, 0xad, 0x1c,
        0xde, 0xd4, 0x6d, 0xe9, 0x83, 0x90, 0x97, 0xdb, 0x72, 0x40, 0xa4, 0xa4, 0xb7, 0xb3, 0x67, 0x1f,
        0xcb, 0x79, 0xe6, 0x4e, 0xcc, 0xc0, 0xe5, 0x78, 0x82, 0x5a, 0xd0, 0x7d, 0xcc, 0xff, 0x72, 0x21,
        0xb8, 0x08, 0x46, 0x74, 0xf7, 0x43, 0x24, 0x8e, 0xe0, 0x35, 0x90, 0xe6, 0x81, 0x3a, 0x26, 0x4c,
        0x3c, 0x28, 0x52, 0xbb, 0x91, 0xc3, 0x00, 0xcb, 0x88, 0xd0, 0x65, 0x8b, 0x1b, 0x53, 0x2e, 0xa3,
        0x71, 0x64, 0x48, 0x97, 0xa2, 0x0d, 0xf9, 0x4e, 0x38, 0x19, 0xef, 0x46, 0xa9, 0xde, 0xac, 0xd8,
        0xa8, 0xfa, 0x76, 0x3f, 0xe3, 0x9c, 0x34, 0x3f, 0xf9, 0xdc, 0xbb, 0xc7, 0xc7, 0x0b, 0x4f, 0x1d,
        0x8a, 0x51, 0xe0, 0x4b, 0xcd, 0xb4, 0x59, 0x31, 0xc8, 0x9f, 0x7e, 0xc9, 0xd9, 0x78, 0x73, 0x64,
        0xea, 0xc5, 0xac, 0x83, 0x34, 0xd3, 0xeb, 0xc3, 0xc5, 0x81, 0xa0, 0xff, 0xfa, 0x13, 0x63, 0xeb,
        0x17, 0x0d, 0xdd, 0x51, 0xb7, 0xf0, 0xda, 0x49, 0xd3, 0x16, 0x55, 0x26, 0x29, 0xd4, 0x68, 0x9e,
        0x2b, 0x16, 0xbe, 0x58, 0x7d, 0x47, 0xa1, 0xfc, 0x8f, 0xf8, 0xb8, 0xd1, 0x7a, 0xd0, 0x31, 0xce,
        0x45, 0xcb, 0x3a, 0x8f, 0x95, 0x16, 0x04, 0x28, 0xaf, 0xd7, 0xfb, 0xca, 0xbb, 0x4b, 0x40, 0x7e,
    ];

    public static ulong Compute(ReadOnlySpan<byte> bytes, ulong seed) => bytes.Length switch
    {
        0 => AvalancheXxh64(seed ^ Word(DefaultSecret, 56) ^ Word(DefaultSecret, 64)),
        <= 3 => UpTo3(bytes, seed),
        <= 8 => UpTo8(bytes, seed),
        <= 16 => UpTo16(bytes, seed),
        <= 128 => UpTo128(bytes, seed),
        <= 240 => UpTo240(bytes, seed),
        _ => Long(bytes, seed),
    };

    private static ulong UpTo3(ReadOnlySpan<byte> bytes, ulong seed)
    {
        uint combined = bytes[^1] | ((uint)bytes.Length << 8) | ((uint)bytes[0] << 16) | ((uint)bytes[bytes.Length >> 1] << 24);
        ulong flip = HalfWord(DefaultSecret, 0) ^ HalfWord(DefaultSecret, 4);
        return AvalancheXxh64((flip + seed) ^ combined);
    }

    private static ulong UpTo8(ReadOnlySpan<byte> bytes, ulong seed)
    {
        ulong modifiedSeed = seed ^ ((ulong)BinaryPrimitives.ReverseEndianness((uint)seed) << 32);
        ulong combined = HalfWord(bytes, bytes.Length - 4) | ((ulong)HalfWord(bytes, 0) << 32);
        ulong value = ((Word(DefaultSecret, 8) ^ Word(DefaultSecret, 16)) - modifiedSeed) ^ combined;
        value ^= BitOperations.RotateLeft(value, 49) ^ BitOperations.RotateLeft(value, 24);
        value *= PrimeMix2;
        value ^= (value >> 35) + (ulong)bytes.Length;
        value *= PrimeMix2;
        return value ^ (value >> 28);
    }

    private static ulong UpTo16(ReadOnlySpan<byte> bytes, ulong seed)
    {
        ulong low = ((Word(DefaultSecret, 24) ^ Word(DefaultSecret, 32)) + seed) ^ Word(bytes, 0);
        ulong high = ((Word(DefaultSecret, 40) ^ Word(DefaultSecret, 48)) - seed) ^ Word(bytes, bytes.Length - 8);
        return Avalanche((ulong)bytes.Length + BinaryPrimitives.ReverseEndianness(low) + high + Fold(low, high));
    }

    private static ulong UpTo128(ReadOnlySpan<byte> bytes, ulong seed)
    {
        ulong sum = (ulong)bytes.Length * Prime1;
        for (int round = (bytes.Length - 1) >> 5; round >= 0; round--)
        {
            sum += Mix(bytes, round * 16, round * 32, seed);
            sum += Mix(bytes, bytes.Length - (round * 16) - 16, (round * 32) + 16, seed);
        }

        return Avalanche(sum);
    }

    private static ulong UpTo240(ReadOnlySpan<byte> bytes, ulong seed)
    {
        ulong sum = (ulong)bytes.Length * Prime1;
        for (int chunk = 0; chunk < 8; chunk++) sum += Mix(bytes, chunk * 16, chunk * 16, seed);
        sum = Avalanche(sum);
        for (int chunk = 8; chunk < bytes.Length >> 4; chunk++) sum += Mix(bytes, chunk * 16, ((chunk - 8) * 16) + 3, seed);
        return Avalanche(sum + Mix(bytes, bytes.Length - 16, 119, seed));
    }

    private static ulong Long(ReadOnlySpan<byte> bytes, ulong seed)
    {
        Span<byte> secret = stackalloc byte[SecretBytes];
        for (int at = 0; at < SecretBytes; at += 16)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(secret[at..], Word(DefaultSecret, at) + seed);
            BinaryPrimitives.WriteUInt64LittleEndian(secret[(at + 8)..], Word(DefaultSecret, at + 8) - seed);
        }

        Span<ulong> lanes =
            [Prime32Third, Prime1, Prime2, Prime3, Prime4, Prime32Second, Prime5, Prime32First];
        ReadOnlySpan<byte> rest = bytes;
        for (; rest.Length > BlockBytes; rest = rest[BlockBytes..])
        {
            for (int stripe = 0; stripe < BlockBytes / StripeBytes; stripe++)
                Accumulate(lanes, rest[(stripe * StripeBytes)..], secret[(stripe * 8)..]);
            Scramble(lanes, secret[(SecretBytes - StripeBytes)..]);
        }

        for (int stripe = 0; stripe < (rest.Length - 1) / StripeBytes; stripe++)
            Accumulate(lanes, rest[(stripe * StripeBytes)..], secret[(stripe * 8)..]);
        Accumulate(lanes, bytes[^StripeBytes..], secret[(SecretBytes - 71)..]);

        ulong result = (ulong)bytes.Length * Prime1;
        for (int lane = 0; lane < Lanes; lane += 2)
        {
            int at = 11 + (8 * lane);
            result += Fold(lanes[lane] ^ Word(secret, at), lanes[lane + 1] ^ Word(secret, at + 8));
        }

        return Avalanche(result);
    }

    private static void Accumulate(Span<ulong> lanes, ReadOnlySpan<byte> stripe, ReadOnlySpan<byte> secret)
    {
        for (int lane = 0; lane < Lanes; lane++)
        {
            ulong input = Word(stripe, 8 * lane);
            ulong value = input ^ Word(secret, 8 * lane);
            lanes[lane ^ 1] += input;
            lanes[lane] += (value & uint.MaxValue) * (value >> 32);
        }
    }

    private static void Scramble(Span<ulong> lanes, ReadOnlySpan<byte> secret)
    {
        for (int lane = 0; lane < Lanes; lane++)
        {
            ulong value = lanes[lane];
            lanes[lane] = (value ^ (value >> 47) ^ Word(secret, 8 * lane)) * Prime32First;
        }
    }

    private static ulong Mix(ReadOnlySpan<byte> bytes, int at, int secretAt, ulong seed) => Fold(
        Word(bytes, at) ^ (Word(DefaultSecret, secretAt) + seed),
        Word(bytes, at + 8) ^ (Word(DefaultSecret, secretAt + 8) - seed));

    private static ulong Fold(ulong left, ulong right)
    {
        ulong high = Math.BigMul(left, right, out ulong low);
        return low ^ high;
    }

    private static ulong Avalanche(ulong value)
    {
        value = (value ^ (value >> 37)) * PrimeMix1;
        return value ^ (value >> 32);
    }

    private static ulong AvalancheXxh64(ulong value)
    {
        value = (value ^ (value >> 33)) * Prime2;
        value = (value ^ (value >> 29)) * Prime3;
        return value ^ (value >> 32);
    }

    private static ulong Word(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt64LittleEndian(bytes[at..]);

    private static uint HalfWord(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);
}
