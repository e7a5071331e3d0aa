using System;
using System.Text;
using Hawser.Simulation.Networks;

namespace Hawser.Simulation.Actors.Http;

/// <summary>
/// Reads the messages that a proxy writes on one connection, byte by byte where it must, and says what is not in order.
/// </summary>
internal abstract class MessageReader : FlowReader
{
    private const int LineBytesMaximum = 64 * 1024;

    private byte[] _text = new byte[512];
    private int _textBytes;
    private State _state;
    private long _left;
    private bool _isChunked;
    private bool _isBroken;

    private enum State
    {
        Head,
        Body,
        ChunkSize,
        ChunkEnd,
        Trailers,
        Tunnel,
    }

    /// <summary>Bytes written so far, without those of a PROXY header.</summary>
    public long Offset { get; private set; }

    /// <summary>No message has begun that has not ended.</summary>
    public bool IsBetweenMessages => _state == State.Head && _textBytes == 0;

    /// <summary>The body goes on until the connection closes.</summary>
    public bool IsUntilClose { get; private set; }

    protected abstract bool IsRequest { get; }

    public override void Take(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0 && !_isBroken)
        {
            int taken = _state switch
            {
                State.Body => TakeBody(bytes),
                State.Tunnel => TakeTunnel(bytes),
                _ => TakeText(bytes),
            };
            bytes = bytes[taken..];
            Offset += taken;
            if (_state == State.Body && _left == 0 && !IsUntilClose)
                Ended();
        }
    }

    /// <summary>The first byte of a message is about to be read.</summary>
    protected abstract void OnBegin();

    /// <returns>Where the body ends.</returns>
    protected abstract BodyEnding OnHead(MessageHead head, int headBytes);

    protected abstract void OnBody(ReadOnlySpan<byte> bytes);

    /// <summary>What follows the last chunk, with its empty line.</summary>
    protected abstract void OnTrailers(ReadOnlySpan<byte> text);

    /// <summary>The message has ended with the byte before <see cref="Offset"/>.</summary>
    protected abstract void OnEnd();

    protected abstract void OnTunnel(ReadOnlySpan<byte> bytes);

    protected abstract void OnProblem(string problem);

    /// <summary>The connection has closed in good order: the end of a body without length.</summary>
    public void Closed()
    {
        if (_state == State.Body && IsUntilClose)
            Ended();
    }

    protected void Fail(string problem)
    {
        _isBroken = true;
        OnProblem(problem);
    }

    private int TakeBody(ReadOnlySpan<byte> bytes)
    {
        int length = (int)Math.Min(bytes.Length, _left);
        OnBody(bytes[..length]);
        _left -= length;
        if (_left == 0 && _isChunked)
        {
            _state = State.ChunkEnd;
            _left = -1;
        }

        return length;
    }

    private int TakeTunnel(ReadOnlySpan<byte> bytes)
    {
        OnTunnel(bytes);
        return bytes.Length;
    }

    /// <summary>Heads, the lines of chunks, trailers: as far as they are there.</summary>
    private int TakeText(ReadOnlySpan<byte> bytes)
    {
        if (_state == State.Head && _textBytes == 0)
        {
            OnBegin();
            if (_isBroken)
                return bytes.Length;
        }

        for (int i = 0; i < bytes.Length; i++)
        {
            if (_textBytes == _text.Length)
                Array.Resize(ref _text, _text.Length * 2);
            _text[_textBytes++] = bytes[i];
            if (_textBytes > LineBytesMaximum)
            {
                Fail("a head without an end");
                return bytes.Length;
            }

            if (bytes[i] != (byte)'\n' || !IsComplete())
                continue;
            TextComplete(_text.AsSpan(0, _textBytes), i + 1);
            return i + 1;
        }

        return bytes.Length;
    }

    private bool IsComplete() => _state switch
    {
        State.Head => _text.AsSpan(0, _textBytes).EndsWith("\r\n\r\n"u8) || _textBytes <= 2,
        State.Trailers => _textBytes == 2 || _text.AsSpan(0, _textBytes).EndsWith("\r\n\r\n"u8),
        _ => true,
    };

    /// <param name="text">What was read since the last one.</param>
    /// <param name="taken">How much of it belongs to the bytes at hand: <see cref="Offset"/> is not there yet.</param>
    private void TextComplete(ReadOnlySpan<byte> text, int taken)
    {
        _textBytes = 0;
        Offset += taken;
        switch (_state)
        {
            case State.Head:
                MessageHead head = MessageHead.Read(text, IsRequest);
                if (head.Problem is { } problem)
                    Fail(problem);
                else
                    Begin(head, text.Length);
                break;
            case State.ChunkSize:
                if (!TryReadSize(text, out _left))
                    Fail($"a chunk without a size: {Encoding.Latin1.GetString(text[..Math.Min(text.Length, 40)]).TrimEnd()}");
                else
                    _state = _left == 0 ? State.Trailers : State.Body;
                if (_left == 0)
                    _left = -1;
                break;
            case State.ChunkEnd:
                if (!text.SequenceEqual("\r\n"u8))
                    Fail("a chunk that is longer than it says");
                _state = State.ChunkSize;
                break;
            case State.Trailers:
                OnTrailers(text);
                if (!_isBroken)
                    Ended();
                break;
        }

        Offset -= taken;
    }

    private void Begin(MessageHead head, int headBytes)
    {
        BodyEnding ending = OnHead(head, headBytes);
        if (_isBroken)
            return;
        IsUntilClose = ending == BodyEnding.Close;
        _isChunked = ending == BodyEnding.Chunks;
        _left = ending == BodyEnding.Length ? head.ContentLength : IsUntilClose ? long.MaxValue : -1;
        _state = ending switch
        {
            BodyEnding.Tunnel => State.Tunnel,
            BodyEnding.Chunks => State.ChunkSize,
            BodyEnding.None => State.Head,
            _ => State.Body,
        };
        if (ending == BodyEnding.None || _left == 0)
            Ended();
    }

    private void Ended()
    {
        _state = State.Head;
        _left = -1;
        IsUntilClose = false;
        OnEnd();
    }

    private static bool TryReadSize(ReadOnlySpan<byte> line, out long size)
    {
        size = 0;
        if (line.Length is < 3 or > 15 || !line.EndsWith("\r\n"u8))
            return false;
        foreach (byte value in line[..^2])
        {
            int digit = HexDigit(value);
            if (digit < 0)
                return false;
            size = size * 16 + digit;
        }

        return true;
    }

    private static int HexDigit(byte value) => value switch
    {
        >= (byte)'0' and <= (byte)'9' => value - '0',
        >= (byte)'a' and <= (byte)'f' => value - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => value - 'A' + 10,
        _ => -1,
    };
}
