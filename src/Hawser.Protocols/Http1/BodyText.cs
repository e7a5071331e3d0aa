using System;
using Hawser.Protocols.Http;

namespace Hawser.Protocols.Http1;

/// <summary>What has come of a message's body, taken out of its chunks, while it still waits behind its head.</summary>
public static class BodyText
{
    /// <param name="message">A complete head.</param>
    /// <param name="received">Its bytes and those behind them, as they were received.</param>
    /// <param name="room">For the data of chunks; a plain body is not copied. What does not fit is left out.</param>
    /// <param name="advertisedBytes">What the body's length will be, as far as that is known now.</param>
    public static ReadOnlySpan<byte> Available(
        HttpMessage message, ReadOnlySpan<byte> received, Span<byte> room, out ulong advertisedBytes)
    {
        ReadOnlySpan<byte> behind = received[Math.Min(message.HeadBytes, received.Length)..];
        advertisedBytes = 0;
        switch (message.Framing)
        {
            case BodyFraming.Length:
                advertisedBytes = message.ContentLength;
                return behind[..(int)Math.Min((ulong)behind.Length, message.ContentLength)];
            case BodyFraming.UntilClose:
                advertisedBytes = (ulong)behind.Length;
                return behind;
            case BodyFraming.Chunked:
                ReadOnlySpan<byte> data = Data(behind, room, out ulong left);
                advertisedBytes = (ulong)data.Length + left;
                return data;
            default:
                return default;
        }
    }

    private static ReadOnlySpan<byte> Data(ReadOnlySpan<byte> chunks, Span<byte> room, out ulong left)
    {
        ChunkReader reader = default;
        int length = 0;
        while (true)
        {
            ChunkStep step = reader.Next(chunks, out int taken, out ReadOnlySpan<byte> piece);
            if (step != ChunkStep.Data) break;
            chunks = chunks[taken..];
            if (piece.Length > room.Length - length) piece = piece[..(room.Length - length)];
            piece.CopyTo(room[length..]);
            length += piece.Length;
        }

        left = reader.IsInData ? reader.ChunkLeft : 0;
        return room[..length];
    }
}
