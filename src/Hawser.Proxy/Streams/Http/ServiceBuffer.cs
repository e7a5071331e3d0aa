using System;
using System.Buffers;

namespace Hawser.Proxy.Streams.Http;

/// <summary>
/// A piece of a service's body: written on the control loop, sent by the client's. The frame of a chunk is put around it in
/// place. Used again for each piece of an answer.
/// </summary>
public sealed class ServiceBuffer : IBufferWriter<byte>
{
    /// <summary>
    /// Above this the service pauses until it was sent. Each piece is two letters between the loops, and wakes two threads
    /// where these are two: three times the size of an ordinary block costs a page of 100 MB half of its time. With what a
    /// row may be beyond it the array stays below the size that the collector treats as large.
    /// </summary>
    public const int FullBytes = 48 * 1024;

    /// <summary>Digits of the length in front of a chunk, and its line end.</summary>
    private const int FrontBytes = 10;

    /// <summary>The line end behind a chunk, and the last chunk.</summary>
    private const int BackBytes = 7;

    private byte[] _bytes = new byte[FrontBytes + FullBytes + (FullBytes / 2) + BackBytes];
    private int _end = FrontBytes;

    /// <summary>Bytes of content.</summary>
    public int Length => _end - FrontBytes;

    public bool IsFull => Length >= FullBytes;

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(FrontBytes, Length);

    public void Clear() => _end = FrontBytes;

    /// <summary>Takes back what was written behind the first bytes.</summary>
    /// <param name="length">At most <see cref="Length"/>.</param>
    public void Truncate(int length) => _end = FrontBytes + length;

    public void Advance(int count) => _end += count;

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        int needed = _end + Math.Max(1, sizeHint) + BackBytes;
        if (needed > _bytes.Length) Array.Resize(ref _bytes, Math.Max(needed, 2 * _bytes.Length));
        return _bytes.AsSpan(_end, _bytes.Length - BackBytes - _end);
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        int length = GetSpan(sizeHint).Length;
        return _bytes.AsMemory(_end, length);
    }

    /// <summary>What goes to the client.</summary>
    /// <param name="isChunked">As a chunk; nothing becomes no chunk.</param>
    /// <param name="isLast">The last chunk follows.</param>
    internal ReadOnlyMemory<byte> Piece(bool isChunked, bool isLast)
    {
        if (!isChunked) return _bytes.AsMemory(FrontBytes, Length);
        int begin = FrontBytes;
        int end = _end;
        if (Length > 0)
        {
            _bytes[--begin] = (byte)'\n';
            _bytes[--begin] = (byte)'\r';
            for (int rest = Length; rest > 0; rest >>= 4) _bytes[--begin] = "0123456789abcdef"u8[rest & 15];
            _bytes[end++] = (byte)'\r';
            _bytes[end++] = (byte)'\n';
        }

        if (isLast)
        {
            "0\r\n\r\n"u8.CopyTo(_bytes.AsSpan(end));
            end += 5;
        }

        return _bytes.AsMemory(begin, end - begin);
    }
}
