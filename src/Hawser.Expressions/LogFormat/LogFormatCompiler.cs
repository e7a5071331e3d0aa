using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Hawser.Config.Diagnostics;
using Hawser.Expressions.Compilation;
using Ascii = Hawser.Base.Bytes.Ascii;

namespace Hawser.Expressions.LogFormat;

/// <summary>Compiles the text of a log-format (manual, section 8.2.6).</summary>
public sealed class LogFormatCompiler
{
    private readonly AliasRows _aliases;
    private readonly CompileContext _context;
    private readonly byte[] _text;
    private readonly List<CompileFinding> _findings;
    private readonly List<LogFormatItem> _items = [];
    private readonly List<byte> _literal = [];
    private readonly LogFormatUse _use;
    private LogFormatFlags _inherited;
    private LogFormatFlags _objectEncoding;
    private AvailableFrom _availableFrom = AvailableFrom.Connect;

    private LogFormatCompiler(string text, AliasRows aliases, CompileContext context, List<CompileFinding> findings, LogFormatUse use)
    {
        _use = use;
        _text = Config.Syntax.ConfigText.Encode(text);
        _aliases = aliases;
        _context = context;
        _findings = findings;
    }

    /// <param name="findings">Gets the error, and notices about what was ignored.</param>
    /// <param name="use">What is made with it; by default a log line.</param>
    /// <returns>Null when there is an error.</returns>
    public static LogFormat? Compile(
        string text, AliasRows aliases, CompileContext context, List<CompileFinding> findings, LogFormatUse use = LogFormatUse.Line) =>
        new LogFormatCompiler(text, aliases, context, findings, use).Compile();

    private LogFormat? Compile()
    {
        int position = 0;
        while (position < _text.Length)
        {
            byte value = _text[position];
            if (value == '%')
            {
                if (!CompileItem(ref position)) return null;
            }
            else if (value == ' ' && _use == LogFormatUse.Line)
            {
                EndLiteral();
                if (_items.Count == 0 || _items[^1].Kind != LogFormatItemKind.Separator)
                    _items.Add(new LogFormatItem(LogFormatItemKind.Separator));
                position++;
            }
            else
            {
                _literal.Add(value);
                position++;
            }
        }

        EndLiteral();
        return new LogFormat([.. _items], _objectEncoding, _availableFrom, _use)
        {
            ReadsConnection = _items.Exists(static item => item.Expression is { Row.ReadsConnection: true }),
        };
    }

    private void EndLiteral()
    {
        if (_literal.Count == 0) return;
        _items.Add(new LogFormatItem(LogFormatItemKind.Literal) { Text = [.. _literal] });
        _literal.Clear();
    }

    /// <summary>One item, from its percent sign: <c>%(name:type){flags}alias</c> or <c>…[expression]</c>.</summary>
    private bool CompileItem(ref int position)
    {
        int start = position++;
        byte[] name = [];
        ForcedType type = ForcedType.None;
        LogFormatFlags flags = _inherited;
        if (At(position) == '(' && !ReadName(ref position, out name, out type)) return false;
        if (position >= _text.Length) return Fail(start, 1, "truncated line after '%'");

        if (At(position) == '{')
        {
            int flagsAt = position;
            if (!ReadFlags(ref position, ref flags)) return false;
            if (At(position) != '[' && !Ascii.IsAlphaNumeric((byte)At(position)))
                return Fail(start, position - start, $"parse argument modifier without alias name near '%{Text(flagsAt, position)}'");
        }

        LogFormatItem item = new(LogFormatItemKind.Sample) { Text = name, Type = type, Flags = flags };
        int next = At(position);
        if (next == '[') return CompileExpression(ref position, item);
        if (Ascii.IsAlphaNumeric((byte)next)) return CompileAlias(ref position, item);
        if (next is ' ' or '\t')
        {
            return Fail(position, 1,
                $"unexpected alias name near '{(char)next}' at position {position} line : '{Text(0, _text.Length)}'. "
                + "Maybe you want to write a single '%', use the syntax '%%'");
        }

        // "%%", and as HAProxy has it any other mark: the mark itself.
        _literal.Add((byte)next);
        position++;
        return true;
    }

    private bool CompileAlias(ref int position, LogFormatItem item)
    {
        int start = position;
        while (Ascii.IsAlphaNumeric((byte)At(position))) position++;
        string name = Text(start, position);
        if (name == "o")
        {
            _inherited = item.Flags;
            _objectEncoding |= item.Flags & (LogFormatFlags.Json | LogFormatFlags.Cbor | LogFormatFlags.Binary);
            return true;
        }

        AliasRow? alias = _aliases.Find(name);
        if (alias is null)
        {
            string? suggestion = Suggestion.For(name, _aliases.All.Select(row => row.Name));
            return Fail(start, name.Length,
                $"no such format alias '{name}'. If you wanted to emit the '%' character verbatim, you need to use '%%'",
                ExpressionCompiler.DidYouMean(suggestion));
        }

        Need(alias.AvailableFrom);
        EndLiteral();
        item = item with { Flags = WithoutOwnBinary(item.Flags) };
        _items.Add(item with { Kind = LogFormatItemKind.Alias, Alias = alias });
        return true;
    }

