using System;
using Hawser.Base.Bytes;
using Hawser.Proxy.Backends;

namespace Hawser.Proxy.Streams.Http;

/// <summary>
/// "http-send-name-header" (manual, section 4.2): the name of the server that the request goes to, anew with each
/// attempt. It takes the place of what the client sent under that name.
/// </summary>
internal static class ServerNameField
{
    /// <summary>Of the header's name and the server's together: what a head's writer may add, without its own fields.</summary>
    public const int BytesMaximum = HttpBlock.WriterBytes - 64;

    /// <summary>Appends the field line, where the backend wants one, to those that are added to a head.</summary>
    /// <param name="session">About to send its request to its target.</param>
    /// <param name="added">Has room for it.</param>
    /// <param name="length">What is in there already.</param>
    /// <returns>The new length.</returns>
    public static int Append(Session session, Span<byte> added, int length)
    {
        if (session.BackendHttp!.ServerNameHeader is not { } header) return length;
        session.Http!.Request.Remove(header);
        Server server = session.Target!;
        ByteWriter writer = new(added[length..]);
        _ = writer.TryWrite(header) && writer.TryWrite(": "u8) && writer.TryWrite(server.NameBytes) && writer.TryWrite("\r\n"u8);
        return length + writer.Position;
    }
}
