using System;
using System.Buffers;
using System.Text;
using Hawser.Config.Syntax;

namespace Hawser.Control.Pages;

/// <summary>
/// A few words and their markup, written in one go: asking the buffer for room a dozen times costs more than they do, and
/// a page of 10,000 backends has a million of them.
/// </summary>
internal ref struct HtmlPiece
{
    /// <summary>What the markup of one piece takes at the most.</summary>
    private const int MarkupBytes = 64;

    /// <summary>Of one character, where the text is none of ASCII.</summary>
    private const int CharacterBytes = 3;

    private readonly IBufferWriter<byte> _output;
    private readonly Span<byte> _room;
    private int _length;

    /// <param name="characters">Of all texts together.</param>
    public HtmlPiece(IBufferWriter<byte> output, int characters)
    {
        _output = output;
        _room = output.GetSpan(MarkupBytes + (CharacterBytes * characters));
    }

    public void Add(scoped ReadOnlySpan<byte> markup)
    {
        markup.CopyTo(_room[_length..]);
        _length += markup.Length;
    }

    public void Add(string text)
    {
        if (text.Length == 0)
            return;
        if (Ascii.FromUtf16(text, _room[_length..], out int written) == OperationStatus.Done)
            _length += written;
        else
            Add(ConfigText.Encode(text));
    }

    public readonly void End() => _output.Advance(_length);
}
