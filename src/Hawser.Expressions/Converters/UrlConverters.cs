using System;
using Hawser.Base.Bytes;
using Hawser.Expressions.Compilation;
using Hawser.Expressions.Samples;
using Ascii = Hawser.Base.Bytes.Ascii;

namespace Hawser.Expressions.Converters;

/// <summary>Percent-encoding, host names and ports.</summary>
public static class UrlConverters
{
    public static ConverterRow[] Rows { get; } =
    [
        new("url_dec", ArgumentSignature.Optional(ArgumentType.Integer), SampleType.String, SampleType.String, Decode, "1.6", "without percent-encoding"),
        new("url_enc", ArgumentSignature.Optional(ArgumentType.Text), SampleType.String, SampleType.String, Encode, "2.4", "percent-encoded for a query")
        {
            Prepare = static (arguments, _) => !arguments.Has(0) || arguments.Text(0).SequenceEqual("query"u8)
                ? null
                : "Unexpected encode type. Allowed value is 'query'",
        },
        new("host_only", ArgumentSignature.None, SampleType.String, SampleType.String, HostOnly, "2.7", "a Host value without its port, in lower case"),
        new("port_only", ArgumentSignature.None, SampleType.String, SampleType.Integer, PortOnly, "2.7", "the port of a Host value; 0 without one"),
        new("reverse_dom", ArgumentSignature.None, SampleType.String, SampleType.String, ReverseLabels, "3.5", "a host name with its labels from last to first"),
    ];

    /// <summary>
    /// A plus is a space in a form (an argument that is not 0) and behind the first question mark. The text ends where
    /// a NUL byte comes out, as in HAProxy. A percent sign without two digits is no value.
    /// </summary>
    private static bool Decode(SampleSource source, Arguments arguments, ref Sample sample)
    {
        ReadOnlySpan<byte> text = sample.Bytes;
        ByteWriter writer = new(source.Scratch.Take(text));
        bool isForm = arguments.Integer(0) != 0;
        for (int index = 0; index < text.Length; index++)
        {
            byte value = text[index];
            if (value == '+' && isForm)
            {
                value = (byte)' ';
            }
            else if (value == '?')
            {
                isForm = true;
            }
            else if (value == '%')
            {
                bool isEncoded = index + 2 < text.Length
                    && Ascii.TryHexValue(text[index + 1], out int _)
                    && Ascii.TryHexValue(text[index + 2], out int _);
                if (!isEncoded) return false;
                _ = Ascii.TryParseHex(text.Slice(index + 1, 2), out ulong code);
                value = (byte)code;
                index += 2;
            }

            if (!writer.TryWrite(value)) return false;
        }

        int end = writer.Written.IndexOf((byte)0);
        sample.SetString(end < 0 ? writer.Written : writer.Written[..end]);
        return true;
    }

    /// <summary>All but the unreserved characters of RFC 3986 section 2.3.</summary>
    private static bool Encode(SampleSource source, Arguments arguments, ref Sample sample)
    {
        ByteWriter writer = new(source.Scratch.Take(sample.Bytes));
        ReadOnlySpan<byte> digits = "0123456789ABCDEF"u8;
        foreach (byte value in sample.Bytes)
        {
            bool fits = Ascii.IsAlphaNumeric(value) || value is (byte)'-' or (byte)'.' or (byte)'_' or (byte)'~'
                ? writer.TryWrite(value)
                : writer.RoomBytes >= 3
                    && writer.TryWrite((byte)'%') && writer.TryWrite(digits[value >> 4]) && writer.TryWrite(digits[value & 15]);
            if (!fits) return false;
        }

        sample.SetString(writer.Written);
        return true;
    }

    private static bool HostOnly(SampleSource source, Arguments arguments, ref Sample sample)
    {
        ReadOnlySpan<byte> host = sample.Bytes[..HostLength(sample.Bytes)];
        Span<byte> result = source.Scratch.Take(host);
        int length = Math.Min(host.Length, result.Length);
        for (int index = 0; index < length; index++) result[index] = Ascii.ToLower(host[index]);
        sample.SetString(result[..length]);
        return true;
    }

    private static bool PortOnly(SampleSource source, Arguments arguments, ref Sample sample)
    {
        int hostLength = HostLength(sample.Bytes);
        ReadOnlySpan<byte> digits = hostLength == sample.Bytes.Length ? default : sample.Bytes[(hostLength + 1)..];

        // HAProxy takes every byte for a digit here, modulo 2^32.
        uint port = 0;
        foreach (byte digit in digits) port = unchecked((port * 10) + digit - '0');
        sample.SetInteger(port);
        return true;
    }

    /// <summary>Up to the last colon, unless that one belongs to an address in brackets.</summary>
    private static int HostLength(ReadOnlySpan<byte> text)
    {
        int colon = text.LastIndexOf((byte)':');
        return colon < 0 || text.LastIndexOf((byte)']') > colon ? text.Length : colon;
    }

    /// <summary>One dot at the end is ignored; an empty label is no value.</summary>
    private static bool ReverseLabels(SampleSource source, Arguments arguments, ref Sample sample)
    {
        ReadOnlySpan<byte> rest = sample.Bytes;
        if (rest.EndsWith("."u8)) rest = rest[..^1];
        ByteWriter writer = new(source.Scratch.Take(rest));
        while (true)
        {
            int dot = rest.LastIndexOf((byte)'.');
            ReadOnlySpan<byte> label = rest[(dot + 1)..];
            if (label.IsEmpty || !writer.TryWrite(label)) return false;
            if (dot < 0) break;
            if (!writer.TryWrite((byte)'.')) return false;
            rest = rest[..dot];
        }

        sample.SetString(writer.Written);
        return true;
    }
}
