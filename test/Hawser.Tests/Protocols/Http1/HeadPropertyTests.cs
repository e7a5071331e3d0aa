using System;
using System.Linq;
using System.Text;
using CsCheck;
using Hawser.Protocols.Http;
using Hawser.Protocols.Http1;
using Xunit;

namespace Hawser.Tests.Protocols.Http1;

/// <summary>What holds for every sequence of bytes.</summary>
public sealed class HeadPropertyTests
{
    private static readonly byte[][] s_recorded = [.. RecordedMessage.Load("requests.txt").Select(row => row.Bytes)];

    /// <summary>Recorded messages with some bytes changed: near enough to good ones to reach every branch.</summary>
    private static readonly Gen<byte[]> s_nearlyGood =
        from row in Gen.Int[0, s_recorded.Length - 1]
        from changes in Gen.Select(Gen.Int[0, 400], Gen.Byte).Array[0, 4]
        select Change(s_recorded[row], changes);

    private static readonly byte[][] s_recordedResponses = [.. RecordedMessage.Load("responses.txt").Select(row => row.Bytes)];

    private static readonly Gen<byte[]> s_nearlyGoodResponse =
        from row in Gen.Int[0, s_recordedResponses.Length - 1]
        from changes in Gen.Select(Gen.Int[0, 400], Gen.Byte).Array[0, 4]
        select Change(s_recordedResponses[row], changes);

    [Fact]
    public void The_answer_does_not_depend_on_the_split()
    {
        Gen.Select(s_nearlyGood, Gen.Int[1, 40], Gen.Bool).Sample((bytes, piece, isStrict) =>
        {
            Http1Leniency leniency = isStrict ? Http1Leniency.Strict : Http1Leniency.Unsafe;
            using ParsedHead whole = new(bytes, isRequest: true, leniency, int.MaxValue);
            using ParsedHead pieces = new(bytes, isRequest: true, leniency, piece);
            Assert.Equal((whole.Result, whole.Error, whole.ErrorAt), (pieces.Result, pieces.Error, pieces.ErrorAt));
            if (whole.Result == Http1Result.Complete) Assert.Equal(whole.Written, pieces.Written);
        });
    }

    [Fact]
    public void What_was_written_is_read_as_the_same_message()
    {
        s_nearlyGood.Sample(bytes =>
        {
            using ParsedHead first = new(bytes, isRequest: true, Http1Leniency.Strict, int.MaxValue);
            if (first.Result != Http1Result.Complete) return;
            using ParsedHead second = new(Encoding.Latin1.GetBytes(first.Written), isRequest: true, Http1Leniency.Strict,
                int.MaxValue);
            Assert.Equal(Http1Result.Complete, second.Result);
            Assert.Equal(first.Written, second.Written);
            Assert.Equal(first.Message.Framing, second.Message.Framing);
            Assert.Equal(first.Message.ContentLength, second.Message.ContentLength);
            Assert.False(second.Message.Find(FieldName.ContentLength) >= 0 &&
                second.Message.Find(FieldName.TransferEncoding) >= 0);
        });
    }

    [Fact]
    public void Of_a_response_too_the_answer_does_not_depend_on_the_split() =>
        Gen.Select(s_nearlyGoodResponse, Gen.Int[1, 40]).Sample((bytes, piece) =>
        {
            using ParsedHead whole = new(bytes, isRequest: false, Http1Leniency.Strict, int.MaxValue);
            using ParsedHead pieces = new(bytes, isRequest: false, Http1Leniency.Strict, piece);
            Assert.Equal((whole.Result, whole.Error, whole.ErrorAt), (pieces.Result, pieces.Error, pieces.ErrorAt));
            if (whole.Result == Http1Result.Complete) Assert.Equal(whole.Written, pieces.Written);
        });

    [Fact]
    public void What_was_written_of_a_response_is_read_as_the_same_message() => s_nearlyGoodResponse.Sample(bytes =>
    {
        using ParsedHead first = new(bytes, isRequest: false, Http1Leniency.Strict, int.MaxValue);
        if (first.Result != Http1Result.Complete) return;
        using ParsedHead second = new(Encoding.Latin1.GetBytes(first.Written), isRequest: false, Http1Leniency.Strict, int.MaxValue);
        Assert.Equal(Http1Result.Complete, second.Result);
        Assert.Equal(first.Written, second.Written);
        Assert.Equal((first.Message.Framing, first.Message.ContentLength, first.Message.Status),
            (second.Message.Framing, second.Message.ContentLength, second.Message.Status));
    });

    [Fact]
    public void A_field_more_than_the_index_holds_is_refused()
    {
        string fields = string.Concat(Enumerable.Range(0, 102).Select(number => $"x{number}: 1\r\n"));
        using ParsedHead head = new(Encoding.Latin1.GetBytes($"GET / HTTP/1.1\r\n{fields}\r\n"), isRequest: true,
            Http1Leniency.Strict, int.MaxValue);
        Assert.Equal(Http1Error.TooManyFields, head.Error);
    }

    [Fact]
    public void A_head_that_nobody_touched_is_written_in_one_piece_and_unchanged()
    {
        const string Text = "GET /a?b HTTP/1.1\r\nhost: example.org\r\naccept: */*\r\nx-y: z\r\n\r\n";
        using ParsedHead head = new(Encoding.Latin1.GetBytes(Text), isRequest: true, Http1Leniency.Strict, int.MaxValue);
        Assert.True(head.Message.IsStartLineCanonical);
        Assert.All(Enumerable.Range(0, 3), index => Assert.True(head.Message.Field(index).IsCanonical));
        Assert.Equal(Text, head.Written);
    }

    [Fact]
    public void Fields_are_added_and_taken_out()
    {
        using ParsedHead head = new("GET / HTTP/1.1\r\nHost: a\r\nCookie: x\r\nAccept: b\r\n\r\n"u8, isRequest: true,
            Http1Leniency.Strict, int.MaxValue);
        head.Message.Field(head.Message.Find(FieldName.Cookie)).IsRemoved = true;
        Assert.True(head.Message.TryAdd("x-forwarded-for"u8, "192.0.2.1"u8));
        Assert.True(head.Message.Find(FieldName.XForwardedFor) > 0);
        Assert.False(head.Message.TryAdd("big"u8, new byte[16384]));
        Assert.Equal("GET / HTTP/1.1\r\nhost: a\r\naccept: b\r\nx-forwarded-for: 192.0.2.1\r\n\r\n", head.Written);
    }

    private static byte[] Change(byte[] bytes, (int At, byte Value)[] changes)
    {
        byte[] changed = [.. bytes];
        foreach ((int at, byte value) in changes)
        {
            if (at < changed.Length) changed[at] = value;
        }

        return changed;
    }
}
