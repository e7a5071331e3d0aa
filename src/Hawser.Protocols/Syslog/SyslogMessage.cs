using System;
using Hawser.Base.Bytes;
using Hawser.Base.Time;

namespace Hawser.Protocols.Syslog;

/// <summary>
/// One message for a log target, byte for byte as HAProxy 3.5 writes it: header, text, line feed. A text that exceeds
/// the target's <c>len</c> is cut; a part of the header that does not fit ends the message in its place.
/// </summary>
public readonly ref struct SyslogMessage
{
    public required SyslogFormat Format { get; init; }

    public required SyslogSender Sender { get; init; }

    /// <summary>0 (kern) to 23 (local7).</summary>
    public required int Facility { get; init; }

    /// <summary>0 (emerg) to 7 (debug).</summary>
    public required int Level { get; init; }

    public required UnixTime Time { get; init; }

    /// <summary><c>log-format-sd</c>, evaluated, for RFC 5424; empty when there is none.</summary>
    public ReadOnlySpan<byte> StructuredData { get; init; }

    /// <summary>Without a line end.</summary>
    public required ReadOnlySpan<byte> Text { get; init; }

    /// <param name="dates">The dates of the loop that writes.</param>
    /// <param name="destination">At least 1 byte, of which the target's <c>len</c> are given: the line feed counts.</param>
    /// <returns>The number of bytes written, at least 1.</returns>
    public int Write(DateTexts dates, Span<byte> destination)
    {
        ByteWriter writer = new(destination[..^1]);
        if (TryWriteHeader(ref writer, dates)) writer.WriteCut(Text);
        destination[writer.Position] = (byte)'\n';
        return writer.Position + 1;
    }

    private bool TryWriteHeader(ref ByteWriter writer, DateTexts dates) => Format switch
    {
        SyslogFormat.Local or SyslogFormat.Rfc3164 =>
            TryWritePriority(ref writer, Facility)
            && dates.TryWriteSyslog(ref writer, Time) && writer.TryWrite((byte)' ')
            && (Format == SyslogFormat.Local || TryWriteHostName(ref writer, "localhost"u8))
            && writer.TryWrite(Sender.Tag)
            && writer.TryWrite((byte)'[') && writer.TryWrite(Sender.ProcessId) && writer.TryWrite("]: "u8),
        SyslogFormat.Rfc5424 =>
            TryWritePriority(ref writer, Facility) && writer.TryWrite("1 "u8)
            && dates.TryWriteIso(ref writer, Time) && writer.TryWrite((byte)' ')
            && TryWriteHostName(ref writer, "-"u8)
            && writer.TryWrite(Sender.Tag) && writer.TryWrite((byte)' ')
            && writer.TryWrite(Sender.ProcessId) && writer.TryWrite(" - "u8)
            && writer.TryWrite(StructuredData.IsEmpty ? "-"u8 : StructuredData) && writer.TryWrite((byte)' '),
        SyslogFormat.Priority => TryWritePriority(ref writer, Facility),
        SyslogFormat.Short => TryWritePriority(ref writer, facility: 0),
        SyslogFormat.Timed =>
            TryWritePriority(ref writer, facility: 0) && dates.TryWriteIso(ref writer, Time) && writer.TryWrite((byte)' '),
        SyslogFormat.Iso => dates.TryWriteIso(ref writer, Time) && writer.TryWrite((byte)' '),
        _ => true,
    };

    private bool TryWritePriority(ref ByteWriter writer, int facility)
    {
        int start = writer.Position;
        if (writer.TryWrite((byte)'<')
            && writer.TryWriteDecimal((long)((facility * 8) + Level))
            && writer.TryWrite((byte)'>'))
            return true;
        writer.Rewind(start);
        return false;
    }

    private bool TryWriteHostName(ref ByteWriter writer, ReadOnlySpan<byte> unknown) =>
        writer.TryWrite(Sender.HostName.IsEmpty ? unknown : Sender.HostName) && writer.TryWrite((byte)' ');
}
