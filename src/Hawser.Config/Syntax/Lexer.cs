using System;
using System.Buffers;
using System.Collections.Generic;
using Hawser.Config.Diagnostics;

namespace Hawser.Config.Syntax;

/// <summary>
/// Cuts one line into words as the manual's sections 2.2 and 2.3 say: spaces and tabs separate, <c>#</c> starts a
/// comment, backslash escapes, double quotes keep white space and expand variables, single quotes keep everything.
/// Takes any bytes; never throws.
/// </summary>
public sealed class Lexer
{
    /// <summary>HAProxy's limit of words on a line.</summary>
    public const int MaxWords = 64;

    /// <summary>What ends a word or makes it another text than what is written.</summary>
    private static readonly SearchValues<byte> s_special = SearchValues.Create(" \t\r#\"'\\"u8);

    private readonly VariableScope _variables;
    private readonly ArrayBufferWriter<byte> _word = new();
    private readonly List<Word> _words = [];
    private readonly RecentWords _recent = new();
    private LineText _line;
    private int _position;
    private int _wordStart;

    public Lexer(VariableScope variables)
    {
        _variables = variables;
    }

    /// <summary>A <c>#</c> starts a comment.</summary>
    public bool HasComments { get; init; } = true;

    /// <summary>The words of the last line read; valid until the next call.</summary>
    public IReadOnlyList<Word> Words => _words;

    /// <summary>1-based column of the byte at fault after an error.</summary>
    public int ErrorColumn { get; private set; }

    /// <summary>Fills <see cref="Words"/>; after an error they hold the words before it.</summary>
    public LexerError Read(LineText line)
    {
        _line = line;
        _words.Clear();
        _position = 0;
        int nul = line.Bytes.Span.IndexOf((byte)0);
        if (nul >= 0) return Fail(LexerError.StrayNul, nul);

        while (SkipBlanks())
        {
            if (_words.Count == MaxWords) return Fail(LexerError.TooManyWords, _position);
            _wordStart = _position;
            if (TryReadPlain()) continue;
            _word.ResetWrittenCount();
            LexerError error = ReadWord();
            if (error != LexerError.None) return error;
        }
        return LexerError.None;
    }

    private ReadOnlySpan<byte> Bytes => _line.Bytes.Span;

    /// <summary>False at the end of the line or before a comment.</summary>
    private bool SkipBlanks()
    {
        while (_position < Bytes.Length && IsBlank(Bytes[_position])) _position++;
        return _position < Bytes.Length && !IsComment(Bytes[_position]);
    }

    /// <summary>Nearly every word stands in the line as it is meant.</summary>
    private bool TryReadPlain()
    {
        ReadOnlySpan<byte> rest = Bytes[_position..];
        int length = rest.IndexOfAny(s_special);
        if (length < 0) length = rest.Length;
        else if (!IsBlank(rest[length]) && !IsComment(rest[length])) return false;
        _position += length;
        Add(rest[..length]);
        return true;
    }

    private LexerError ReadWord()
    {
        const int NoQuote = -1;
        int doubleQuote = NoQuote;
        while (_position < Bytes.Length)
        {
            byte next = Bytes[_position];
            bool isQuoted = doubleQuote != NoQuote;
            if (!isQuoted && (IsBlank(next) || IsComment(next))) break;
            LexerError error = LexerError.None;
            if (next == '"')
            {
                doubleQuote = isQuoted ? NoQuote : _position;
                _position++;
            }
            else if (next == '\'' && !isQuoted) error = ReadStrongQuote();
            else if (next == '\\') error = ReadEscape(isQuoted);
            else if (next == '$' && isQuoted) error = ReadVariable();
            else Take();
            if (error != LexerError.None) return error;
        }
        if (doubleQuote != NoQuote) return Fail(LexerError.UnmatchedQuote, doubleQuote);
        EndWord();
        return LexerError.None;
    }

    private bool IsComment(byte next) => HasComments && next == '#';

    private LexerError ReadStrongQuote()
    {
        int length = Bytes[(_position + 1)..].IndexOf((byte)'\'');
        if (length < 0) return Fail(LexerError.UnmatchedQuote, _position);
        _word.Write(Bytes.Slice(_position + 1, length));
        _position += length + 2;
        return LexerError.None;
    }

