using System;
using System.Buffers.Binary;

namespace Hawser.Expressions.Converters;

/// <summary>A TCP header (RFC 9293) and what follows it.</summary>
internal readonly ref struct TcpSegment
{
    public const byte MaximumSegmentSize = 2;
    public const byte WindowScale = 3;
    public const byte SelectiveAcknowledgement = 4;
    public const byte Timestamps = 8;

    private const int FixedBytes = 20;
    private const byte EndOfOptions = 0;
    private const byte NoOperation = 1;

    private readonly ReadOnlySpan<byte> _bytes;

    private TcpSegment(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    public ushort SourcePort => BinaryPrimitives.ReadUInt16BigEndian(_bytes);

    public ushort DestinationPort => BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]);

    public uint Sequence => BinaryPrimitives.ReadUInt32BigEndian(_bytes[4..]);

    public byte Flags => _bytes[13];

    public ushort Window => BinaryPrimitives.ReadUInt16BigEndian(_bytes[14..]);

    /// <summary>As it says; may be wrong.</summary>
    public int HeaderBytes => (_bytes[12] >> 4) * 4;

    /// <summary>Whether the header with its options is there and long enough to be one.</summary>
    public bool HasOptions => HeaderBytes >= FixedBytes && HeaderBytes <= _bytes.Length;

    private ReadOnlySpan<byte> Options => _bytes[FixedBytes..HeaderBytes];

    public static bool TryParse(ReadOnlySpan<byte> bytes, out TcpSegment segment)
    {
        segment = new TcpSegment(bytes);
        return bytes.Length >= FixedBytes;
    }

    /// <summary>The first option of a kind, when there are enough bytes behind its kind and its length.</summary>
    /// <param name="dataBytes">How many of its bytes are wanted.</param>
    public bool TryFind(byte kind, int dataBytes, out ReadOnlySpan<byte> data)
    {
        ReadOnlySpan<byte> rest = Options;
        while (TryNext(ref rest, out byte found, out ReadOnlySpan<byte> option))
        {
            if (found != kind || option.Length < 2) continue;
            if (option.Length - 2 + rest.Length < dataBytes) break;
            int at = Options.Length - rest.Length - option.Length + 2;
            data = Options.Slice(at, dataBytes);
            return true;
        }

        data = default;
        return false;
    }

    /// <summary>Writes the kinds in their order; a broken one is the last.</summary>
    /// <returns>How many, at most 40.</returns>
    public int WriteKinds(Span<byte> destination)
    {
        int count = 0;
        ReadOnlySpan<byte> rest = Options;
        while (TryNext(ref rest, out byte kind, out _)) destination[count++] = kind;
        return count;
    }

    /// <summary>One bit for each of the kinds 2 to 8, the highest for all others above 1.</summary>
    public byte KindBits()
    {
        int bits = 0;
        ReadOnlySpan<byte> rest = Options;
        while (TryNext(ref rest, out byte kind, out ReadOnlySpan<byte> option))
        {
            if (kind < 2 || option.Length < 2) continue;
            bits |= kind <= 8 ? 1 << (kind - 2) : 0x80;
        }

        return (byte)bits;
    }

    /// <param name="option">All of it; a single byte when its length is missing or impossible, and then it is the last.</param>
    private static bool TryNext(ref ReadOnlySpan<byte> rest, out byte kind, out ReadOnlySpan<byte> option)
    {
        option = default;
        kind = rest.IsEmpty ? EndOfOptions : rest[0];
        if (kind == EndOfOptions) return false;
        int length = kind == NoOperation || rest.Length < 2 ? 1 : rest[1];
        if (length < 2 || length > rest.Length)
        {
            option = rest[..1];
            rest = kind == NoOperation ? rest[1..] : default;
            return true;
        }

        option = rest[..length];
        rest = rest[length..];
        return true;
    }
}
