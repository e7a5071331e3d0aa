using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using CsCheck;
using Hawser.Protocols.Http;
using Hawser.Protocols.Http1;
using Xunit;

namespace Hawser.Tests.Protocols.Http1;

/// <summary>What holds for every body, good or not, in whatever pieces it comes.</summary>
public sealed class BodyPropertyTests
{
    private const string ChunkedHead = "POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n";

    private static readonly string[] s_extensions = ["", "", ";a", ";a=b", " ; c=\"d e\"", "\t;x"];

    private static readonly string[] s_trailerTexts = ["", "", "X-Sum: 1\r\n", "a:\r\nB: c \r\n", "x: y\r\n folded\r\n"];

    private static readonly Gen<string> s_data = Gen.Char['a', 'z'].Array[1, 60].Select(static letters => new string(letters));

    private static readonly Gen<string> s_extension = Gen.Int[0, s_extensions.Length - 1].Select(static index => s_extensions[index]);

    private static readonly Gen<string> s_trailers = Gen.Int[0, s_trailerTexts.Length - 1].Select(static index => s_trailerTexts[index]);

    private static readonly Gen<(string Wire, string Plain)> s_chunk =
        from data in s_data
        from extension in s_extension
        from format in Gen.Int[0, 2].Select(static index => index == 0 ? "x" : index == 1 ? "X" : "x4")
        select ($"{data.Length.ToString(format, null)}{extension}\r\n{data}\r\n", $"{data.Length.ToString(format, null)}\r\n{data}\r\n");

    private static readonly Gen<(string Wire, string Plain)> s_body =
        from chunks in s_chunk.Array[0, 8]
        from extension in s_extension
        from trailers in s_trailers
        select (
            string.Concat(chunks.Select(static chunk => chunk.Wire)) + $"0{extension}\r\n{trailers}\r\n",
            string.Concat(chunks.Select(static chunk => chunk.Plain)) + $"0\r\n{InOneLine(LowerNames(trailers))}\r\n");

    private static readonly Gen<byte[]> s_nearlyGood =
        from body in s_body
        from changes in Gen.Select(Gen.Int[0, 400], Gen.Byte).Array[0, 3]
        select Change(Encoding.Latin1.GetBytes(body.Wire), changes);

    [Fact]
    public void Chunks_pass_without_their_extensions_in_any_split() => Gen.Select(s_body, Gen.Int[1, 50]).Sample((body, piece) =>
    {
        (BodyStep step, string passed, int taken) = Pass(ChunkedHead, Encoding.Latin1.GetBytes(body.Wire + "GET / "), piece);
        Assert.Equal((BodyStep.Done, body.Plain, body.Wire.Length), (step, passed, taken));
    });

    [Fact]
    public void What_was_passed_on_is_passed_on_unchanged() => Gen.Select(s_nearlyGood, Gen.Int[1, 50]).Sample((bytes, piece) =>
    {
        (BodyStep step, string passed, int _) = Pass(ChunkedHead, bytes, piece);
        if (step != BodyStep.Done) return;
        (BodyStep again, string same, int taken) = Pass(ChunkedHead, Encoding.Latin1.GetBytes(passed), piece);
        Assert.Equal((BodyStep.Done, passed, passed.Length), (again, same, taken));
    });

    [Fact]
    public void The_answer_does_not_depend_on_the_split() => Gen.Select(s_nearlyGood, Gen.Int[1, 50]).Sample((bytes, piece) =>
    {
        (BodyStep Step, string Passed, int Taken) whole = Pass(ChunkedHead, bytes, int.MaxValue);
        (BodyStep Step, string Passed, int Taken) pieces = Pass(ChunkedHead, bytes, piece);
        Assert.Equal(whole.Step, pieces.Step);
        if (whole.Step != BodyStep.Invalid) Assert.Equal(whole, pieces);
    });

    [Fact]
    public void A_body_with_a_length_ends_there_in_any_split() => Gen.Select(s_data, s_data, Gen.Int[1, 50]).Sample((data, next, piece) =>
    {
        string head = $"HTTP/1.1 200 OK\r\ncontent-length: {data.Length}\r\n\r\n";
        Assert.Equal((BodyStep.Done, data, data.Length), Pass(head, Encoding.Latin1.GetBytes(data + next), piece));
    });

    [Fact]
    public void The_end_is_found_where_a_body_is_only_looked_at() => s_nearlyGood.Sample(bytes =>
    {
        using ParsedHead head = new(Encoding.Latin1.GetBytes(ChunkedHead), isRequest: true, Http1Leniency.Strict, int.MaxValue);
        (BodyStep step, string _, int _) = Pass(ChunkedHead, bytes, int.MaxValue);
        if (step is BodyStep.Done) Assert.Equal(BodyPresence.Whole, BodyEnd.Look(head.Message, bytes, out _));
        if (step is BodyStep.NeedMore) Assert.NotEqual(BodyPresence.Whole, BodyEnd.Look(head.Message, bytes, out _));
    });

    /// <summary>As the data path does it: the filter up to the last chunk, then the trailers in one piece.</summary>
    private static (BodyStep Step, string Passed, int Taken) Pass(string head, byte[] bytes, int piece)
    {
        using ParsedHead parsed = new(Encoding.Latin1.GetBytes(head), head.StartsWith("POST", StringComparison.Ordinal), Http1Leniency.Strict, int.MaxValue);
        BodyFilter filter = new(parsed.Message);
        List<byte> passed = [];
        int at = 0;
        BodyStep step = BodyStep.NeedMore;
        while (step == BodyStep.NeedMore && at < bytes.Length)
        {
            byte[] part = bytes[at..(int)Math.Min((long)at + piece, bytes.Length)];
            step = filter.Pass(part, out int taken, out int kept);
            if (step == BodyStep.Invalid) return (step, "", at);
            passed.AddRange(part[..kept]);
            at += taken;
        }

        int come = at;
        while (step == BodyStep.Trailers && come < bytes.Length)
        {
            come = (int)Math.Min((long)come + piece, bytes.Length);
            byte[] held = bytes[at..come];
            int length = Trailers.Length(held, out _, out _);
            if (length < 0) return (BodyStep.Invalid, "", at);
            if (length == 0) continue;
            passed.AddRange(held[..length]);
            at += length;
            step = BodyStep.Done;
        }

        return (step, Encoding.Latin1.GetString(passed.ToArray()), at);
    }

    /// <summary>Names of trailer fields are written in lower case, values stay.</summary>
    private static string LowerNames(string trailers) => string.Join("\r\n", trailers.Split("\r\n").Select(static line =>
        line.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon ? line[..colon].ToLowerInvariant() + line[colon..] : line));

    /// <summary>A field in two lines becomes one: the end of the first is blanks.</summary>
    private static string InOneLine(string trailers) => trailers.Replace("\r\n ", "   ", StringComparison.Ordinal);

    private static byte[] Change(byte[] bytes, (int At, byte Value)[] changes)
    {
        foreach ((int at, byte value) in changes)
        {
            if (at < bytes.Length) bytes[at] = value;
        }

        return bytes;
    }
}
