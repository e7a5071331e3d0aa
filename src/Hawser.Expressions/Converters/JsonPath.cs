using System;
using System.Buffers.Text;
using System.Collections.Generic;
using System.Globalization;
using Hawser.Expressions.Samples;
using Ascii = Hawser.Base.Bytes.Ascii;

namespace Hawser.Expressions.Converters;

/// <summary>
/// The way to one value in a JSON text: <c>$.name[2].name</c>, with a backslash before a dot or bracket that belongs to
/// a name. Immutable.
/// </summary>
internal sealed class JsonPath
{
    /// <summary>Numbers of JSON that fit every reader (RFC 8259 section 6).</summary>
    private const long LargestInteger = (1L << 53) - 1;

    private readonly Step[] _steps;
    private readonly bool _wantsInteger;
    private readonly bool _isValid;

    private JsonPath(Step[] steps, bool wantsInteger, bool isValid)
    {
        _steps = steps;
        _wantsInteger = wantsInteger;
        _isValid = isValid;
    }

    /// <summary>A member, or with no name an element.</summary>
    private readonly record struct Step(byte[]? Name, int Index);

    /// <summary>A path that makes no sense is one that leads nowhere, as in HAProxy.</summary>
    public static JsonPath Parse(ReadOnlySpan<byte> text, bool wantsInteger)
    {
        List<Step> steps = [];
        bool isValid = text.StartsWith("$"u8);
        ReadOnlySpan<byte> rest = isValid ? text[1..] : default;
        while (isValid && !rest.IsEmpty)
        {
            if (rest[0] == '.')
            {
                rest = rest[1..];
                steps.Add(new Step(TakeName(ref rest), 0));
            }
            else
            {
                int end = rest.IndexOf((byte)']');
                isValid = rest[0] == '[' && end >= 0;
                if (!isValid) break;
                _ = Utf8Parser.TryParse(rest[1..end], out int index, out _);
                isValid = index >= 0 && (end == 1 || Ascii.IsDigit(rest[1]));
                steps.Add(new Step(null, index));
                rest = rest[(end + 1)..];
            }
        }

        return new JsonPath([.. steps], wantsInteger, isValid);
    }

    /// <summary>
    /// Sets the sample to the value: text, a number's text (or an integer, if asked for), a boolean, or an array's JSON.
    /// </summary>
    /// <param name="room">For what has to be written.</param>
    /// <returns>False for no such value, for null and for an object.</returns>
    public bool TryEvaluate(ReadOnlySpan<byte> json, Span<byte> room, ref Sample sample)
    {
        if (!_isValid) return false;
        JsonCursor cursor = new(json);
        foreach (ref readonly Step step in _steps.AsSpan())
        {
            if (step.Name is { } name ? !cursor.TryEnterMember(name) : !cursor.TryEnterElement(step.Index)) return false;
        }

        JsonKind kind = cursor.Kind;
        if (kind is JsonKind.None or JsonKind.Null or JsonKind.Object || !cursor.TryReadRaw(out ReadOnlySpan<byte> value))
            return false;
        switch (kind)
        {
            case JsonKind.True or JsonKind.False:
                sample.SetBoolean(kind == JsonKind.True);
                return true;
            case JsonKind.Array:
                sample.SetString(value);
                return true;
            case JsonKind.Number:
                return _wantsInteger ? TryInteger(value, ref sample) : TryNumber(value, room, ref sample);
            default:
                return TryText(value, room, ref sample);
        }
    }

    private static byte[] TakeName(ref ReadOnlySpan<byte> rest)
    {
        List<byte> name = [];
        int at = 0;
        for (; at < rest.Length && rest[at] is not ((byte)'.' or (byte)'['); at++)
        {
            if (rest[at] == '\\' && at + 1 < rest.Length) at++;
            name.Add(rest[at]);
        }

        rest = rest[at..];
        return [.. name];
    }

    /// <summary>The digits it starts with, as HAProxy reads it: 1e3 is 1.</summary>
    private static bool TryInteger(ReadOnlySpan<byte> value, ref Sample sample)
    {
        _ = SampleCasts.TryParseInteger(value, out long integer);
        sample.SetInteger(integer);
        return integer is >= -LargestInteger and <= LargestInteger;
    }

    /// <summary>With six significant digits, as printf(3)'s %g writes it.</summary>
    private static bool TryNumber(ReadOnlySpan<byte> value, Span<byte> room, ref Sample sample)
    {
        _ = Utf8Parser.TryParse(value, out double number, out _);
        bool fits = number.TryFormat(room, out int length, "g6", CultureInfo.InvariantCulture);
        sample.SetString(room[..length]);
        return fits;
    }

    /// <summary>Without its escapes. HAProxy knows \u00xx, a byte, but no other \u, and no escaped slash.</summary>
    private static bool TryText(ReadOnlySpan<byte> value, Span<byte> room, ref Sample sample)
    {
        sample.SetString(value);
        if (!value.Contains((byte)'\\')) return true;
        int length = 0;
        for (int at = 0; at < value.Length; at++)
        {
            byte character = value[at];
            if (character == '\\')
            {
                if (++at == value.Length) return false;
                if (value[at] == 'u')
                {
                    if (value.Length - at < 5 || !value[(at + 1)..].StartsWith("00"u8)) return false;
                    if (!Ascii.TryParseHex(value.Slice(at + 3, 2), out ulong code)) return false;
                    character = (byte)code;
                    at += 4;
                }
                else
                {
                    int known = "\"\\bfnrt"u8.IndexOf(value[at]);
                    if (known < 0) return false;
                    character = "\"\\\b\f\n\r\t"u8[known];
                }
            }

            if (length == room.Length) return false;
            room[length++] = character;
        }

        sample.SetString(room[..length]);
        return true;
    }
}