    private bool CompileExpression(ref int position, LogFormatItem item)
    {
        int start = ++position;
        SampleExpression? expression = ExpressionCompiler.Compile(_text, start, _context, out int end, out CompileFinding finding);
        if (expression is null)
        {
            // HAProxy gives the whole rest of the line, and so do we; a method of ours that is missing is no such mistake.
            bool isOurs = finding.Message.EndsWith("is not implemented yet", StringComparison.Ordinal);
            string message = isOurs
                ? finding.Message
                : $"failed to parse sample expression <{Text(start, _text.Length)}> : {finding.Message}";
            _findings.Add(finding with { Message = message });
            return false;
        }

        if (_text[end - 1] == ',' && end < _text.Length) return Fail(end, 1, $"failed to parse sample expression <{Text(start, _text.Length)}> : unknown converter '{(char)_text[end]}'");
        if (end >= _text.Length) return Fail(start, end - start, $"missing ']' after '{Text(start, end)}'");
        if (_text[end] != ']')
            return Fail(end, 1, $"expected ']' after '{Text(start, end)}', but found '{(char)_text[end]}'");

        if (_context.Place != FetchContexts.None && (expression.Row.Contexts & _context.Place) == 0)
        {
            return Fail(start, end - start,
                $"sample fetch <{Text(start, end)}> may not be reliably used here because it needs "
                + $"'{FetchPlaces.SourceOf(expression.Row)}' which is not available here");
        }

        if (_context.IgnoresBytes && expression.Row.ReadsBytes && _use != LogFormatUse.Text)
        {
            _findings.Add(new CompileFinding(Severity.Warning, start, end - start,
                $"L6 sample fetch <{Text(start, end)}> ignored in HTTP log-format string"));
        }

        Need(expression.Row.AvailableFrom);
        EndLiteral();
        item = item with { Flags = WithoutOwnBinary(item.Flags) };
        _items.Add(item with { Expression = expression });
        position = end + 1;
        return true;
    }

    /// <summary><c>(name:type)</c>: letters, digits, underscores and dashes, perhaps none; then perhaps a type.</summary>
    private bool ReadName(ref int position, out byte[] name, out ForcedType type)
    {
        type = ForcedType.None;
        int start = ++position;
        while (IsNameByte(At(position))) position++;
        name = _text[start..position];
        if (At(position) == ':')
        {
            int typeAt = ++position;
            while (IsNameByte(At(position))) position++;
            if (position < _text.Length && !TryForcedType(Text(typeAt, position), out type))
            {
                return Fail(typeAt, Math.Max(1, position - typeAt),
                    $"unexpected output type '{Text(typeAt, position)}' at position {typeAt} line : "
                    + $"'{Text(0, _text.Length)}'. Supported types are: str, sint, bool, raw");
            }
        }

        if (At(position) != ')')
        {
            string where = position >= _text.Length
                ? ""
                : $"{(char)_text[position]}' at position {position} line : '{Text(0, _text.Length)}'";
            return Fail(Math.Min(position, _text.Length - 1), 1, $"invalid character in custom name near '{where}");
        }

        position++;
        return true;
    }

    private static bool TryForcedType(string name, out ForcedType type)
    {
        type = name switch
        {
            "str" => ForcedType.String,
            "sint" => ForcedType.Integer,
            "bool" => ForcedType.Boolean,
            "raw" => ForcedType.Raw,
            _ => ForcedType.None,
        };
        return type != ForcedType.None;
    }

    /// <summary><c>{+Q,-X}</c>: signed names between commas.</summary>
    private bool ReadFlags(ref int position, ref LogFormatFlags flags)
    {
        int start = ++position;
        int end = Array.IndexOf(_text, (byte)'}', start);
        if (end < 0) return Fail(start - 1, 1, $"truncated line after '{Text(start, _text.Length)}'");
        position = end + 1;
        int wordAt = start;
        foreach (string word in Text(start, end).Split(','))
        {
            if (!ApplyFlag(word, wordAt, ref flags)) return false;
            wordAt += Encoding.UTF8.GetByteCount(word) + 1;
        }

        return true;
    }

    private bool ApplyFlag(string word, int at, ref LogFormatFlags flags)
    {
        string name = word.TrimStart('+', '-');
        LogFormatFlags flag = name switch
        {
            "Q" => LogFormatFlags.Quote,
            "X" => LogFormatFlags.Hexadecimal,
            "E" => LogFormatFlags.Escape,
            "json" => LogFormatFlags.Json,
            "cbor" => LogFormatFlags.Cbor,
            "bin" => LogFormatFlags.Binary,
            _ => LogFormatFlags.None,
        };
        if (word.StartsWith('+')) flags |= flag;
        else if (word.StartsWith('-')) flags &= ~flag;

        bool isUnderstood = flag != LogFormatFlags.None || name == "M";
        if (word.Length > 0 && (!isUnderstood || word.Length == name.Length))
        {
            _findings.Add(new CompileFinding(Severity.Notice, at, Encoding.UTF8.GetByteCount(word),
                $"'{word}' changes no flag and is ignored", "a flag is + or -, then Q, X, E, bin, json or cbor"));
        }

        return true;
    }

    /// <summary>"bin" means something for a whole format only, and nothing when a single item asks for it.</summary>
    private LogFormatFlags WithoutOwnBinary(LogFormatFlags flags) =>
        (flags & ~LogFormatFlags.Binary) | (_inherited & LogFormatFlags.Binary);

    private void Need(AvailableFrom step)
    {
        if (step > _availableFrom) _availableFrom = step;
    }

    private bool Fail(int offset, int length, string message, string? hint = null)
    {
        _findings.Add(new CompileFinding(Severity.Alert, offset, Math.Max(1, length), message, hint));
        return false;
    }

    /// <summary>The byte there, or 0 behind the end.</summary>
    private int At(int position) => position < _text.Length ? _text[position] : 0;

    private static bool IsNameByte(int value) =>
        Ascii.IsAlphaNumeric((byte)value) || value is '_' or '-';

    private string Text(int start, int end) => Encoding.UTF8.GetString(_text.AsSpan(start..end));
}
