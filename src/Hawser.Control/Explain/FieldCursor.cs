using System;
using System.Globalization;

namespace Hawser.Control.Explain;

/// <summary>The words of a log line after its date, one by one. Never fails; at the end there is nothing to take.</summary>
internal sealed class FieldCursor(string text)
{
    private int _position;

    public bool IsAtEnd
    {
        get
        {
            SkipSpaces();
            return _position >= text.Length;
        }
    }

    /// <summary>What was not taken yet.</summary>
    public string Rest => text[Math.Min(_position, text.Length)..].Trim();

    /// <summary>The next character, or NUL at the end.</summary>
    public char Next => IsAtEnd ? '\0' : text[_position];

    /// <summary>The next word; quotes are removed, and inside them spaces belong to it.</summary>
    /// <param name="isWhole">False when the line ended inside quotes, or right behind the word.</param>
    public string? Take(out bool isWhole)
    {
        isWhole = false;
        if (IsAtEnd) return null;
        return text[_position] == '"' ? TakeUntil('"', out isWhole) : TakeWord(out isWhole);
    }

    /// <summary>A group of captures, <c>{a|b}</c>, without its braces; null when there is none.</summary>
    public string? TakeGroup(out bool isWhole)
    {
        isWhole = true;
        return Next == '{' ? TakeUntil('}', out isWhole) : null;
    }

    /// <summary>Goes back to before the last word, so that <see cref="Rest"/> holds it.</summary>
    public int Mark() => _position;

    public void ReturnTo(int mark) => _position = mark;

    public static bool TryNumber(ReadOnlySpan<char> word, out long value) =>
        long.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    private string TakeUntil(char end, out bool isWhole)
    {
        int start = _position + 1;
        int close = text.IndexOf(end, start);
        isWhole = close >= 0;
        _position = isWhole ? close + 1 : text.Length;
        return text[start..(isWhole ? close : text.Length)];
    }

    private string TakeWord(out bool isWhole)
    {
        int start = _position;
        while (_position < text.Length && text[_position] != ' ') _position++;
        isWhole = _position < text.Length;
        return text[start.._position];
    }

    private void SkipSpaces()
    {
        while (_position < text.Length && text[_position] == ' ') _position++;
    }
}
