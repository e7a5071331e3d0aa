using System;
using Hawser.Base.Bytes;
using Hawser.Base.Network;

namespace Hawser.Proxy.Logging;

/// <summary>The fixed form of a connection's error line (manual, section 8.2.5).</summary>
internal static class ConnectionErrorLine
{
    /// <returns>Bytes written; cut off where it does not fit.</returns>
    public static int Write(SessionLogSource source, ReadOnlySpan<byte> message, Span<byte> destination)
    {
        SessionLogRecord record = source.Record;
        Span<byte> address = stackalloc byte[NetworkAddress.MaxTextBytes];
        ByteWriter date = new(stackalloc byte[32]);
        _ = record.Client.TryFormat(address, out int addressLength);
        source.Dates.TryWriteLocal(ref date, record.AcceptDate);

        ByteWriter line = new(destination);
        line.WriteCut(address[..addressLength]);
        line.WriteCut(" ["u8);
        line.WriteCut(date.Written);
        line.WriteCut("] "u8);
        line.WriteCut(record.FrontendName);
        line.WriteCut("/"u8);
        line.WriteCut(record.ListenerName);
        line.WriteCut(": "u8);
        line.WriteCut(message);
        return line.Position;
    }
}
