using System;
using System.Collections.Generic;
using System.Text;
using Hawser.Protocols.Http;
using Hawser.Protocols.Http1;

namespace Hawser.Proxy.Actions;

/// <summary>
/// The whole response that an error file is (manual, "errorfile"): accepted and refused as HAProxy 3.5 does, which is
/// stricter about the head than with servers' responses.
/// </summary>
internal static class ErrorFileHead
{
    /// <summary>Header fields that HAProxy has places for; the end of the head takes one of 101.</summary>
    private const int FieldsMaximum = 100;

    /// <summary>What HAProxy's form of a message takes of a buffer beside its parts, as its refusals show.</summary>
    private const int BufferOverhead = 85;

    private const int FieldOverhead = 8;

    private const string Chunked = "chunk-encoded payload not supported";

    private static ReadOnlySpan<byte> TransferEncoding => "transfer-encoding"u8;

    /// <param name="bufferBytes">"tune.bufsize".</param>
    /// <param name="head">As it goes out, but for what connections demand.</param>
    /// <param name="problem">What is wrong with the file.</param>
    public static unsafe bool TryRead(ReadOnlySpan<byte> content, int bufferBytes, out byte[] head, out byte[] body, out string? problem)
    {
        // The parser lowers names where they lie.
        byte[] copy = WithoutOtherCodings(content);
        head = [];
        body = [];
        HttpMessage message = new(FieldsMaximum);
        fixed (byte* block = copy)
        {
            message.Begin(block, copy.Length, isRequest: false);
            // The version may be anything that looks like one; fields have to be right.
            Http1HeadParser parser = new(message, Http1Leniency.Unsafe);
            Http1Result result = parser.Parse(copy.Length);
            problem = result switch
            {
                Http1Result.Invalid when parser.Error == Http1Error.TransferCodingUnknown => Chunked,
                Http1Result.NeedMore => "unable to parse headers (truncated or too long)",
                Http1Result.Invalid => $"unable to parse headers (error offset: {parser.ErrorAt})",
                _ => Problem(message, block, copy.Length - message.HeadBytes, bufferBytes),
            };
            if (problem is not null) return false;
            head = copy.AsSpan(0, message.HeadBytes).ToArray();
            body = copy.AsSpan(message.HeadBytes).ToArray();
            return true;
        }
    }

    private static unsafe string? Problem(HttpMessage message, byte* block, int body, int bufferBytes)
    {
        if (message.StatusText.Length > 3) return $"unable to parse headers (error offset: {message.StatusText.At + 3})";
        ReadOnlySpan<byte> version = message.VersionText.In(block);
        bool isVersion = version.Length == 8 && version[4] == '/' && version[6] == '.';
        if (!isVersion) return $"invalid http version ({Encoding.ASCII.GetString(version)})";
        for (int index = 0; index < message.FieldCount; index++)
        {
            ref FieldLine field = ref message.Field(index);
            int bad = FirstBad(field.Name.In(block));
            if (bad >= 0) return $"unable to parse headers (error offset: {field.Name.At + bad})";
            int nul = field.Value.In(block).IndexOf((byte)0);
            if (nul >= 0) return $"unable to parse headers (error offset: {field.Value.At + nul})";
        }
        int start = message.StartLine.End;
        int first = start < message.HeadBytes && block[start] == '\r' ? start + 2 : start + 1;
        if (first < message.HeadBytes && block[first] is (byte)' ' or (byte)'\t') return $"unable to parse headers (error offset: {first})";
        // HAProxy takes statuses below 100 and 101, and sends what no client understands.
        if (message.Status is < 200) return $"invalid http status code for an error message ({message.Status})";
        if (message.Framing == BodyFraming.Chunked) return Chunked;
        bool hasNone = message.Status is 204 or 304 || (message.Framing == BodyFraming.Length && message.ContentLength == 0);
        if (hasNone && body > 0) return "message payload not expected";
        if (message.Framing == BodyFraming.Length && message.ContentLength != (ulong)body)
            return $"payload size does not match the announced content-length ({body} != {message.ContentLength})";
        return Cost(message) + body > bufferBytes ? "unable to add payload into the HTX message" : null;
    }

    private static int Cost(HttpMessage message)
    {
        int cost = BufferOverhead + message.VersionText.Length + message.StatusText.Length + message.Reason.Length;
        for (int index = 0; index < message.FieldCount; index++)
        {
            ref FieldLine field = ref message.Field(index);
            cost += FieldOverhead + field.Name.Length + field.Value.Length;
        }
        return cost;
    }

    private static int FirstBad(ReadOnlySpan<byte> name)
    {
        for (int index = 0; index < name.Length; index++)
        {
            if (!Base.Bytes.Ascii.IsToken(name[index])) return index;
        }
        return -1;
    }

    /// <summary>"Transfer-Encoding" of a response that is not in chunks says nothing; HAProxy drops it.</summary>
    private static byte[] WithoutOtherCodings(ReadOnlySpan<byte> content)
    {
        List<byte> kept = new(content.Length);
        int at = 0;
        while (at < content.Length)
        {
            int feed = content[at..].IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = feed < 0 ? content[at..] : content.Slice(at, feed + 1);
            at += line.Length;
            bool isEnd = line.TrimEnd("\r\n"u8).IsEmpty && kept.Count > 0;
            if (!IsOtherCoding(line)) kept.AddRange(line);
            if (!isEnd) continue;
            kept.AddRange(content[at..]);
            break;
        }
        return [.. kept];
    }

    private static bool IsOtherCoding(ReadOnlySpan<byte> line)
    {
        int colon = line.IndexOf((byte)':');
        return colon == TransferEncoding.Length && Base.Bytes.Ascii.EqualsIgnoreCase(line[..colon], TransferEncoding)
            && !Encoding.ASCII.GetString(line[colon..]).Contains("chunked", StringComparison.OrdinalIgnoreCase);
    }
}
