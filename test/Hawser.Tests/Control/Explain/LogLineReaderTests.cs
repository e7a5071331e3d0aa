using System;
using System.Linq;
using System.Text;
using CsCheck;
using Hawser.Control.Explain;
using Xunit;

namespace Hawser.Tests.Control.Explain;

public sealed class LogLineReaderTests
{
    [Theory]
    [MemberData(nameof(RecordedLines.All), MemberType = typeof(RecordedLines))]
    public void Each_shape_is_found_behind_every_prefix(string text, LogLineKind kind)
    {
        LogLine expected = Read(text);
        Assert.Equal(kind, expected.Kind);
        Assert.Null(expected.CutAt);
        foreach (string prefix in RecordedLines.Prefixes)
        {
            LogLine line = Read(prefix + text);
            Assert.Equal(expected with { Text = "", Prefix = new() }, line with { Text = "", Prefix = new() });
            bool hasProcess = prefix.Contains("14387", StringComparison.Ordinal);
            Assert.Equal(hasProcess ? 14387 : null, line.Prefix.ProcessId);
            if (prefix.StartsWith('<')) Assert.Equal(6, line.Prefix.Level);
        }
    }

    [Fact]
    public void All_fields_of_tcplog_are_read()
    {
        LogLine line = Read(RecordedLines.Redispatched);
        Assert.Equal("unix:7", line.Client);
        Assert.Equal("06/Feb/2009:12:12:51.443", line.Date);
        Assert.Equal(("fnt", "bck", "srv2"), (line.Frontend, line.Backend, line.Server));
        Assert.Equal((0L, 3004L, 3020L), (line.QueueMs, line.ConnectMs, line.TotalMs));
        Assert.Equal((212L, "--"), (line.BytesRead, line.Termination));
        Assert.Equal((9L, 8L, 7L, 6L), (line.ProcessConnections, line.FrontendConnections, line.BackendConnections, line.ServerConnections));
        Assert.Equal((3L, true), (line.Retries, line.IsRedispatched));
        Assert.Equal((5L, 4L), (line.ServerQueue, line.BackendQueue));
    }

    [Fact]
    public void All_fields_of_httplog_are_read()
    {
        LogLine line = Read(RecordedLines.Denied);
        Assert.Equal((0L, -1L, -1L, -1L, 0L), (line.RequestMs, line.QueueMs, line.ConnectMs, line.ResponseMs, line.TotalMs));
        Assert.Equal((403, 192L), (line.Status, line.BytesRead));
        Assert.Equal(("SID=abc", null), (line.RequestCookie, line.ResponseCookie));
        Assert.Equal(("Mozilla/5.0 (X11)", ""), (line.RequestHeaders, line.ResponseHeaders));
        Assert.Equal("GET /deny HTTP/1.1", line.Request);
        Assert.True(line.HasNoServer);
    }

    [Fact]
    public void All_fields_of_the_clf_formats_are_read()
    {
        LogLine tcp = Read(RecordedLines.TcpClf);
        Assert.Equal(("127.0.0.1:59608", "fe", "be", "s1", "sD"), (tcp.Client, tcp.Frontend, tcp.Backend, tcp.Server, tcp.Termination));
        Assert.Equal((0L, 0L, 1L, 401L, 5L), (tcp.HandshakeMs, tcp.QueueMs, tcp.ConnectMs, tcp.TotalMs, tcp.BytesUploaded));
        LogLine http = Read(RecordedLines.HttpClf);
        Assert.Equal(("GET /none HTTP/1.1", 503, "SC--"), (http.Request, http.Status, http.Termination));
        Assert.Equal((2L, 1L), (http.ProcessConnections, http.FrontendConnections));
    }

    [Fact]
    public void A_tls_listener_and_its_fields_are_read()
    {
        LogLine line = Read(RecordedLines.Https);
        Assert.Equal(("secure", true), (line.Frontend, line.IsTls));
        Assert.Equal("0/0000000000000000/0/0/0 -/TLSv1.3/TLS_AES_256_GCM_SHA384", line.Tls);
    }

