using System;
using Hawser.Protocols.Http;

namespace Hawser.Protocols.Http1;

/// <summary>
/// Writes a head as HTTP/1. Neighbouring lines that nobody has touched are copied in one piece; a message that is
/// passed on unchanged takes one copy.
/// </summary>
public static unsafe class Http1HeadWriter
{
    /// <param name="message">A complete head.</param>
    /// <param name="destination">Where to write; enough when as long as the message's block.</param>
    /// <param name="written">Bytes written, with the empty line if asked for.</param>
    /// <param name="withEnd">With the empty line behind the fields; without it the caller adds fields of its own.</param>
    /// <returns>False when there is no room; what was written is worthless then.</returns>
    public static bool TryWrite(HttpMessage message, Span<byte> destination, bool withEnd, out int written)
    {
        Output output = new(destination);
        byte* block = message.Block;
        int runAt = message.StartLine.At;
        int runEnd = runAt;
        if (message.IsStartLineCanonical)
            runEnd = message.StartLine.End + 2;
        else
            WriteStartLine(message, ref output);

        for (int index = 0; index < message.FieldCount; index++)
        {
            ref FieldLine field = ref message.Field(index);
            if (field.IsRemoved) continue;
            if (field.IsCanonical && field.Name.At == runEnd)
            {
                runEnd = field.Value.End + 2;
                continue;
            }

            output.Write(new ReadOnlySpan<byte>(block + runAt, runEnd - runAt));
            runAt = field.Name.At;
            runEnd = runAt;
            if (field.IsCanonical)
            {
                runEnd = field.Value.End + 2;
                continue;
            }

            output.Write(field.Name.In(block));
            output.Write(": "u8);
            output.Write(field.Value.In(block));
            output.Write("\r\n"u8);
        }

        output.Write(new ReadOnlySpan<byte>(block + runAt, runEnd - runAt));
        if (withEnd) output.Write("\r\n"u8);
        written = output.Length;
        return output.IsComplete;
    }

    private static void WriteStartLine(HttpMessage message, ref Output output)
    {
        byte* block = message.Block;
        if (message.IsRequest)
        {
            output.Write(message.MethodText.In(block));
            output.Write(" "u8);
            output.Write(message.Target.In(block));
            output.Write(message.IsPathMissing ? "/ "u8 : " "u8);
            WriteVersion(message, ref output);
        }
        else
        {
            WriteVersion(message, ref output);
            output.Write(" "u8);
            output.Write(message.StatusText.In(block));
            output.Write(" "u8);
            output.Write(message.Reason.IsEmpty ? StatusReasons.Text(message.Status) : message.Reason.In(block));
        }

        output.Write("\r\n"u8);
    }

    private static void WriteVersion(HttpMessage message, ref Output output)
    {
        if (message.Version != HttpVersion.Http10)
            output.Write("HTTP/1.1"u8);
        else if (message.VersionText.IsEmpty)
            output.Write("HTTP/1.0"u8);
        else
            output.Write(message.VersionText.In(message.Block));
    }

    private ref struct Output(Span<byte> destination)
    {
        private readonly Span<byte> _destination = destination;

        public int Length { get; private set; }

        public bool IsComplete { get; private set; } = true;

        public void Write(ReadOnlySpan<byte> bytes)
        {
            if (!IsComplete || bytes.Length > _destination.Length - Length)
            {
                IsComplete = false;
                return;
            }

            bytes.CopyTo(_destination[Length..]);
            Length += bytes.Length;
        }
    }
}
