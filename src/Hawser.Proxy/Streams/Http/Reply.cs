using System;
using Hawser.Expressions.LogFormat;
using Hawser.Protocols.Http;
using Hawser.Proxy.Logging;
using Hawser.Proxy.Streams.Rules;

namespace Hawser.Proxy.Streams.Http;

/// <summary>
/// An answer of the configuration's own: what "return", "deny" and "tarpit" give, and "http-error" instead of a page.
/// Immutable, shared by all loops.
/// </summary>
/// <param name="status">What the log shows, whatever the answer itself says.</param>
public abstract class Reply(int status)
{
    public int Status => status;

    /// <summary>Begins the answer.</summary>
    /// <returns>False when there is no room for it.</returns>
    public bool TryBegin(Session session, SessionLogSource source)
    {
        HttpExchange http = session.Http!;
        http.IsAnswered = TryBeginHere(session, source);
        http.LoggedStatus = status;
        return http.IsAnswered;
    }

    protected abstract bool TryBeginHere(Session session, SessionLogSource source);
}

/// <summary>"default-errorfiles": what the proxy answers with that status in any case.</summary>
public sealed class DefaultReply(int status) : Reply(status)
{
    protected override bool TryBeginHere(Session session, SessionLogSource source) => HttpAnswers.TryBeginError(session, Status);
}

/// <summary>"errorfile", "errorfiles": an answer that was read at start.</summary>
public sealed class PreparedReply(int status, PreparedAnswer answer) : Reply(status)
{
    protected override bool TryBeginHere(Session session, SessionLogSource source) => HttpAnswers.TryBegin(session, answer);
}

/// <summary>One header field of a reply.</summary>
/// <param name="Name">In lower case.</param>
public readonly record struct ReplyField(byte[] Name, LogFormat Value);

/// <summary>A status, fields and a body that the configuration has put together.</summary>
/// <param name="contentType">Null without a body.</param>
/// <param name="body">The body as it is; null when it is made of <paramref name="bodyFormat"/>.</param>
public sealed class MadeReply(int status, ReplyField[] fields, byte[]? contentType, byte[]? body, LogFormat? bodyFormat) : Reply(status)
{
    private const int NotModified = 304;

    protected override bool TryBeginHere(Session session, SessionLogSource source)
    {
        HttpExchange http = session.Http!;
        // All values are made first: the messages they may speak of are gone when the answer begins.
        Span<int> lengths = stackalloc int[fields.Length];
        Span<byte> values = http.AnswerBuffer;
        int bodyLength = body?.Length ?? 0;
        if (bodyFormat is not null)
        {
            if (!TryWrite(bodyFormat, source, values, out bodyLength)) return false;
            values = values[bodyLength..];
        }

        Span<byte> rest = values;
        for (int index = 0; index < fields.Length; index++)
        {
            if (!TryWrite(fields[index].Value, source, rest, out lengths[index])) return false;
            rest = rest[lengths[index]..];
        }

        if (!HttpAnswers.TryBegin(session, Status)) return false;
        HttpMessage response = http.Response;
        for (int index = 0; index < fields.Length; index++)
        {
            // As in HAProxy, a field whose format gives no text is left out.
            if (lengths[index] == 0) continue;
            if (!response.TryAdd(fields[index].Name, values[..lengths[index]])) return false;
            Rewriting.Touched(response, FieldNames.Find(fields[index].Name));
            values = values[lengths[index]..];
        }

        if (bodyFormat is not null) http.UseAnswerBuffer(bodyLength);
        else http.AnswerBody = body;
        return HttpAnswers.TryAddLength(response, bodyLength, hasBody: Status != NotModified)
            && (contentType is null || response.TryAdd("content-type"u8, contentType));
    }

    /// <summary>False when it may have been cut off.</summary>
    private static bool TryWrite(LogFormat format, SessionLogSource source, Span<byte> room, out int length)
    {
        length = format.Write(source, room);
        return length < room.Length;
    }
}

/// <summary>"http-error" and what else stands in for a page.</summary>
public sealed class ErrorReply(Reply reply) : ErrorAnswer
{
    public override bool TryBegin(Session session) => reply.TryBegin(session, RuleSource.Of(session, isFinal: true));
}