    /// <summary>Escapes that mean nothing, and a backslash at the end of the line, stay as they are.</summary>
    private LexerError ReadEscape(bool isQuoted)
    {
        if (_position + 1 >= Bytes.Length)
        {
            Take();
            return LexerError.None;
        }
        byte escaped = Bytes[_position + 1];
        switch (escaped)
        {
            case (byte)' ' or (byte)'\t' or (byte)'\\' or (byte)'#' or (byte)'\'' or (byte)'"':
                Put(escaped, 2);
                break;
            case (byte)'$' when isQuoted:
                Put(escaped, 2);
                break;
            case (byte)'n':
                Put((byte)'\n', 2);
                break;
            case (byte)'r':
                Put((byte)'\r', 2);
                break;
            case (byte)'t':
                Put((byte)'\t', 2);
                break;
            case (byte)'x':
                if (_position + 3 >= Bytes.Length || !TryHexadecimal(Bytes.Slice(_position + 2, 2), out byte value))
                    return Fail(LexerError.InvalidHexadecimal, _position);
                Put(value, 4);
                break;
            default:
                Take();
                break;
        }
        return LexerError.None;
    }

    /// <summary><c>$NAME</c>, <c>${NAME}</c>, <c>${NAME-default}</c>, <c>${NAME[*]}</c>, <c>${NAME[*]-default}</c>.</summary>
    private LexerError ReadVariable()
    {
        int dollar = _position++;
        bool hasBrace = _position < Bytes.Length && Bytes[_position] == '{';
        int brace = _position;
        if (hasBrace) _position++;

        int nameStart = _position;
        if (nameStart >= Bytes.Length || !IsNameStart(Bytes[nameStart]))
            return Fail(LexerError.ForbiddenVariableStart, nameStart);
        _position++;
        while (_position < Bytes.Length && IsNamePart(Bytes[_position])) _position++;
        string name = ConfigText.Decode(Bytes[nameStart.._position]);

        bool isList = false;
        string? fallback = null;
        if (hasBrace)
        {
            if (Bytes[_position..].StartsWith("[*]"u8))
            {
                isList = true;
                _position += 3;
            }
            if (_position < Bytes.Length && Bytes[_position] == '-')
            {
                int length = Bytes[_position..].IndexOf((byte)'}');
                if (length < 0) return Fail(LexerError.UnmatchedBrace, brace);
                fallback = ConfigText.Decode(Bytes.Slice(_position + 1, length - 1));
                _position += length;
            }
            if (_position >= Bytes.Length || Bytes[_position] != '}') return Fail(LexerError.UnmatchedBrace, brace);
            _position++;
        }

        string value = _variables.Find(name) ?? fallback ?? "";
        return isList ? PutList(ConfigText.Encode(value), dollar) : PutValue(ConfigText.Encode(value));
    }

    private LexerError PutValue(ReadOnlySpan<byte> value)
    {
        _word.Write(value);
        return LexerError.None;
    }

    /// <summary>The parts of a list become words of their own; the first and last join what stands beside them.</summary>
    private LexerError PutList(ReadOnlySpan<byte> value, int dollar)
    {
        for (int index = 0; index < value.Length; index++)
        {
            if (!IsListSeparator(value[index]))
            {
                _word.Write(value.Slice(index, 1));
                continue;
            }
            while (index + 1 < value.Length && IsListSeparator(value[index + 1])) index++;
            if (_words.Count + 1 >= MaxWords) return Fail(LexerError.TooManyWords, dollar);
            EndWord();
            _word.ResetWrittenCount();
            _wordStart = dollar;
        }
        return LexerError.None;
    }

    private void EndWord()
    {
        ReadOnlySpan<byte> bytes = _word.WrittenSpan;
        int nul = bytes.IndexOf((byte)0);
        if (nul >= 0) bytes = bytes[..nul];
        Add(bytes);
    }

    private void Add(ReadOnlySpan<byte> bytes)
    {
        Origin origin = new(_line.File, _line.Number, _wordStart + 1, Math.Max(1, _position - _wordStart));
        _words.Add(new Word(_recent.Decode(bytes), origin));
    }

    private void Take() => Put(Bytes[_position], 1);

    private void Put(byte value, int sourceLength)
    {
        _word.GetSpan(1)[0] = value;
        _word.Advance(1);
        _position += sourceLength;
    }

    private LexerError Fail(LexerError error, int index)
    {
        ErrorColumn = index + 1;
        return error;
    }

    private static bool TryHexadecimal(ReadOnlySpan<byte> digits, out byte value)
    {
        value = 0;
        foreach (byte digit in digits)
        {
            if (!char.IsAsciiHexDigit((char)digit)) return false;
            value = (byte)((value << 4) | (digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10));
        }
        return true;
    }

    /// <summary>A carriage return counts, so that files with CR LF line ends read the same.</summary>
    private static bool IsBlank(byte value) => value is (byte)' ' or (byte)'\t' or (byte)'\r';

    private static bool IsListSeparator(byte value) => value is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r';

    private static bool IsNameStart(byte value) => value is (byte)'_' or (byte)'.' || IsLetter(value);

    private static bool IsNamePart(byte value) => value == '_' || IsLetter(value) || value is >= (byte)'0' and <= (byte)'9';

    private static bool IsLetter(byte value) => (value | 0x20) is >= 'a' and <= 'z';
}
