using System;
using System.Collections.Generic;
using System.Text;
using Hawser.Base.Network;
using Ascii = Hawser.Base.Bytes.Ascii;

namespace Hawser.Expressions.Compilation;

/// <summary>What stands between a fetch method's parentheses: split at commas, unquoted, checked, converted.</summary>
internal static class ArgumentParser
{
    /// <param name="position">At the byte behind the name; moved behind the closing parenthesis, if there is one.</param>
    /// <param name="problem">In HAProxy's words, null on success.</param>
    public static bool TryParse(
        ReadOnlySpan<byte> text, ref int position, FetchRow row, out FetchArguments arguments, out string? problem)
    {
        arguments = new FetchArguments();
        List<byte[]> words = [];
        bool hasParentheses = position < text.Length && text[position] == '(';
        if (hasParentheses)
        {
            position++;
            problem = Split(text, ref position, MaximumWords(row.Arguments), words);
            if (problem is not null)
            {
                problem = $"fetch method '{row.Name}' : {problem}";
                return false;
            }
        }

        problem = Convert(row, words, hasParentheses, ref arguments);
        return problem is null;
    }

    private static int MaximumWords(ArgumentShape shape) => shape switch
    {
        ArgumentShape.None => 0,
        ArgumentShape.OptionalOffsetAndTimeUnit => 2,
        _ => 1,
    };

    /// <summary>
    /// The words up to the closing parenthesis. Single quotes keep everything, double quotes everything but the
    /// backslash, which takes the next byte as it is there and outside of quotes.
    /// </summary>
    private static string? Split(ReadOnlySpan<byte> text, ref int position, int maximum, List<byte[]> words)
    {
        if (maximum == 0)
        {
            if (position >= text.Length) return "expected ')'";
            if (text[position] != ')') return $"expected ')' before '{Encoding.UTF8.GetString(text[position..])}'";
            position++;
            return null;
        }

        List<byte> word = [];
        byte quote = 0;
        while (position < text.Length)
        {
            byte value = text[position];
            if (value == '\\' && quote != '\'' && position + 1 < text.Length)
            {
                word.Add(text[position + 1]);
                position++;
            }
            else if (quote != 0 && value == quote)
            {
                quote = 0;
            }
            else if (quote != 0)
            {
                word.Add(value);
            }
            else if (value is (byte)'"' or (byte)'\'')
            {
                quote = value;
            }
            else if (value is (byte)')' or (byte)',')
            {
                words.Add([.. word]);
                word.Clear();
                if (value == ')')
                {
                    position++;
                    return null;
                }

                if (words.Count == maximum) return $"expected ')' before '{Encoding.UTF8.GetString(text[position..])}'";
            }
            else
            {
                word.Add(value);
            }

            position++;
        }

        return "expected ')'";
    }

    private static string? Convert(FetchRow row, List<byte[]> words, bool hasParentheses, ref FetchArguments arguments)
    {
        byte[] first = words.Count > 0 ? words[0] : [];
        switch (row.Arguments)
        {
            case ArgumentShape.None:
                return null;
            case ArgumentShape.Text:
                arguments = arguments with { Text = first };
                return null;
            case ArgumentShape.Integer:
                return Integer(row, first, ref arguments);
            case ArgumentShape.Boolean:
                return Boolean(row, first, ref arguments);
            case ArgumentShape.IPv4:
                return Address(row, first, AddressFamily.IPv4, "IPv4 address", ref arguments);
            case ArgumentShape.IPv6:
                return Address(row, first, AddressFamily.IPv6, "IPv6 address", ref arguments);
            case ArgumentShape.OptionalTimeUnit:
                return hasParentheses ? Unit(row, first, ref arguments) : null;
            default:
                if (first.Length > 0 && Integer(row, first, ref arguments) is { } problem) return problem;
                return words.Count > 1 ? Unit(row, words[1], ref arguments) : null;
        }
    }

    private static string? Integer(FetchRow row, byte[] word, ref FetchArguments arguments)
    {
        ReadOnlySpan<byte> digits = word;
        if (digits.IsEmpty) return $"fetch method '{row.Name}' : expected type 'integer' at position 1, but got nothing";
        if (digits[0] == '+') digits = digits[1..];
        if (!Ascii.TryParseSigned(digits, out long value)) return Unparsed(row, word, "integer");
        arguments = arguments with { Integer = value };
        return null;
    }

    private static string? Boolean(FetchRow row, byte[] word, ref FetchArguments arguments)
    {
        bool isTrue = word.AsSpan() is [(byte)'1'] || Ascii.EqualsIgnoreCase(word, "true"u8);
        bool isFalse = word.AsSpan() is [(byte)'0'] || Ascii.EqualsIgnoreCase(word, "false"u8);
        if (!isTrue && !isFalse)
            return $"invalid args in fetch method '{row.Name}' : Expects 'true', 'false', '0' or '1'";
        arguments = arguments with { Integer = isTrue ? 1 : 0 };
        return null;
    }

    private static string? Address(
        FetchRow row, byte[] word, AddressFamily family, string type, ref FetchArguments arguments)
    {
        if (!NetworkAddress.TryParse(word.AsSpan(), out NetworkAddress address) || address.Family != family)
            return Unparsed(row, word, type);
        arguments = arguments with { Address = address };
        return null;
    }

    private static string? Unit(FetchRow row, byte[] word, ref FetchArguments arguments)
    {
        TimeUnit? unit = Encoding.UTF8.GetString(word) switch
        {
            "s" => TimeUnit.Seconds,
            "ms" => TimeUnit.Milliseconds,
            "us" => TimeUnit.Microseconds,
            _ => null,
        };
        if (unit is null)
            return $"invalid args in fetch method '{row.Name}' : expects 's', 'ms' or 'us', got '{Encoding.UTF8.GetString(word)}'";
        arguments = arguments with { Unit = unit.Value };
        return null;
    }

    private static string Unparsed(FetchRow row, byte[] word, string type) =>
        $"fetch method '{row.Name}' : failed to parse '{Encoding.UTF8.GetString(word)}' as type '{type}' at position 1";
}
