using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Hawser.Protocols.Http;
using Hawser.Protocols.Http1;
using Xunit;

namespace Hawser.Tests.Protocols.Http1;

/// <summary>Heads are accepted, refused and passed on as HAProxy does it, in any split of their bytes.</summary>
public sealed class RecordedHeadTests
{
    /// <summary>What a connection adds to a head or takes out of it: not the business of the message itself.</summary>
    private static readonly string[] s_hopFields =
        ["connection:", "te:", "sec-websocket-key:", "http2-settings:"];

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(1)]
    [InlineData(7)]
    public void A_request_is_read_as_recorded(int pieceBytes) => Compare("requests.txt", isRequest: true, pieceBytes);

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(1)]
    [InlineData(7)]
    public void A_response_is_read_as_recorded(int pieceBytes) => Compare("responses.txt", isRequest: false, pieceBytes);

    private static void Compare(string file, bool isRequest, int pieceBytes)
    {
        List<string> differences = [];
        foreach (RecordedMessage row in RecordedMessage.Load(file))
        {
            Compare(row, row.Strict, Http1Leniency.Strict, isRequest, pieceBytes, differences);
            Compare(row, row.Unsafe, Http1Leniency.Unsafe, isRequest, pieceBytes, differences);
        }

        Assert.True(differences.Count == 0, string.Join('\n', differences));
    }

    private static void Compare(
        RecordedMessage row, int status, Http1Leniency leniency, bool isRequest, int pieceBytes, List<string> differences)
    {
        // 413: a body in HTTP/1.0 that a connection refuses, whatever its head is like.
        if (status is 0 or 413) return;
        using ParsedHead head = new(row.Bytes, isRequest, leniency, pieceBytes);
        int expected = head.Error == Http1Error.TransferCodingUnknown && isRequest ? 422 : isRequest ? 400 : 502;
        if (head.Result != Http1Result.Complete && status != expected)
            differences.Add($"{leniency}: {head.Result} {head.Error} at {head.ErrorAt}: {row.Text}");
        else if (head.Result == Http1Result.Complete && status != 200 && !IsRefusedLater(head))
            differences.Add($"{leniency}: accepted: {row.Text}");
        else if (status == 200 && row.Forwarded.Length > 0 && Fields(head.Written) is var written &&
            written != Fields(Encoding.Latin1.GetString(row.Forwarded)))
            differences.Add($"{leniency}: wrote {written} for {row.Text}");
    }

    /// <summary>The head is good. Its chunks are not (<see cref="RecordedChunkTests"/> reads those).</summary>
    private static bool IsRefusedLater(ParsedHead head) => head.Message.Framing == BodyFraming.Chunked;

    private static string Fields(string head) =>
        string.Join("\\r\\n", head[..(head.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 2)].Split("\r\n")
            .Where(line => !s_hopFields.Any(line.StartsWith)));
}
