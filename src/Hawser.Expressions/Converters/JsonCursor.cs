using System;
using System.Buffers.Text;
using Ascii = Hawser.Base.Bytes.Ascii;

namespace Hawser.Expressions.Converters;

/// <summary>
/// Walks forward through JSON text that may be anything, and stops where it is not JSON: never throws, never reads past
/// the end, never recurses. It is as lenient as HAProxy's reader: what comes after the value that is looked for need
/// not be complete. (Utf8JsonReader throws on bad text, which an outsider could make it do at every request.)
/// </summary>
internal ref struct JsonCursor(ReadOnlySpan<byte> text)
{
    /// <summary>Objects and arrays inside of one another, as in HAProxy.</summary>
    private const int MaximumDepth = 20;

    private readonly ReadOnlySpan<byte> _text = text;
    private int _position;
    private int _depth;

    /// <summary>Enters the member of the object that comes next.</summary>
    /// <param name="name">Compared byte by byte with the name as it is written.</param>
    public bool TryEnterMember(ReadOnlySpan<byte> name)
    {
        if (!TryOpen((byte)'{')) return false;
        while (TryString(out ReadOnlySpan<byte> found))
        {
            if (!TryTake((byte)':')) return false;
            if (found.SequenceEqual(name)) return true;
            if (!TrySkipValue() || !TryTake((byte)',')) return false;
        }

        return false;
    }

    /// <summary>Enters the element of the array that comes next.</summary>
    /// <param name="index">From 0.</param>
    public bool TryEnterElement(int index)
    {
        if (!TryOpen((byte)'[')) return false;
        for (; index > 0; index--)
        {
            if (!TrySkipValue() || !TryTake((byte)',')) return false;
        }

        return Kind != JsonKind.None;
    }

    /// <summary>Of the value that comes next, judged by its first byte.</summary>
    public JsonKind Kind
    {
        get
        {
            SkipBlanks();
            if (_position >= _text.Length) return JsonKind.None;
            byte first = _text[_position];
            return first switch
            {
                (byte)'{' => JsonKind.Object,
                (byte)'[' => JsonKind.Array,
                (byte)'"' => JsonKind.Text,
                (byte)'t' => JsonKind.True,
                (byte)'f' => JsonKind.False,
                (byte)'n' => JsonKind.Null,
                _ => first == '-' || Ascii.IsDigit(first) ? JsonKind.Number : JsonKind.None,
            };
        }
    }

    /// <summary>The bytes of the value that comes next; of a text those between the quotes.</summary>
    /// <returns>False when it is not complete.</returns>
    public bool TryReadRaw(out ReadOnlySpan<byte> value)
    {
        JsonKind kind = Kind;
        int start = _position;
        value = default;
        if (kind == JsonKind.Text) return TryString(out value);
        if (!TrySkipValue()) return false;
        value = _text[start.._position];
        return true;
    }

    private bool TryOpen(byte bracket) => ++_depth <= MaximumDepth && TryTake(bracket);

    /// <summary>Skips a value with all that is in it. The bits of a word remember which brackets are open.</summary>
    private bool TrySkipValue()
    {
        ulong arrays = 0;
        int depth = 0;
        while (true)
        {
            bool isClosed = false;
            switch (Kind)
            {
                case JsonKind.Object or JsonKind.Array:
                    bool isArray = _text[_position++] == '[';
                    if (_depth + ++depth > MaximumDepth) return false;
                    arrays = (arrays << 1) | (isArray ? 1UL : 0);
                    isClosed = TryTake((byte)(isArray ? ']' : '}'));
                    if (!isClosed && !isArray && !TryName()) return false;
                    if (!isClosed) continue;
                    break;
                case JsonKind.Text:
                    if (!TryString(out _)) return false;
                    break;
                case JsonKind.Number:
                    SkipNumber();
                    break;
                case JsonKind.True:
                    if (!TryWord("true"u8)) return false;
                    break;
                case JsonKind.False:
                    if (!TryWord("false"u8)) return false;
                    break;
                case JsonKind.Null:
                    if (!TryWord("null"u8)) return false;
                    break;
                default:
                    return false;
            }

            // A value is complete: it ends what it is in, or another one follows.
            while (true)
            {
                if (isClosed)
                {
                    arrays >>= 1;
                    depth--;
                }

                if (depth == 0) return true;
                bool isInArray = (arrays & 1) != 0;
                isClosed = TryTake((byte)(isInArray ? ']' : '}'));
                if (isClosed) continue;
                if (!TryTake((byte)',')) return false;
                isClosed = TryTake((byte)(isInArray ? ']' : '}'));
                if (isClosed) continue;
                if (!isInArray && !TryName()) return false;
                break;
            }
        }
    }

    private bool TryName() => TryString(out _) && TryTake((byte)':');

    private bool TryString(out ReadOnlySpan<byte> content)
    {
        content = default;
        if (!TryTake((byte)'"')) return false;
        for (int end = _position; end < _text.Length; end++)
        {
            if (_text[end] == '\\')
            {
                end++;
            }
            else if (_text[end] == '"')
            {
                content = _text[_position..end];
                _position = end + 1;
                return true;
            }
        }

        return false;
    }

    private void SkipNumber() =>
        _position += Utf8Parser.TryParse(_text[_position..], out double _, out int length) ? Math.Max(1, length) : 1;

    private bool TryWord(ReadOnlySpan<byte> word)
    {
        if (!_text[_position..].StartsWith(word)) return false;
        _position += word.Length;
        return true;
    }

    private bool TryTake(byte mark)
    {
        SkipBlanks();
        if (_position >= _text.Length || _text[_position] != mark) return false;
        _position++;
        return true;
    }

    private void SkipBlanks()
    {
        while (_position < _text.Length && _text[_position] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n') _position++;
    }
}

/// <summary>What a JSON value is.</summary>
internal enum JsonKind : byte
{
    /// <summary>Nothing, or no JSON.</summary>
    None,
    Object,
    Array,
    Text,
    Number,
    True,
    False,
    Null,
}
