using System;
using Hawser.Base.Bytes;
using Hawser.Protocols.Http;

namespace Hawser.Proxy.Streams.Http;

/// <summary>"server ... redir" (manual, section 5.2): GET and HEAD are sent to the server itself, past this proxy.</summary>
internal static unsafe class ServerRedirect
{
    private const int LocationBytesMaximum = 8192;

    /// <returns>False: the request goes to the server as usual.</returns>
    public static bool TryBegin(Session session, ReadOnlySpan<byte> prefix)
    {
        HttpMessage request = session.Http!.Request;
        if (request.Method is not (HttpMethod.Get or HttpMethod.Head)) return false;
        Span<byte> location = stackalloc byte[LocationBytesMaximum];
        ByteWriter writer = new(location);
        if (!writer.TryWrite(prefix) || !writer.TryWrite(PathOf(request))) return false;
        if (!HttpAnswers.TryBegin(session, 302, "Found"u8)) return false;
        HttpMessage response = session.Http.Response;
        response.Framing = BodyFraming.Length;
        response.ContentLength = 0;
        return response.TryAdd("cache-control"u8, "no-cache"u8) && response.TryAdd("content-length"u8, "0"u8)
            && response.TryAdd("location"u8, writer.Written);
    }

    private static ReadOnlySpan<byte> PathOf(HttpMessage request)
    {
        ReadOnlySpan<byte> target = request.Target.In(request.Block);
        if (target.StartsWith("/"u8) || target.IndexOf("://"u8) is not (> 0 and var scheme)) return target;
        int path = target[(scheme + 3)..].IndexOf((byte)'/');
        return path < 0 ? "/"u8 : target[(scheme + 3 + path)..];
    }
}