    [Fact]
    public void The_ledger_is_read_in_both_spellings()
    {
        LossFields pairs = Read(RecordedLines.Ledger).Loss;
        Assert.Equal((0L, 6000L, 12L, 0L), (pairs.RequestLost, pairs.ResponseLost, pairs.RequestUnconfirmed, pairs.ResponseUnconfirmed));
        LossFields names = Read(RecordedLines.Tcp + " req.bytes_lost=7 res.bytes_unconfirmed=9").Loss;
        Assert.Equal((7L, null, null, 9L), (names.RequestLost, names.ResponseLost, names.RequestUnconfirmed, names.ResponseUnconfirmed));
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("hello world", "no date")]
    [InlineData("GET / [06/Feb/2009:12:12:51.443] fnt", "no client's address")]
    [InlineData("[06/Feb/2009:12:12:51.443] fnt bck/srv1", "nothing stands before")]
    [InlineData("1.2.3.4:1 [06/Feb/2009:12:12:51.443] fnt bck 0/0/0 1 -- 0/0/0/0/0 0/0", "<backend>/<server>")]
    [InlineData("1.2.3.4:1 [06/Feb/2009:12:12:51.443] fnt b/s 0/0 1 -- 0/0/0/0/0 0/0", "has 2 timers")]
    [InlineData("1.2.3.4:1 [06/Feb/2009:12:12:51.443] fnt b/s a/b/c 1 -- 0/0/0/0/0 0/0", "timers belong")]
    [InlineData("1.2.3.4:1 [06/Feb/2009:12:12:51.443] fnt b/s 0/0/0 x -- 0/0/0/0/0 0/0", "number belongs")]
    [InlineData("1.2.3.4:1 [06/Feb/2009:12:12:51.443] fnt b/s 0/0/0 1 ZZ 0/0/0/0/0 0/0", "termination state belongs")]
    [InlineData("1.2.3.4 - - [06/Feb/2009:12:12:51 +0000] \"GET /\" abc 1", "the status belongs")]
    public void What_is_no_line_of_a_session_gets_a_sentence(string text, string part)
    {
        LogLineReading reading = LogLineReader.Read(text);
        Assert.Null(reading.Line);
        Assert.Contains(part, reading.Problem, StringComparison.Ordinal);
    }

    /// <summary>A line cut anywhere is read as far as it goes, and says where it was cut, or why it cannot be read.</summary>
    [Theory]
    [MemberData(nameof(RecordedLines.All), MemberType = typeof(RecordedLines))]
    public void A_line_cut_anywhere_is_read_as_far_as_it_goes(string text, LogLineKind kind)
    {
        LogLine whole = Read(text);
        Explainer explainer = new(null);
        for (int length = 0; length < text.Length; length++)
        {
            LogLineReading reading = LogLineReader.Read(text[..length]);
            if (reading.Line is not { } line)
            {
                Assert.False(string.IsNullOrEmpty(reading.Problem));
                continue;
            }
            Assert.NotEmpty(ExplanationText.Long(explainer.Explain(line), Palette.Plain));
            if (line.CutAt is null) continue;
            Assert.True(line.Termination is null || whole.Termination!.StartsWith(line.Termination, StringComparison.Ordinal));
            Assert.True(line.Status is null || line.Status == whole.Status);
            Assert.True(kind != LogLineKind.Process);
        }
    }

    [Fact]
    public void No_bytes_crash_the_reader() =>
        Gen.Byte.Array[0, 200].Sample(static bytes => ReadAndExplain(Encoding.UTF8.GetString(bytes)), iter: 3000);

    [Fact]
    public void No_damage_to_a_line_crashes_the_reader()
    {
        string[] lines = [.. RecordedLines.All.Select(static row => (string)((object[])row)[0])];
        Gen.Select(Gen.Int[0, lines.Length - 1].Select(index => lines[index]), Gen.Int[0, 250], Gen.Char[' ', '~'], Gen.Int[0, 4]).Sample(static damage =>
        {
            (string line, int place, char letter, int kind) = damage;
            int index = place % line.Length;
            ReadAndExplain(kind switch
            {
                0 => line.Insert(index, letter.ToString()),
                1 => line.Remove(index, 1),
                2 => line[..index] + letter + line[(index + 1)..],
                3 => line[..index] + line[..index],
                _ => line[index..],
            });
        }, iter: 5000);
    }

    [Fact]
    public void Control_characters_do_not_reach_the_terminal()
    {
        LogLine line = Read(RecordedLines.Tcp.Replace("fnt", "f\u001b[31m", StringComparison.Ordinal));
        Assert.DoesNotContain('\u001b', ExplanationText.Long(new Explainer(null).Explain(line), Palette.Plain));
    }

    private static void ReadAndExplain(string text)
    {
        LogLineReading reading = LogLineReader.Read(text);
        if (reading.Line is { } line)
        {
            Explanation explanation = new Explainer(null).Explain(line);
            Assert.NotEmpty(ExplanationText.Long(explanation, Palette.Plain));
            Assert.NotEmpty(ExplanationText.Short(explanation, Palette.Plain));
            using System.Text.Json.JsonDocument json = System.Text.Json.JsonDocument.Parse(ExplanationJson.Write(explanation));
        }
        else Assert.NotNull(reading.Problem);
    }

    private static LogLine Read(string text)
    {
        LogLineReading reading = LogLineReader.Read(text);
        Assert.True(reading.Line is not null, reading.Problem);
        return reading.Line!;
    }
}
