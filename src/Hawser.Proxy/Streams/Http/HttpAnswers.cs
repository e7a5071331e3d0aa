using System;
using System.Buffers.Text;
using Hawser.Base.Assertions;
using Hawser.Protocols.Http;
using Hawser.Protocols.Http1;
using Hawser.Proxy.Connections;

namespace Hawser.Proxy.Streams.Http;

/// <summary>
/// Begins answers of our own. Their head is made in the response's block, as if a server had sent it, so that rules can
/// change it ("http-after-response") and one writer writes both.
/// </summary>
public static unsafe class HttpAnswers
{
    private const int StatusLineBytesMaximum = 128;
    private const int NoContent = 204;

    /// <summary>An answer with that status and no field yet: the caller adds them to <see cref="HttpExchange.Response"/>.</summary>
    /// <param name="session">What the server may have sent is dropped.</param>
    /// <param name="status">100 to 999.</param>
    /// <param name="reason">Empty: the usual one of that status. At most 80 bytes.</param>
    /// <returns>False when there is no block for it.</returns>
    public static bool TryBegin(Session session, int status, ReadOnlySpan<byte> reason = default)
    {
        if (reason.IsEmpty) reason = StatusReasons.Text(status);
        Span<byte> line = stackalloc byte[StatusLineBytesMaximum];
        "HTTP/1.1 "u8.CopyTo(line);
        line[9] = (byte)('0' + (status / 100));
        line[10] = (byte)('0' + (status / 10 % 10));
        line[11] = (byte)('0' + (status % 10));
        line[12] = (byte)' ';
        reason.CopyTo(line[13..]);
        "\r\n\r\n"u8.CopyTo(line[(13 + reason.Length)..]);
        return TryBegin(session, line[..(17 + reason.Length)], default);
    }

    /// <inheritdoc cref="TryBegin(Session, int, ReadOnlySpan{byte})"/>
    public static bool TryBegin(Session session, PreparedAnswer answer)
    {
        if (!answer.IsSilent) return TryBegin(session, answer.Head, answer.Body);
        HttpExchange exchange = session.Http!;
        exchange.IsAnswered = true;
        exchange.IsSilent = true;
        exchange.LoggedStatus = answer.Status;
        exchange.Log.Status = answer.Status;
        return true;
    }

    /// <summary>Says how long the body is, as the last or the next field of an answer that was begun with a status only.</summary>
    /// <param name="hasBody">False: the length is that of a body elsewhere ("304").</param>
    /// <returns>False when there is no room.</returns>
    public static bool TryAddLength(HttpMessage response, int length, bool hasBody = true)
    {
        // 204 may not have one (RFC 9110 section 8.6).
        if (response.Status == NoContent) return true;
        response.Framing = hasBody ? BodyFraming.Length : BodyFraming.None;
        response.ContentLength = (ulong)length;
        Span<byte> digits = stackalloc byte[20];
        Utf8Formatter.TryFormat(length, digits, out int count);
        return response.TryAdd("content-length"u8, digits[..count]);
    }

    /// <summary>The proxy's answer for a status: its own, the frontend's, or the usual page.</summary>
    public static bool TryBeginError(Session session, int status)
    {
        ErrorAnswer? own = session.BackendHttp?.Errors.Find(status) ?? session.FrontendHttp!.Errors.Find(status);
        bool isBegun = own?.TryBegin(session)
            ?? (DefaultAnswers.Find(status) is { } page ? TryBegin(session, page) : TryBegin(session, status));
        session.Http!.LoggedStatus = status;
        return isBegun;
    }

    private static bool TryBegin(Session session, ReadOnlySpan<byte> head, ReadOnlyMemory<byte> body)
    {
        HttpExchange exchange = session.Http!;
        Channel response = session.Response;
        // An informational head is on its way: nothing may come between its parts.
        if (response.Pending > 0) return false;
        DiscardedResponse.Take(session);
        exchange.LoggedStatus = 0;
        response.DropBlock(session.Loop.Buffers);
        int room = response.Room(session.Loop.Buffers);
        if (room == 0) return false;
        Check.That(head.Length < room, "an answer's head fits into a block");
        head.CopyTo(new Span<byte>(response.RoomStart, room));
        response.Appended(head.Length);
        response.Hold(head.Length);
        response.Rewritten += head.Length;
        exchange.Response.Begin(response.BlockData, HttpBlock.ArenaEnd(session.Loop.Buffers), isRequest: false);
        Http1HeadParser parser = new(exchange.Response, Http1Leniency.Unsafe);
        Check.That(parser.Parse(head.Length) == Http1Result.Complete, "an answer of our own is a valid one");
        exchange.AnswerBody = body;
        exchange.AnswerBodySent = 0;
        exchange.IsAnswered = true;
        exchange.IsSilent = false;
        return true;
    }
}
