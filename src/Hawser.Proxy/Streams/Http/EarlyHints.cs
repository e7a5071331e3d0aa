using System;
using Hawser.Proxy.Connections;

namespace Hawser.Proxy.Streams.Http;

/// <summary>
/// A response "103 Early Hints" is put together in the exchange's answer buffer and sent at once. It is a hint: a client
/// that takes nothing at the moment goes without it.
/// </summary>
public static class EarlyHints
{
    /// <returns>False when there is no room; nothing has changed then.</returns>
    internal static bool TryAdd(HttpExchange http, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        ReadOnlySpan<byte> start = http.HintBytes == 0 ? "HTTP/1.1 103 Early Hints\r\n"u8 : default;
        Span<byte> room = http.AnswerBuffer[http.HintBytes..];
        // The empty line has its place from the beginning.
        int length = start.Length + name.Length + 2 + value.Length + 2;
        if (length + 2 > room.Length) return false;
        start.CopyTo(room);
        room = room[start.Length..];
        name.CopyTo(room);
        ": "u8.CopyTo(room[name.Length..]);
        value.CopyTo(room[(name.Length + 2)..]);
        "\r\n"u8.CopyTo(room[(name.Length + 2 + value.Length)..]);
        http.HintBytes += length;
        return true;
    }

    /// <summary>Sends what was put together, if anything was.</summary>
    internal static unsafe void Send(Session session)
    {
        HttpExchange http = session.Http!;
        if (http.HintBytes == 0) return;
        int length = http.HintBytes;
        http.HintBytes = 0;
        Channel response = session.Response;
        Connection client = session.ClientSide;
        if (!client.IsWritable || response.Pending > 0) return;
        Span<byte> text = new(session.Loop.Buffers.Scratch, session.Loop.Buffers.LargeBytes);
        http.AnswerBuffer[..length].CopyTo(text);
        "\r\n"u8.CopyTo(text[length..]);
        length += 2;
        response.BytesIn += length;
        // A connection that is broken shows itself again when the answer is sent.
        _ = HeadSender.TrySend(session.Loop, response, length, held: 0, client, moreFollows: false);
    }
}
