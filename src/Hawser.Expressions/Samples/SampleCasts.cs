using System;
using System.Buffers.Binary;
using System.Buffers.Text;
using Hawser.Base.Network;
using Ascii = Hawser.Base.Bytes.Ascii;

namespace Hawser.Expressions.Samples;

/// <summary>
/// The conversions between types that happen by themselves between a fetch, its converters and who uses the result.
/// The matrix and the rules of each cast were taken from haproxy 3.5's answers.
/// </summary>
public static class SampleCasts
{
    /// <summary>Whether a sample declared as <paramref name="from"/> can be used where <paramref name="to"/> is wanted.</summary>
    public static bool IsPossible(SampleType from, SampleType to)
    {
        if (from == to || from is SampleType.Any || to is SampleType.Any or SampleType.Same) return true;
        return to switch
        {
            SampleType.Boolean => from is SampleType.Integer or SampleType.String,
            SampleType.Integer => from is SampleType.Boolean or SampleType.IPv4 or SampleType.String,
            SampleType.Address or SampleType.IPv4 or SampleType.IPv6 =>
                from is SampleType.Integer or SampleType.Address or SampleType.IPv4 or SampleType.IPv6 or SampleType.String,
            SampleType.Method => from is SampleType.String or SampleType.Binary,
            _ => true,
        };
    }

    /// <summary>Makes the sample one of type <paramref name="to"/>.</summary>
    /// <returns>False when this value has no such form; the expression then has no value.</returns>
    public static bool TryCast(ref Sample sample, SampleType to, Scratch scratch)
    {
        if (sample.Type == to || to is SampleType.Any or SampleType.Same) return true;
        return to switch
        {
            SampleType.Boolean => TryBoolean(ref sample),
            SampleType.Integer => TryInteger(ref sample),
            SampleType.Address or SampleType.IPv4 or SampleType.IPv6 => TryAddress(ref sample, to),
            SampleType.Binary => TryBinary(ref sample, scratch),
            SampleType.Method => TryMethod(ref sample),
            _ => TryString(ref sample, scratch),
        };
    }

    private static bool TryBoolean(ref Sample sample)
    {
        switch (sample.Type)
        {
            case SampleType.Integer:
                sample.SetBoolean(sample.Integer != 0);
                return true;
            case SampleType.String when TryParseInteger(sample.Bytes, out long value):
                sample.SetBoolean(value != 0);
                return true;
            default:
                return false;
        }
    }

    private static bool TryInteger(ref Sample sample)
    {
        switch (sample.Type)
        {
            case SampleType.Boolean:
                sample.SetInteger(sample.Integer);
                return true;
            case SampleType.IPv4:
                sample.SetInteger(sample.Address.IPv4Value);
                return true;
            case SampleType.String when TryParseInteger(sample.Bytes, out long value):
                sample.SetInteger(value);
                return true;
            default:
                return false;
        }
    }

    private static bool TryAddress(ref Sample sample, SampleType to)
    {
        switch (sample.Type)
        {
            case SampleType.Integer:
                sample.SetAddress(NetworkAddress.FromIPv4(unchecked((uint)sample.Integer), 0));
                break;
            case SampleType.String:
                if (!TryParseAddress(sample.Bytes, out NetworkAddress address)) return false;
                sample.SetAddress(in address);
                break;
            case SampleType.IPv4 or SampleType.IPv6:
                break;
            default:
                return false;
        }

        if (to == SampleType.IPv6)
        {
            sample.SetAddress(sample.Address.ToIPv6());
        }
        else if (to == SampleType.IPv4 && sample.Type == SampleType.IPv6)
        {
            if (!sample.Address.TryToIPv4(out NetworkAddress shorter)) return false;
            sample.SetAddress(in shorter);
        }

        return true;
    }

    private static bool TryBinary(ref Sample sample, Scratch scratch)
    {
        switch (sample.Type)
        {
            case SampleType.Boolean or SampleType.Integer:
                Span<byte> number = scratch.Take(default)[..sizeof(long)];
                BinaryPrimitives.WriteInt64BigEndian(number, sample.Integer);
                sample.SetBinary(number);
                return true;
            case SampleType.IPv4 or SampleType.IPv6:
                NetworkAddress address = sample.Address;
                Span<byte> bytes = scratch.Take(default)[..address.AddressBytes.Length];
                address.AddressBytes.CopyTo(bytes);
                sample.SetBinary(bytes);
                return true;
            default:
                sample.SetBinary(sample.Bytes);
                return true;
        }
    }

    private static bool TryMethod(ref Sample sample)
    {
        if (!sample.IsBytes) return false;
        sample.SetMethod(sample.Bytes);
        return true;
    }

    private static bool TryString(ref Sample sample, Scratch scratch)
    {
        switch (sample.Type)
        {
            case SampleType.Boolean or SampleType.Integer:
                Span<byte> digits = scratch.Take(default);
                if (!Utf8Formatter.TryFormat(sample.Integer, digits, out int count)) return false;
                sample.SetString(digits[..count]);
                return true;
            case SampleType.IPv4 or SampleType.IPv6:
                Span<byte> text = scratch.Take(default);
                if (!sample.Address.TryFormatAddress(text, out int length)) return false;
                sample.SetString(text[..length]);
                return true;
            case SampleType.Binary:
                int end = sample.Bytes.IndexOf((byte)0);
                sample.SetString(end < 0 ? sample.Bytes : sample.Bytes[..end]);
                return true;
            default:
                sample.SetString(sample.Bytes);
                return true;
        }
    }

    /// <summary>
    /// A sign, then the digits there are; what follows is ignored, and too large a number becomes the largest. Text
    /// without digits is 0; no text is no number.
    /// </summary>
    public static bool TryParseInteger(ReadOnlySpan<byte> text, out long value)
    {
        value = 0;
        if (text.IsEmpty) return false;
        bool isNegative = text[0] == '-';
        if (text[0] is (byte)'-' or (byte)'+') text = text[1..];
        foreach (byte digit in text)
        {
            if (!Ascii.IsDigit(digit)) break;
            int number = digit - '0';
            bool fits = isNegative ? value >= (long.MinValue + number) / 10 : value <= (long.MaxValue - number) / 10;
            if (!fits)
            {
                value = isNegative ? long.MinValue : long.MaxValue;
                break;
            }

            value = (value * 10) + (isNegative ? -number : number);
        }

        return true;
    }

    /// <summary>An IPv6 address as a whole, or an IPv4 address with whatever follows it, such as a port.</summary>
    public static bool TryParseAddress(ReadOnlySpan<byte> text, out NetworkAddress address)
    {
        if (NetworkAddress.TryParse(text, out address)) return true;
        int end = 0;
        while (end < text.Length && (Ascii.IsDigit(text[end]) || text[end] == '.')) end++;
        return end < text.Length && NetworkAddress.TryParse(text[..end], out address);
    }
}
