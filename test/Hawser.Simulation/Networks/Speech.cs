using System;
using System.Collections.Generic;

namespace Hawser.Simulation.Networks;

/// <summary>
/// What an actor says on one connection when it is more than noise: texts, and parts of bodies that are made when they are
/// read. It grows while the connection lives.
/// </summary>
internal sealed class Speech(Noise noise)
{
    private readonly List<Piece> _pieces = [];
    private int _cursor;

    public long Length { get; private set; }

    public void Say(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
            return;
        _pieces.Add(new Piece(Length, text.Length, text.ToArray(), Place: 0));
        Length += text.Length;
    }

    /// <param name="place">Of its first byte in the noise.</param>
    public void SayNoise(long place, long length)
    {
        if (length == 0)
            return;
        _pieces.Add(new Piece(Length, length, Text: null, place));
        Length += length;
    }

    /// <summary>Produces a part of what has been said.</summary>
    public void Write(long offset, Span<byte> target)
    {
        Find(offset);
        for (int index = _cursor; target.Length > 0; index++)
        {
            Piece piece = _pieces[index];
            int length = (int)Math.Min(target.Length, piece.At + piece.Length - offset);
            Span<byte> part = target[..length];
            long within = offset - piece.At;
            if (piece.Text is { } text)
                text.AsSpan((int)within, length).CopyTo(part);
            else
                noise.Write(piece.Place + within, part);
            target = target[length..];
            offset += length;
        }
    }

    /// <summary>Readers go forward, mostly.</summary>
    private void Find(long offset)
    {
        while (_cursor > 0 && _pieces[_cursor].At > offset)
            _cursor--;
        while (_pieces[_cursor].At + _pieces[_cursor].Length <= offset)
            _cursor++;
    }

    private readonly record struct Piece(long At, long Length, byte[]? Text, long Place);
}
