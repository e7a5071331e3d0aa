using System;
using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Hawser.Control.Cli;

/// <summary>
/// What a connection has still to send. A command writes a piece — a line, a row — and pauses while
/// <see cref="IsFull"/>, so that a large answer takes no more memory than a limit and its largest piece.
/// </summary>
public sealed class CliOutput : IBufferWriter<byte>
{
    /// <summary>Above this a command pauses until it was sent.</summary>
    public const int FullBytes = 16 * 1024;

    private const int KeptBytes = 4 * FullBytes;

    private byte[] _bytes = new byte[FullBytes];
    private int _start;
    private int _end;

    public bool IsFull => Length >= FullBytes;

    /// <summary>Bytes not sent yet.</summary>
    public int Length => _end - _start;

    public ReadOnlySpan<byte> Pending => _bytes.AsSpan(_start, Length);

    public void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Room(bytes.Length));
        _end += bytes.Length;
    }

    public void Write(byte value)
    {
        Room(1)[0] = value;
        _end++;
    }

    public void Write(long number)
    {
        Utf8Formatter.TryFormat(number, Room(20), out int written);
        _end += written;
    }

    /// <summary>Text of the configuration or of ours; bytes that were no UTF-8 come out as they were read.</summary>
    public void Write(string text)
    {
        if (System.Text.Ascii.IsValid(text))
            _end += Encoding.ASCII.GetBytes(text, Room(text.Length));
        else
            Write(Config.Syntax.ConfigText.Encode(text));
    }

    public void WriteLine(string text)
    {
        Write(text);
        Write((byte)'\n');
    }

    public void Advance(int count) => _end += count;

    public Span<byte> GetSpan(int sizeHint = 0) => Room(Math.Max(1, sizeHint));

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Room(Math.Max(1, sizeHint));
        return _bytes.AsMemory(_end);
    }

    /// <summary>The first bytes of <see cref="Pending"/> are sent.</summary>
    public void Sent(int bytes)
    {
        _start += bytes;
        if (_start < _end)
            return;
        _start = 0;
        _end = 0;
        if (_bytes.Length > KeptBytes)
            _bytes = new byte[FullBytes];
    }

    /// <summary>Takes back what was written last.</summary>
    public void Clear()
    {
        _start = 0;
        _end = 0;
    }

    private Span<byte> Room(int bytes)
    {
        if (_bytes.Length - _end < bytes)
            MakeRoom(bytes);
        return _bytes.AsSpan(_end);
    }

    private void MakeRoom(int bytes)
    {
        int length = Length;
        byte[] target = _bytes.Length - length >= bytes ? _bytes : new byte[Math.Max(_bytes.Length * 2, length + bytes)];
        Array.Copy(_bytes, _start, target, 0, length);
        _bytes = target;
        _start = 0;
        _end = length;
    }
}
