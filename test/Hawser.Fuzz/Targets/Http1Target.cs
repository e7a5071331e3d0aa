using System;
using Hawser.Fuzz.Memory;
using Hawser.Protocols.Http;
using Hawser.Protocols.Http1;

namespace Hawser.Fuzz.Targets;

/// <summary>
/// An HTTP/1 message: head, chunks, trailers. The block ends where the input does, before memory that nobody may touch,
/// and the answer may not depend on how the bytes were split.
/// </summary>
internal sealed unsafe class Http1Target(bool isRequest) : FuzzTarget
{
    private const int FieldsMaximum = 101;
    private const int OutputBytes = 1 << 17;

    private static readonly string[] s_requestWords =
    [
        "GET ", "POST ", "CONNECT ", "OPTIONS * ", "/", "http://", "a:80", " HTTP/1.1\r\n", " HTTP/1.0\r\n", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "\r\n",
        "\n", "\r", "Host: a\r\n", "Host: b:80\r\n", "Content-Length: 3\r\n", "Content-Length: 3, 3\r\n", "Content-Length: 18446744073709551616\r\n",
        "Transfer-Encoding: chunked\r\n", "Transfer-Encoding: gzip, chunked\r\n", "Connection: close\r\n", "Connection: keep-alive, upgrade\r\n",
        "Upgrade: websocket\r\n", "0\r\n\r\n", "3\r\nabc\r\n", "a;x=y\r\n", "fffffffffffff\r\n", "x: y\r\n", ": ", " : ", "\t", "\0", "\u0080", " folded\r\n",
    ];

    private static readonly string[] s_responseWords =
    [
        "HTTP/1.1 ", "HTTP/1.0 ", "200 OK\r\n", "204 No Content\r\n", "304 \r\n", "100 Continue\r\n\r\n", "101 Switching Protocols\r\n", "999\r\n", "\r\n", "\n",
        "Content-Length: 3\r\n", "Transfer-Encoding: chunked\r\n", "Transfer-Encoding: identity\r\n", "Connection: close\r\n", "Set-Cookie: a=b; path=/\r\n",
        "0\r\nx: y\r\n\r\n", "3\r\nabc\r\n", "1;a\r\n", "\0", "\u0080", " folded\r\n", "abc",
    ];

    private readonly HttpMessage _whole = new(FieldsMaximum);
    private readonly HttpMessage _pieces = new(FieldsMaximum);
    private readonly byte[] _output = new byte[OutputBytes];
    private readonly byte[] _otherOutput = new byte[OutputBytes];

    public override string Name => isRequest ? "http1-request" : "http1-response";

    public override ReadOnlySpan<string> Words => isRequest ? s_requestWords : s_responseWords;

    public override ulong Run(ReadOnlySpan<byte> input)
    {
        int piece = 1;
        foreach (byte value in input)
            piece = (piece * 31 + value) & 63;
        ulong outcome = 0;
        foreach (Http1Leniency leniency in (ReadOnlySpan<Http1Leniency>)[Http1Leniency.Strict, Http1Leniency.Unsafe])
            outcome = Mix(outcome, Run(input, piece + 1, leniency));
        return outcome;
    }

    private ulong Run(ReadOnlySpan<byte> input, int piece, Http1Leniency leniency)
    {
        using GuardedBlock block = new(input);
        using GuardedBlock other = new(input);
        _whole.Begin(block.Start, input.Length, isRequest);
        _pieces.Begin(other.Start, input.Length, isRequest);
        Http1HeadParser parser = new(_whole, leniency);
        Http1Result result = parser.Parse(input.Length);
        Http1HeadParser split = new(_pieces, leniency);
        Http1Result splitResult = Http1Result.NeedMore;
        int received = 0;
        while (splitResult == Http1Result.NeedMore && received < input.Length)
        {
            received = Math.Min(received + piece, input.Length);
            splitResult = split.Parse(received);
        }

        Expect(input.IsEmpty || result == splitResult, "the answer does not depend on the split");
        Expect(parser.Error == split.Error, "the reason does not depend on the split");
        ulong outcome = Mix((ulong)result, (ulong)parser.Error);
        if (result != Http1Result.Complete)
            return outcome;
        Expect(_whole.HeadBytes == _pieces.HeadBytes && _whole.FieldCount == _pieces.FieldCount, "the head does not depend on the split");
        CheckSpans(input.Length);
        outcome = Mix(outcome, (ulong)_whole.Framing + ((ulong)_whole.Connection << 4) + ((ulong)_whole.FieldCount << 20));
        CheckWriting(leniency);
        return Mix(outcome, CheckBody(input[_whole.HeadBytes..], piece));
    }

    private void CheckSpans(int length)
    {
        Expect(_whole.HeadBytes <= length, "a head is no longer than what was received");
        for (int index = 0; index < _whole.FieldCount; index++)
        {
            FieldLine field = _whole.Field(index);
            Expect(field.Name.End <= length && field.Value.End <= length, "a field lies in what was received");
        }
    }

    /// <summary>What is written reads as the same message, and is written the same again.</summary>
    private void CheckWriting(Http1Leniency leniency)
    {
        if (!Http1HeadWriter.TryWrite(_whole, _output, withEnd: true, out int written))
            return;
        using GuardedBlock block = new(_output.AsSpan(0, written));
        HttpMessage again = new(FieldsMaximum);
        again.Begin(block.Start, written, isRequest);
        Http1HeadParser parser = new(again, leniency);
        Http1Result result = parser.Parse(written);
        Expect(result == Http1Result.Complete, "what was written is a message");
        Expect(again.HeadBytes == written, "what was written is one head");
        Expect(again.Framing == _whole.Framing && again.ContentLength == _whole.ContentLength, "what was written has the same body");
        Expect(Http1HeadWriter.TryWrite(again, _otherOutput, withEnd: true, out int rewritten), "what was written can be written");
        Expect(_output.AsSpan(0, written).SequenceEqual(_otherOutput.AsSpan(0, rewritten)), "what was written is written the same again");
    }

    /// <summary>
    /// A body with its trailers: the split does not matter, and what is passed on is read as the same body and passed on
    /// unchanged.
    /// </summary>
    private ulong CheckBody(ReadOnlySpan<byte> body, int piece)
    {
        PassedBody whole = new(_whole, body, int.MaxValue);
        PassedBody pieces = new(_whole, body, piece);
        Expect(whole.Step == pieces.Step, "the body's end does not depend on the split");
        Expect(whole.Step == BodyStep.Invalid || whole.TakenBytes == pieces.TakenBytes, "where the body ends does not depend on the split");
        Expect(whole.Step == BodyStep.Invalid || whole.Output.SequenceEqual(pieces.Output), "what is passed on of a body does not depend on the split");
        Expect(whole.Output.Length <= body.Length, "a body does not grow");
        if (whole.Step == BodyStep.Done)
        {
            PassedBody again = new(_whole, whole.Output, piece);
            Expect(again.Step == BodyStep.Done && again.TakenBytes == whole.Output.Length, "what was passed on is one body");
            Expect(again.Output.SequenceEqual(whole.Output), "what was passed on is passed on unchanged");
            Expect(again.AccountedBytes == whole.AccountedBytes, "what was passed on counts for the same");
        }

        return Mix((ulong)whole.Step, (ulong)(whole.TakenBytes == body.Length ? 1 : 0));
    }
}
