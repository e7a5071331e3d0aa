using System;
using Hawser.Base.Bytes;
using Hawser.Expressions.Compilation;
using Hawser.Expressions.Samples;
using Ascii = Hawser.Base.Bytes.Ascii;

namespace Hawser.Expressions.Converters;

/// <summary>Text for JSON, and values out of JSON.</summary>
public static class JsonConverters
{
    public static ConverterRow[] Rows { get; } =
    [
        new("json", ArgumentSignature.Optional(ArgumentType.Text), SampleType.String, SampleType.String, Escape, "1.6", "escaped for a JSON text")
        {
            Prepare = PrepareEscape,
        },
        new("json_query", ArgumentSignature.Of(1, ArgumentType.Text, ArgumentType.Text), SampleType.String, SampleType.Any, Query, "2.4", "a value out of JSON")
        {
            Prepare = static (arguments, _) =>
                arguments.Has(0) ? PreparePath(arguments) : "json_path must not be empty",
        },
    ];

    [Flags]
    private enum Decoding
    {
        Ascii = 0,
        Utf8 = 1,

        /// <summary>Errors are left out instead of ending it.</summary>
        Silent = 2,

        /// <summary>Characters in more bytes than they need are no errors.</summary>
        Permissive = 4,
    }

    /// <summary>For the converters that look into JSON: a path and "int" or nothing.</summary>
    internal static string? PreparePath(Arguments arguments)
    {
        string type = arguments.String(1);
        arguments.Prepared = JsonPath.Parse(arguments.Text(0), type == "int");
        return type is "" or "int" ? null : "output_type only supports \"int\" as argument";
    }

    private static bool Query(SampleSource source, Arguments arguments, ref Sample sample)
    {
        ReadOnlySpan<byte> json = sample.Bytes;
        return ((JsonPath)arguments.Prepared!).TryEvaluate(json, source.Scratch.Take(json), ref sample);
    }

    private static string? PrepareEscape(Arguments arguments, CompileContext context)
    {
        Decoding? decoding = arguments.String(0) switch
        {
            "" or "ascii" => Decoding.Ascii,
            "utf8" => Decoding.Utf8,
            "utf8s" => Decoding.Utf8 | Decoding.Silent,
            "utf8p" => Decoding.Utf8 | Decoding.Permissive,
            "utf8ps" => Decoding.Utf8 | Decoding.Silent | Decoding.Permissive,
            _ => null,
        };
        arguments.Prepared = decoding;
        return decoding is null
            ? "Unexpected input code type. Allowed value are 'ascii', 'utf8', 'utf8s', 'utf8p' and 'utf8ps'"
            : null;
    }

    private static bool Escape(SampleSource source, Arguments arguments, ref Sample sample)
    {
        Decoding decoding = (Decoding)arguments.Prepared!;
        ReadOnlySpan<byte> rest = sample.Bytes;
        ByteWriter writer = new(source.Scratch.Take(rest));
        while (!rest.IsEmpty)
        {
            uint code = rest[0];
            int length = 1;
            bool isValid = true;
            if (decoding != Decoding.Ascii) isValid = TryDecode(rest, (decoding & Decoding.Permissive) != 0, out code, out length);
            rest = rest[length..];
            if (!isValid && (decoding & Decoding.Silent) == 0) return false;
            if (isValid && !TryWrite(ref writer, code)) return false;
        }

        sample.SetString(writer.Written);
        return true;
    }

    /// <summary>One character of UTF-8 that JSON can hold in four hexadecimal digits.</summary>
    /// <param name="length">Bytes of it, or of what is no character; at least 1.</param>
    private static bool TryDecode(ReadOnlySpan<byte> text, bool isPermissive, out uint code, out int length)
    {
        code = text[0];
        length = 1;
        if (code < 0x80) return true;
        int wanted = code switch { < 0xC0 => 0, < 0xE0 => 2, < 0xF0 => 3, < 0xF8 => 4, < 0xFC => 5, < 0xFE => 6, _ => 0 };
        while (length < Math.Max(1, wanted) && length < text.Length && (text[length] & 0xC0) == 0x80) length++;
        if (wanted == 0 || length < wanted) return false;
        code &= 0x7Fu >> wanted;
        foreach (byte next in text[1..wanted]) code = (code << 6) | (next & 0x3Fu);
        uint smallest = wanted switch { 2 => 0x80, 3 => 0x800, _ => 0x10000 };
        bool isOverlong = code < smallest;
        return code is <= 0xFFFD and not (>= 0xD800 and <= 0xDFFF) && (isPermissive || !isOverlong);
    }

    private static bool TryWrite(ref ByteWriter writer, uint code)
    {
        int escape = code < 0x80 ? "\"\\/\b\f\n\r\t"u8.IndexOf((byte)code) : -1;
        if (escape >= 0) return writer.TryWrite((byte)'\\') && writer.TryWrite("\"\\/bfnrt"u8[escape]);
        if (code < 0x80 && Ascii.IsPrintable((byte)code)) return writer.TryWrite((byte)code);
        ReadOnlySpan<byte> digits = "0123456789abcdef"u8;
        return writer.TryWrite("\\u"u8)
            && writer.TryWrite(digits[(int)(code >> 12) & 15])
            && writer.TryWrite(digits[(int)(code >> 8) & 15])
            && writer.TryWrite(digits[(int)(code >> 4) & 15])
            && writer.TryWrite(digits[(int)code & 15]);
    }
}
