using System;
using Hawser.Protocols.Http;

namespace Hawser.Protocols.Http1;

/// <summary>What is there of a body.</summary>
public enum BodyPresence : byte
{
    /// <summary>More has to come.</summary>
    Partial,

    /// <summary>All of it.</summary>
    Whole,

    /// <summary>Its chunks are not in order.</summary>
    Invalid,
}

/// <summary>Looks for the end of a body that lies behind its head, without taking anything out of it.</summary>
public static class BodyEnd
{
    /// <param name="body">What has come of it, from its first byte on.</param>
    /// <param name="data">Bytes of content in it: without the framing of chunks.</param>
    public static BodyPresence Look(HttpMessage message, ReadOnlySpan<byte> body, out ulong data) =>
        Look(message, body, out data, out _);

    /// <param name="fault">With <see cref="BodyPresence.Invalid"/>: what is wrong, and where.</param>
    /// <inheritdoc cref="Look(HttpMessage, ReadOnlySpan{byte}, out ulong)" path="/param"/>
    public static BodyPresence Look(HttpMessage message, ReadOnlySpan<byte> body, out ulong data, out BodyFault fault)
    {
        fault = default;
        data = (ulong)body.Length;
        switch (message.Framing)
        {
            case BodyFraming.None:
                data = 0;
                return BodyPresence.Whole;
            case BodyFraming.Length:
                data = Math.Min(data, message.ContentLength);
                return Presence(data == message.ContentLength);
            case BodyFraming.UntilClose:
                return BodyPresence.Partial;
        }

        data = 0;
        int length = body.Length;
        ChunkReader chunks = default;
        while (true)
        {
            ChunkStep step = chunks.Next(body, out int taken, out ReadOnlySpan<byte> piece);
            body = body[taken..];
            data += (ulong)piece.Length;
            switch (step)
            {
                case ChunkStep.NeedMore:
                    return BodyPresence.Partial;
                case ChunkStep.Invalid:
                    fault = new BodyFault(chunks.Error, length - body.Length, length - body.Length, chunks.Announced);
                    return BodyPresence.Invalid;
                case ChunkStep.Trailers:
                    BodyPresence presence = Trailers.Look(body, out int at);
                    at += length - body.Length;
                    if (presence == BodyPresence.Invalid) fault = new BodyFault(Http1Error.Trailer, at, at, chunks.Announced);
                    return presence;
            }
        }
    }

    private static BodyPresence Presence(bool isWhole) => isWhole ? BodyPresence.Whole : BodyPresence.Partial;
}
