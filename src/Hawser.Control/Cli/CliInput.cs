using System;
using Hawser.Config.Syntax;

namespace Hawser.Control.Cli;

/// <summary>What stands in the bytes that have come so far.</summary>
public enum CliInputState
{
    NeedsMore,

    /// <summary>A line, with its payload if it has one.</summary>
    Line,

    /// <summary>A line is longer than a buffer: the rest cannot be understood.</summary>
    LineTooLong,

    /// <inheritdoc cref="LineTooLong"/>
    PayloadTooLong,

    /// <summary>The client has finished and everything was taken; a line without its end is none.</summary>
    Ended,
}

/// <summary>
/// Cuts what a client sends into lines and payloads (management manual, 9.3): no I/O. It holds at most a line of
/// <c>tune.bufsize</c> bytes, or that and a payload of <c>tune.cli.max-payload-size</c>.
/// </summary>
public sealed class CliInput
{
    /// <summary>"Up to 64 characters can be used in addition to '&lt;&lt;'".</summary>
    private const int PatternBytesMaximum = 64;

    private readonly int _lineBytesMaximum;
    private readonly int _payloadBytesMaximum;
    private byte[] _bytes = new byte[1024];
    private int _start;
    private int _end;

    /// <summary>Up to here no line end was found.</summary>
    private int _searched;

    private bool _hasEnded;

    /// <summary>The command whose payload is being read; null: a line is.</summary>
    private string? _command;

    private byte[] _pattern = [];

    /// <summary>Where the payload's next line begins, from <see cref="_start"/>.</summary>
    private int _payloadLength;

    public CliInput(int lineBytesMaximum, int payloadBytesMaximum)
    {
        _lineBytesMaximum = lineBytesMaximum;
        _payloadBytesMaximum = payloadBytesMaximum;
    }

    /// <summary>Lines of a payload read so far and not asked for: each is answered by a prompt.</summary>
    public int PayloadLines { get; set; }

    /// <summary>Where received bytes go; never empty.</summary>
    public Span<byte> Room()
    {
        if (_start == _end && _command is null)
        {
            _start = 0;
            _end = 0;
            _searched = 0;
        }

        if (_end == _bytes.Length)
            MakeRoom();
        return _bytes.AsSpan(_end);
    }

    public void Appended(int bytes) => _end += bytes;

    /// <summary>The client has closed its side.</summary>
    public void Ended() => _hasEnded = true;

    public CliInputState TryTake(out CliLine line)
    {
        line = default;
        return _command is null ? TakeLine(out line) : TakePayload(out line);
    }

    private CliInputState TakeLine(out CliLine line)
    {
        line = default;
        int end = LineEnd();
        if ((end < 0 ? _end : end) - _start >= _lineBytesMaximum)
            return CliInputState.LineTooLong;
        if (end < 0)
            return _hasEnded ? CliInputState.Ended : CliInputState.NeedsMore;
        ReadOnlySpan<byte> text = WithoutCarriageReturn(_bytes.AsSpan(_start, end - _start));
        int mark = PayloadMark(text);
        if (mark >= 0)
        {
            _command = ConfigText.Decode(text[..mark]);
            _pattern = text[(mark + 2)..].ToArray();
            _payloadLength = 0;
            PayloadLines++;
            Skip(end + 1);
            return TakePayload(out line);
        }

        line = new CliLine(ConfigText.Decode(text), null);
        Skip(end + 1);
        return CliInputState.Line;
    }

    private CliInputState TakePayload(out CliLine line)
    {
        line = default;
        while (true)
        {
            int end = LineEnd();
            int length = (end < 0 ? _end : end) - _start;
            if (length > _payloadBytesMaximum)
                return CliInputState.PayloadTooLong;
            if (end < 0)
                return _hasEnded ? CliInputState.Ended : CliInputState.NeedsMore;
            int lineStart = _start + _payloadLength;
            if (WithoutCarriageReturn(_bytes.AsSpan(lineStart, end - lineStart)).SequenceEqual(_pattern))
            {
                string payload = ConfigText.Decode(_bytes.AsSpan(_start, Math.Max(0, _payloadLength - 1)));
                line = new CliLine(_command!, payload);
                _command = null;
                Skip(end + 1);
                return CliInputState.Line;
            }

            PayloadLines++;
            _payloadLength = end + 1 - _start;
            _searched = end + 1;
        }
    }

    /// <summary>Where the pattern "&lt;&lt;" begins that announces a payload: the line's last word; -1 when there is none.</summary>
    private static int PayloadMark(ReadOnlySpan<byte> line)
    {
        ReadOnlySpan<byte> trimmed = line.TrimEnd(" \t"u8);
        int wordStart = trimmed.LastIndexOfAny((byte)' ', (byte)'\t') + 1;
        ReadOnlySpan<byte> word = trimmed[wordStart..];
        return word.StartsWith("<<"u8) && word.Length <= PatternBytesMaximum + 2 && trimmed.Length == line.Length
            ? wordStart
            : -1;
    }

    private static ReadOnlySpan<byte> WithoutCarriageReturn(ReadOnlySpan<byte> line) =>
        line.EndsWith("\r"u8) ? line[..^1] : line;

    private int LineEnd()
    {
        int found = _bytes.AsSpan(_searched, _end - _searched).IndexOf((byte)'\n');
        if (found >= 0)
            return _searched + found;
        _searched = _end;
        return -1;
    }

    private void Skip(int next)
    {
        _start = next;
        _searched = next;
    }

    private void MakeRoom()
    {
        int length = _end - _start;
        byte[] target = length <= _bytes.Length / 2 ? _bytes : new byte[_bytes.Length * 2];
        Array.Copy(_bytes, _start, target, 0, length);
        _bytes = target;
        _searched -= _start;
        _start = 0;
        _end = length;
    }
}
