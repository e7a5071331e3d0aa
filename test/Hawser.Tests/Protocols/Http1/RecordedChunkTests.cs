using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Hawser.Protocols.Http;
using Hawser.Protocols.Http1;
using Xunit;

namespace Hawser.Tests.Protocols.Http1;

/// <summary>Chunked bodies are accepted, refused and taken apart as HAProxy does it, in any split of their bytes.</summary>
public sealed class RecordedChunkTests
{
    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(1)]
    [InlineData(3)]
    public void A_chunked_body_is_read_as_recorded(int pieceBytes)
    {
        List<string> differences = [];
        foreach (RecordedMessage row in RecordedMessage.Load("requests.txt").Where(row => row.Strict is 200 or 400))
        {
            using ParsedHead head = new(row.Bytes, isRequest: true, Http1Leniency.Strict, int.MaxValue);
            if (head.Result != Http1Result.Complete || head.Message.Framing != BodyFraming.Chunked) continue;
            string body = Read(row.Bytes.AsSpan(head.Message.HeadBytes), pieceBytes);
            string recorded = row.Strict == 400 ? "refused" : Read(Body(row.Forwarded), int.MaxValue);
            if (body != recorded) differences.Add($"{body} instead of {recorded}: {row.Text}");
        }

        Assert.True(differences.Count == 0, string.Join('\n', differences));
    }

    private static ReadOnlySpan<byte> Body(byte[] message) => message.AsSpan(message.AsSpan().IndexOf("\r\n\r\n"u8) + 4);

    /// <summary>The data, then in brackets the trailer fields; "..." when it does not end.</summary>
    private static string Read(ReadOnlySpan<byte> bytes, int pieceBytes)
    {
        ChunkReader reader = default;
        StringBuilder text = new();
        int at = 0;
        int end = Math.Min(pieceBytes, bytes.Length);
        while (true)
        {
            ChunkStep step = reader.Next(bytes[at..end], out int taken, out ReadOnlySpan<byte> data);
            at += taken;
            text.Append(Encoding.Latin1.GetString(data));
            if (step == ChunkStep.Invalid) return "refused";
            if (step == ChunkStep.Trailers) return Trailers(bytes[at..], text);
            if (step == ChunkStep.Data) continue;
            if (end == bytes.Length) return text.Append("...").ToString();
            end = (int)Math.Min(end + (long)pieceBytes, bytes.Length);
        }
    }

    private static unsafe string Trailers(ReadOnlySpan<byte> bytes, StringBuilder text)
    {
        byte[] copy = [.. bytes, .. new byte[64]];
        fixed (byte* block = copy)
        {
            HttpMessage trailers = new(10);
            trailers.Begin(block, copy.Length, isRequest: true);
            Http1HeadParser parser = Http1HeadParser.ForTrailers(trailers, Http1Leniency.Strict);
            Http1Result result = parser.Parse(bytes.Length);
            if (result != Http1Result.Complete) return result == Http1Result.Invalid ? "refused" : text + "...";
            for (int index = 0; index < trailers.FieldCount; index++)
            {
                FieldLine field = trailers.Field(index);
                text.Append('[').Append(Encoding.Latin1.GetString(field.Name.In(block))).Append('=')
                    .Append(Encoding.Latin1.GetString(field.Value.In(block))).Append(']');
            }
        }

        return text.ToString();
    }
}
