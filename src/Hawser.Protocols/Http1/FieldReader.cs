using System;
using Hawser.Base.Bytes;
using Hawser.Protocols.Http;

namespace Hawser.Protocols.Http1;

/// <summary>Header field lines (RFC 9112 section 5), obsolete folding included.</summary>
internal static unsafe class FieldReader
{
    /// <summary>One line that begins a field.</summary>
    /// <param name="at">The offending byte.</param>
    public static Http1Error Read(
        HttpMessage message, TextSpan line, bool hasCarriageReturn, Http1Leniency leniency, out int at)
    {
        byte* block = message.Block;
        bool isNameBad = false;
        at = line.At;
        while (at < line.End && block[at] != ':')
        {
            if (!Ascii.IsToken(block[at]))
            {
                if (leniency == Http1Leniency.Strict) return Http1Error.FieldNameByte;
                message.Tolerate(at);
                isNameBad = true;
            }

            at++;
        }

        // Where any byte may be a name's, the line ends at its line feed.
        if (at == line.End && hasCarriageReturn && leniency == Http1Leniency.Unsafe) at++;
        if (at == line.At || at >= line.End) return Http1Error.FieldNameMissing;
        TextSpan name = new(line.At, at - line.At);
        TextSpan value = Trim(block, at + 1, line.End);
        Http1Error error = CheckValue(message, value, leniency, out at);
        if (error != Http1Error.None) return error;
        if (!message.HasRoomForField)
        {
            at = line.At;
            return Http1Error.TooManyFields;
        }

        message.Append(new FieldLine
        {
            Name = name,
            Value = value,
            KnownName = isNameBad ? FieldName.Other : FieldNames.Find(name.In(block)),
            IsRemoved = isNameBad,
            IsCanonical = hasCarriageReturn && value.At == name.End + 2 && block[name.End + 1] == ' ' &&
                value.End == line.End,
        });
        return Http1Error.None;
    }

    /// <summary>
    /// A line that continues the field before it: the line end between them becomes two blanks, as RFC 9112
    /// section 5.2 allows.
    /// </summary>
    public static Http1Error Continue(
        HttpMessage message, TextSpan line, bool hasCarriageReturn, Http1Leniency leniency, out int at)
    {
        byte* block = message.Block;
        at = line.At;
        if (message.FieldCount == 0) return Http1Error.FoldedFirstField;
        TextSpan more = Trim(block, line.At, line.End);
        Http1Error error = CheckValue(message, more, leniency, out at);
        if (error != Http1Error.None) return error;

        ref FieldLine field = ref message.Field(message.FieldCount - 1);
        field.IsCanonical = false;
        if (more.IsEmpty) return Http1Error.None;
        if (field.Value.IsEmpty)
        {
            field.Value = more;
            return Http1Error.None;
        }

        for (int between = field.Value.End; between < line.At; between++)
        {
            if (block[between] is (byte)'\r' or (byte)'\n') block[between] = (byte)' ';
        }

        field.Value = new TextSpan(field.Value.At, more.End - field.Value.At);
        field.IsCanonical = hasCarriageReturn && field.Value.At == field.Name.End + 2 &&
            block[field.Name.End + 1] == ' ' && more.End == line.End;
        return Http1Error.None;
    }

    private static TextSpan Trim(byte* block, int from, int to)
    {
        while (from < to && Ascii.IsBlank(block[from])) from++;
        while (to > from && Ascii.IsBlank(block[to - 1])) to--;
        return new TextSpan(from, to - from);
    }

    private static Http1Error CheckValue(HttpMessage message, TextSpan value, Http1Leniency leniency, out int at)
    {
        ReadOnlySpan<byte> text = value.In(message.Block);
        int found = text.IndexOfAny((byte)'\r', (byte)'\0');
        if (found >= 0 && text[found] == '\0' && leniency == Http1Leniency.Unsafe)
        {
            message.Tolerate(value.At + found);
            found = text.IndexOf((byte)'\r');
        }

        at = value.At + Math.Max(0, found);
        if (found < 0) return Http1Error.None;
        return text[found] == '\r' ? Http1Error.LineEnd : Http1Error.FieldValueByte;
    }
}
