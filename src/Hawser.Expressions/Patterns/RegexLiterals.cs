using System;
using System.Collections.Generic;
using Ascii = Hawser.Base.Bytes.Ascii;

namespace Hawser.Expressions.Patterns;

/// <summary>
/// Finds pieces of text without which a regular expression cannot match: four bytes in a row that every match has. Reads
/// PCRE2's syntax as far as that takes, and gives up at whatever it is not sure of, which costs speed only.
/// </summary>
public ref struct RegexLiterals
{
    public const int PieceBytes = sizeof(uint);

    private readonly ReadOnlySpan<byte> _pattern;
    private readonly bool _ignoresCase;
    private readonly List<uint> _pieces = [];
    private uint _last;
    private int _runBytes;
    private int _at;

    private RegexLiterals(ReadOnlySpan<byte> pattern, bool ignoresCase)
    {
        _pattern = pattern;
        _ignoresCase = ignoresCase;
    }

    /// <returns>
    /// The pieces of each alternative, all of which its matches have; null when there is an alternative without any.
    /// </returns>
    public static List<uint>[]? Find(ReadOnlySpan<byte> pattern, bool ignoresCase)
    {
        RegexLiterals reader = new(pattern, ignoresCase);
        List<List<uint>> alternatives = [];
        while (reader.TryReadAlternative())
        {
            if (reader._pieces.Count == 0) return null;
            alternatives.Add([.. reader._pieces]);
            reader._pieces.Clear();
            if (reader._at >= pattern.Length) return [.. alternatives];
            reader._at++;
        }

        return null;
    }

    /// <summary>The piece that starts a text of at least <see cref="PieceBytes"/>.</summary>
    public static uint PieceOf(ReadOnlySpan<byte> text, bool ignoresCase)
    {
        uint piece = 0;
        for (int index = 0; index < PieceBytes; index++)
            piece = (piece << 8) | (ignoresCase ? Ascii.ToLower(text[index]) : text[index]);
        return piece;
    }

    /// <summary>Up to a bar that stands in no group, or the end. False for what is not understood.</summary>
    private bool TryReadAlternative()
    {
        EndRun();
        while (_at < _pattern.Length)
        {
            byte character = _pattern[_at];
            switch (character)
            {
                case (byte)'|':
                    return true;
                case (byte)'(':
                    if (!TrySkipGroup()) return false;
                    EndRun();
                    break;
                case (byte)'[':
                    if (!TrySkipClass()) return false;
                    EndRun();
                    break;
                case (byte)'.' or (byte)'^' or (byte)'$':
                    _at++;
                    EndRun();
                    SkipQuantifiers();
                    break;
                case (byte)'\\':
                    if (!TryReadEscape()) return false;
                    break;
                case (byte)')':
                    return false;
                default:
                    _at++;
                    Add(character);
                    break;
            }
        }

        return true;
    }

    /// <summary>One more byte that every match has next to the one before, unless a quantifier says otherwise.</summary>
    private void Add(byte character)
    {
        if (MayBeAbsent())
        {
            EndRun();
            SkipQuantifiers();
            return;
        }

        _last = (_last << 8) | (_ignoresCase ? Ascii.ToLower(character) : character);
        if (++_runBytes >= PieceBytes) _pieces.Add(_last);
        if (_at >= _pattern.Length || _pattern[_at] != '+') return;
        EndRun();
        SkipQuantifiers();
    }

    /// <summary>Of what was just read: "+" alone, lazy or possessive, leaves one, unless that is repeated again.</summary>
    private readonly bool MayBeAbsent()
    {
        int at = _at;
        if (at < _pattern.Length && _pattern[at] == '+')
        {
            at++;
            if (at < _pattern.Length && _pattern[at] is (byte)'?' or (byte)'+') at++;
        }

        return at < _pattern.Length && _pattern[at] is (byte)'*' or (byte)'?' or (byte)'{' or (byte)'+';
    }

    private void EndRun() => _runBytes = 0;

    /// <summary>
    /// All that follow, with what makes them lazy or possessive. A brace that is no quantifier stands for itself, and is
    /// left out.
    /// </summary>
    private void SkipQuantifiers()
    {
        while (_at < _pattern.Length && _pattern[_at] is (byte)'*' or (byte)'?' or (byte)'+' or (byte)'{')
        {
            if (_pattern[_at++] != '{') continue;
            int end = _at;
            while (end < _pattern.Length && (Ascii.IsDigit(_pattern[end]) || _pattern[end] is (byte)',' or (byte)' ')) end++;
            if (end < _pattern.Length && _pattern[end] == '}') _at = end + 1;
        }
    }

    private bool TryReadEscape()
    {
        if (_at + 1 >= _pattern.Length) return false;
        byte character = _pattern[_at + 1];
        _at += 2;
        if (Ascii.IsDigit(character))
        {
            while (_at < _pattern.Length && Ascii.IsDigit(_pattern[_at])) _at++;
            EndRun();
            SkipQuantifiers();
            return true;
        }

        if (!Ascii.IsAlpha(character))
        {
            Add(character);
            return true;
        }

        EndRun();
        SkipQuantifiers();
        return "dDwWsSbBAzZGhHvVRXnrtfea"u8.Contains(character);
    }

    private bool TrySkipGroup()
    {
        int depth = 0;
        while (_at < _pattern.Length)
        {
            switch (_pattern[_at])
            {
                case (byte)'(':
                    if (!IsPlainGroup()) return false;
                    depth++;
                    _at++;
                    break;
                case (byte)')':
                    _at++;
                    if (--depth > 0) break;
                    SkipQuantifiers();
                    return true;
                case (byte)'[':
                    if (!TrySkipClass()) return false;
                    break;
                case (byte)'\\':
                    if (_at + 1 >= _pattern.Length || _pattern[_at + 1] == 'Q') return false;
                    _at += 2;
                    break;
                default:
                    _at++;
                    break;
            }
        }

        return false;
    }

    /// <summary>Not one that sets options, is a verb, a comment or a condition.</summary>
    private readonly bool IsPlainGroup()
    {
        ReadOnlySpan<byte> inside = _pattern[(_at + 1)..];
        if (inside.StartsWith("*"u8)) return false;
        if (!inside.StartsWith("?"u8)) return true;
        return inside.Length > 1 && inside[1] is (byte)':' or (byte)'=' or (byte)'!' or (byte)'>';
    }

    private bool TrySkipClass()
    {
        _at++;
        if (_at < _pattern.Length && _pattern[_at] == '^') _at++;
        if (_at < _pattern.Length && _pattern[_at] == ']') _at++;
        while (_at < _pattern.Length)
        {
            byte character = _pattern[_at];
            if (character == ']')
            {
                _at++;
                SkipQuantifiers();
                return true;
            }

            if (character == '\\' && (_at + 1 >= _pattern.Length || _pattern[_at + 1] == 'Q')) return false;
            if (character == '[' && _at + 1 < _pattern.Length && _pattern[_at + 1] is (byte)':' or (byte)'.' or (byte)'=')
            {
                int end = _pattern[(_at + 2)..].IndexOf((byte)']');
                if (end < 0) return false;
                _at += end + 3;
                continue;
            }

            _at += character == '\\' ? 2 : 1;
        }

        return false;
    }
}
