using System;
using Hawser.Protocols.Http;

namespace Hawser.Protocols.Http1;

/// <summary>Looks for the end of a body that lies behind its head, without taking anything out of it.</summary>
public static class BodyEnd
{
    /// <param name="body">What has come of it, from its first byte on.</param>
    /// <param name="data">Bytes of content in it: without the framing of chunks.</param>
    /// <returns>All of it is there, or it is not in order: then there is nothing to wait for.</returns>
    public static bool IsIn(HttpMessage message, ReadOnlySpan<byte> body, out ulong data)
    {
        data = (ulong)body.Length;
        switch (message.Framing)
        {
            case BodyFraming.None:
                data = 0;
                return true;
            case BodyFraming.Length:
                data = Math.Min(data, message.ContentLength);
                return data == message.ContentLength;
            case BodyFraming.UntilClose:
                return false;
        }

        data = 0;
        ChunkReader chunks = default;
        while (true)
        {
            ChunkStep step = chunks.Next(body, out int taken, out ReadOnlySpan<byte> piece);
            body = body[taken..];
            data += (ulong)piece.Length;
            switch (step)
            {
                case ChunkStep.NeedMore:
                    return false;
                case ChunkStep.Invalid:
                    return true;
                case ChunkStep.Trailers:
                    return body.StartsWith("\r\n"u8) || body.IndexOf("\r\n\r\n"u8) >= 0;
            }
        }
    }
}
