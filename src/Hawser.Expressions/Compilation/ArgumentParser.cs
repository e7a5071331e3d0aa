using System;
using System.Collections.Generic;
using System.Text;
using Hawser.Base.Network;
using Ascii = Hawser.Base.Bytes.Ascii;

namespace Hawser.Expressions.Compilation;

/// <summary>
/// What stands between a method's parentheses: split at commas, unquoted, checked against the row's signature and
/// converted.
/// </summary>
internal ref struct ArgumentParser
{
    private readonly ReadOnlySpan<byte> _text;
    private readonly CompileContext _context;
    private readonly List<Argument> _values = [];
    private int _position;

    private ArgumentParser(ReadOnlySpan<byte> text, int position, CompileContext context)
    {
        _text = text;
        _position = position;
        _context = context;
    }

    /// <param name="position">At the byte behind the name; moved behind the closing parenthesis, if there is one.</param>
    /// <param name="failure">On failure: where, which argument (from 1), and what, in HAProxy's words.</param>
    public static Arguments? Parse(
        ReadOnlySpan<byte> text,
        ref int position,
        ArgumentSignature signature,
        CompileContext context,
        out ArgumentFailure failure)
    {
        ArgumentParser parser = new(text, position, context);
        failure = parser.Parse(signature) ?? default;
        position = parser._position;
        return failure.Message is null ? new Arguments([.. parser._values]) : null;
    }

    private readonly bool IsAtEnd => _position >= _text.Length;

    private readonly string Rest => Encoding.UTF8.GetString(_text[_position..]);

    private ArgumentFailure? Parse(ArgumentSignature signature)
    {
        bool hasParentheses = !IsAtEnd && _text[_position] == '(';
        int openAt = _position;
        if (hasParentheses) _position++;
        int wanted = hasParentheses ? signature.Types.Length : Math.Min(1, signature.Minimum);
        while (_values.Count < wanted)
        {
            int start = _position;
            byte[]? word = hasParentheses ? ReadWord() : [];
            if (word is null) return new ArgumentFailure(start, _position - start, _values.Count + 1, "expected ')'");
            ArgumentType type = signature.Types[_values.Count];
            if (word.Length == 0 && type is not (ArgumentType.Text or ArgumentType.Regex) && !IsNamedByDefault(type)) break;
            Argument argument = new(word, start, _position - start);
            if (Convert(ref argument, type) is { } problem)
                return new ArgumentFailure(start, Math.Max(1, _position - start), _values.Count + 1, problem);
            _values.Add(argument);
            if (!hasParentheses) continue;
            if (IsAtEnd || _text[_position] != ',' || _values.Count == wanted) break;
            _position++;
        }

        int number = Math.Max(1, _values.Count);
        if (_values.Count < signature.Minimum) return Missing(signature, openAt);
        if (!hasParentheses) return null;
        if (IsAtEnd) return new ArgumentFailure(openAt, _position - openAt, number, "expected ')'");
        if (_text[_position] != ')')
            return new ArgumentFailure(_position, 1, number, $"expected ')' before '{Rest}'");
        _position++;
        return null;
    }

    private readonly ArgumentFailure Missing(ArgumentSignature signature, int openAt)
    {
        ArgumentType wanted = signature.Types[_values.Count];
        int number = _values.Count + 1;
        bool isEmptyWord = _values.Count == 0 || (!IsAtEnd && _text[_position - 1] == ',');
        string message = isEmptyWord
            ? $"expected type '{NameOf(wanted)}' at position {number}, but got nothing"
            : $"missing arguments (got {_values.Count}/{signature.Minimum}), type '{NameOf(wanted)}' expected";
        return new ArgumentFailure(openAt, Math.Max(1, _position - openAt), number, message);
    }

    /// <summary>What is left out means the current proxy, which the name directory knows.</summary>
    private static bool IsNamedByDefault(ArgumentType type) =>
        type is ArgumentType.Frontend or ArgumentType.Backend or ArgumentType.Table;

    /// <summary>
    /// One word, up to a comma or parenthesis outside of quotes. Single quotes keep everything, double quotes
    /// everything but the backslash. That one, there and outside of quotes, takes a quote, a space or itself as it is
    /// and makes n, r and t control characters; before anything else it is a byte like others.
    /// </summary>
    /// <returns>Null when the text ends first.</returns>
    private byte[]? ReadWord()
    {
        List<byte> word = [];
        byte quote = 0;
        for (; _position < _text.Length; _position++)
        {
            byte value = _text[_position];
            if (value == '\\' && quote != '\'' && _position + 1 < _text.Length && Escaped(_text[_position + 1]) is not 0 and byte escaped)
            {
                word.Add(escaped);
                _position++;
            }
            else if (quote != 0 && value == quote) quote = 0;
            else if (quote == 0 && value is (byte)'"' or (byte)'\'') quote = value;
            else if (quote == 0 && value is (byte)')' or (byte)',') return [.. word];
            else word.Add(value);
        }

        return null;
    }

    /// <returns>0 where the backslash has no meaning.</returns>
    private static byte Escaped(byte value) => value switch
    {
        (byte)'\\' or (byte)'"' or (byte)'\'' or (byte)' ' => value,
        (byte)'n' => (byte)'\n',
        (byte)'r' => (byte)'\r',
        (byte)'t' => (byte)'\t',
        _ => 0,
    };

    private readonly string? Convert(ref Argument argument, ArgumentType type)
    {
        byte[] word = argument.Text;
        switch (type)
        {
            case ArgumentType.Integer:
                if (!TryInteger(word, out long value)) return Unparsed(word, type);
                argument = argument with { Integer = value };
                return null;
            case ArgumentType.IPv4Address:
            case ArgumentType.IPv6Address:
                AddressFamily family = type == ArgumentType.IPv4Address ? AddressFamily.IPv4 : AddressFamily.IPv6;
                if (!NetworkAddress.TryParse(word.AsSpan(), out NetworkAddress address) || address.Family != family)
                    return Unparsed(word, type);
                argument = argument with { Address = address };
                return null;
            case ArgumentType.IPv4Mask:
            case ArgumentType.IPv6Mask:
                if (!AddressMask.TryParse(word, type == ArgumentType.IPv6Mask, out NetworkAddress mask))
                    return Unparsed(word, type);
                argument = argument with { Address = mask };
                return null;
            case ArgumentType.Frontend:
                return Resolve(ref argument, "frontend", _context.Names.FindFrontend(argument.String()));
            case ArgumentType.Backend:
                return Resolve(ref argument, "backend", _context.Names.FindBackend(argument.String()));
            case ArgumentType.Server:
                return Resolve(ref argument, "server", _context.Names.FindServer(argument.String()));
            case ArgumentType.Table:
                return Resolve(ref argument, "table", _context.Names.FindTable(argument.String()));
            case ArgumentType.UserList:
                return Resolve(ref argument, "userlist", _context.Names.FindUserList(argument.String()));
            case ArgumentType.ProtobufField:
                return IsFieldPath(word) ? null : Unparsed(word, type);
            default:
                return null;
        }
    }

    /// <summary>Numbers of up to 29 bits joined by dots.</summary>
    private static bool IsFieldPath(ReadOnlySpan<byte> word)
    {
        foreach (Range range in word.Split((byte)'.'))
        {
            if (!Ascii.TryParseUnsigned(word[range], out uint number) || number > int.MaxValue) return false;
        }

        return true;
    }

    private static string? Resolve(ref Argument argument, string kind, object? found)
    {
        argument = argument with { Reference = found };
        if (found is not null) return null;
        string name = argument.String();
        return name.Length == 0 ? $"missing {kind} name" : $"unable to find {kind} '{name}'";
    }

    /// <summary>The whole word; too large a number becomes the largest, as in HAProxy.</summary>
    private static bool TryInteger(ReadOnlySpan<byte> word, out long value)
    {
        value = 0;
        ReadOnlySpan<byte> digits = word;
        if (digits[0] is (byte)'+' or (byte)'-') digits = digits[1..];
        if (digits.IsEmpty || digits.ContainsAnyExceptInRange((byte)'0', (byte)'9')) return false;
        return Samples.SampleCasts.TryParseInteger(word, out value);
    }

    private readonly string Unparsed(byte[] word, ArgumentType type) =>
        $"failed to parse '{Encoding.UTF8.GetString(word)}' as type '{NameOf(type)}' at position {_values.Count + 1}";

    /// <summary>HAProxy's names of the types.</summary>
    public static string NameOf(ArgumentType type) => type switch
    {
        ArgumentType.Text => "string",
        ArgumentType.Integer => "integer",
        ArgumentType.IPv4Address => "IPv4 address",
        ArgumentType.IPv6Address => "IPv6 address",
        ArgumentType.IPv4Mask => "IPv4 mask",
        ArgumentType.IPv6Mask => "IPv6 mask",
        ArgumentType.Frontend => "frontend",
        ArgumentType.Backend => "backend",
        ArgumentType.Server => "server",
        ArgumentType.Table => "table",
        ArgumentType.UserList => "user list",
        ArgumentType.Regex => "regex",
        _ => "Protocol buffers field number",
    };
}

/// <param name="Number">Which argument, from 1.</param>
internal readonly record struct ArgumentFailure(int Offset, int Length, int Number, string Message);
