using System;
using System.Text;
using Hawser.Control.Cli;
using Xunit;

namespace Hawser.Tests.Control.Cli;

public class CliInputTests
{
    private const int LineBytes = 100;
    private const int PayloadBytes = 200;

    private readonly CliInput _input = new(LineBytes, PayloadBytes);

    [Fact]
    public void A_line_ends_at_its_line_feed_wherever_the_pieces_end()
    {
        Send("show");
        Assert.Equal(CliInputState.NeedsMore, _input.TryTake(out _));
        Send(" info\r\nnext");
        AssertLine("show info", null);
        Assert.Equal(CliInputState.NeedsMore, _input.TryTake(out _));
    }

    [Fact]
    public void What_follows_the_last_line_feed_is_no_line()
    {
        Send("show info\nclear count");
        _input.Ended();
        AssertLine("show info", null);
        Assert.Equal(CliInputState.Ended, _input.TryTake(out _));
    }

    [Fact]
    public void A_payload_ends_at_an_empty_line()
    {
        Send("add map x <<\na b\r\nc d\n");
        Assert.Equal(CliInputState.NeedsMore, _input.TryTake(out _));
        Send("\nshow info\n");
        AssertLine("add map x ", "a b\r\nc d");
        AssertLine("show info", null);
    }

    [Fact]
    public void A_payload_with_a_pattern_may_have_empty_lines()
    {
        Send("set ssl cert x <<%EOF%\na\n\nb\n%EOF%\n");
        AssertLine("set ssl cert x ", "a\n\nb");
    }

    [Fact]
    public void An_empty_payload_is_empty()
    {
        Send("add map x <<\n\n");
        AssertLine("add map x ", "");
    }

    [Fact]
    public void A_pattern_glued_to_a_word_is_none()
    {
        Send("add map x<<\n");
        AssertLine("add map x<<", null);
    }

    [Fact]
    public void A_pattern_of_more_than_64_characters_is_none()
    {
        string line = "a <<" + new string('x', 65);
        Send(line + "\n");
        AssertLine(line, null);
    }

    [Fact]
    public void A_payload_that_is_not_finished_is_not_taken()
    {
        Send("add map x <<\na b\n");
        _input.Ended();
        Assert.Equal(CliInputState.Ended, _input.TryTake(out _));
    }

    [Fact]
    public void A_line_longer_than_a_buffer_is_refused_with_and_without_its_end()
    {
        Send(new string('a', LineBytes));
        Assert.Equal(CliInputState.LineTooLong, _input.TryTake(out _));
        CliInput other = new(LineBytes, PayloadBytes);
        Send(other, new string('a', LineBytes) + "\n");
        Assert.Equal(CliInputState.LineTooLong, other.TryTake(out _));
    }

    [Fact]
    public void An_endless_payload_is_refused_when_it_is_too_long_and_not_later()
    {
        Send("x <<\n");
        int sent = 0;
        while (_input.TryTake(out _) == CliInputState.NeedsMore)
        {
            Send("0123456789\n");
            sent += 11;
            Assert.True(sent <= PayloadBytes + 11);
        }

        Assert.Equal(CliInputState.PayloadTooLong, _input.TryTake(out _));
    }

    [Fact]
    public void Thousands_of_lines_pass_through_a_small_memory()
    {
        for (int i = 0; i < 10_000; i++)
        {
            Send($"line {i}\nli");
            AssertLine($"line {i}", null);
            Send("ne\n");
            AssertLine("line", null);
            Assert.True(_input.Room().Length <= 1024);
        }
    }

    [Fact]
    public void Bytes_that_are_no_text_come_through_as_they_are()
    {
        byte[] bytes = [(byte)'x', 0xFF, 0xC3, 0x28, (byte)'\n'];
        bytes.CopyTo(_input.Room());
        _input.Appended(bytes.Length);
        Assert.Equal(CliInputState.Line, _input.TryTake(out CliLine line));
        Assert.Equal(bytes[..^1], Hawser.Config.Syntax.ConfigText.Encode(line.Text));
    }

    private void AssertLine(string text, string? payload)
    {
        Assert.Equal(CliInputState.Line, _input.TryTake(out CliLine line));
        Assert.Equal(text, line.Text);
        Assert.Equal(payload, line.Payload);
    }

    private void Send(string text) => Send(_input, text);

    private static void Send(CliInput input, string text)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(text);
        for (int sent = 0; sent < bytes.Length;)
        {
            System.Span<byte> room = input.Room();
            int count = System.Math.Min(room.Length, bytes.Length - sent);
            bytes.AsSpan(sent, count).CopyTo(room);
            input.Appended(count);
            sent += count;
        }
    }
}
