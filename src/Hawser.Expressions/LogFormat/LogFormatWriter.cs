using System;
using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Runtime.CompilerServices;
using Hawser.Base.Network;
using Hawser.Expressions.Samples;

namespace Hawser.Expressions.LogFormat;

/// <summary>
/// Where a compiled format writes to: a span that is never overrun. As in HAProxy, plain text and what a client has asked for
/// are cut off where they do not fit; a number, a date or another quoted text is left out; nothing more is written after that. The Write methods apply the current item's flags; each value is written by exactly one of them.
/// </summary>
public ref struct LogFormatWriter
{
    // Major types of CBOR.
    private const byte CborUnsigned = 0;
    private const byte CborNegative = 1;
    private const byte CborBytes = 2;
    private const byte CborText = 3;

    private static readonly SearchValues<byte> s_controls = SearchValues.Create(
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 127]);

    private readonly Span<byte> _buffer;
    private readonly LogFormatUse _use;
    private bool _lastWasSeparator;

    internal LogFormatWriter(Span<byte> buffer, LogFormatUse use)
    {
        _use = use;
        _buffer = buffer;

        // A line never starts with a separator.
        _lastWasSeparator = true;
    }

    /// <summary>Bytes written.</summary>
    public int Length { readonly get; private set; }

    /// <summary>Whether something was cut off.</summary>
    public bool IsFull { readonly get; private set; }

    internal LogFormatFlags Flags { readonly get; set; }

    internal ForcedType Type { readonly get; set; }

    private readonly int Room => IsFull ? 0 : _buffer.Length - Length;

    private readonly bool IsJson => (Flags & LogFormatFlags.Json) != 0;

    private readonly bool IsCbor => (Flags & LogFormatFlags.Cbor) != 0;

    private readonly bool IsBinary => (Flags & LogFormatFlags.Binary) != 0;

    private readonly bool IsQuoted => (Flags & LogFormatFlags.Quote) != 0;

    private readonly bool IsHexadecimal => (Flags & LogFormatFlags.Hexadecimal) != 0;

    /// <summary>A name, or other text from outside; empty text is an absent value.</summary>
    public void WriteText(scoped ReadOnlySpan<byte> text)
    {
        if (IsCbor)
        {
            if (text.IsEmpty) WriteCborMark(CborMark.Null);
            else WriteCborString(CborText, text);
            return;
        }

        bool isEscaped = IsJson || (Flags & LogFormatFlags.Escape) != 0;
        ReadOnlySpan<byte> special = !isEscaped ? default : IsJson ? "\"\\"u8 : "\"\\]"u8;
        if (IsJson || IsQuoted)
        {
            // Quotes always come in pairs: text between them is not cut but left out.
            if (EscapedLength(text, special) + 2 > Room)
            {
                IsFull = true;
                return;
            }

            WriteByte((byte)'"');
            WriteEscaped(text, special);
            WriteByte((byte)'"');
        }
        else if (text.IsEmpty)
        {
            if (_use == LogFormatUse.Line) WriteByte((byte)'-');
        }
        else if (isEscaped)
        {
            WriteEscaped(text, special);
        }
        else
        {
            WriteLiteral(text);
        }
    }

    /// <summary>
    /// Text of which a part is worth more than nothing (a request line, captures): cut off within its quotes, which then stay
    /// open.
    /// </summary>
    public void WriteAsFits(scoped ReadOnlySpan<byte> text)
    {
        if (IsCbor || !(IsJson || IsQuoted))
        {
            WriteText(text);
            return;
        }

        WriteByte((byte)'"');
        bool isEscaped = IsJson || (Flags & LogFormatFlags.Escape) != 0;
        if (isEscaped) WriteEscaped(text, IsJson ? "\"\\"u8 : "\"\\]"u8);
        else WriteLiteral(text);
        WriteByte((byte)'"');
    }

    /// <summary>A value that does not exist for this session: a dash, or an empty string between quotes.</summary>
    public void WriteAbsent() => WriteText(default);

    /// <summary>A part of a text that may be empty, and then is nothing at all rather than a dash.</summary>
    public void WritePart(scoped ReadOnlySpan<byte> text)
    {
        if (!text.IsEmpty || IsQuoted || WritesDashes) WriteAsFits(text);
    }

    /// <summary>A list without elements: no text at all, JSON's null.</summary>
    public void WriteEmptyList()
    {
        if (IsCbor) WriteCborMark(CborMark.Null);
        else if (IsJson) WriteWhole("null"u8);
    }

    /// <summary>An empty element of a list is a dash even where empty text is none; not between quotes that were asked for.</summary>
    public readonly bool WritesDashes => (IsJson && !IsQuoted) || IsCbor;

    /// <summary>Elements follow, each after <see cref="NextInList"/>, and <see cref="EndList"/>.</summary>
    public void BeginList()
    {
        if (IsCbor) WriteCborMark(CborMark.List);
        else if (IsJson) WriteWhole("["u8);
    }

    public void NextInList(bool isFirst)
    {
        if (isFirst || IsCbor) return;
        WriteWhole(IsJson ? ", "u8 : " "u8);
    }

    public void EndList()
    {
        if (IsCbor) WriteCborMark(CborMark.End);
        else if (IsJson) WriteWhole("]"u8);
    }

    /// <summary>Text of a fixed form (a date, a state), which Q and E leave alone.</summary>
    public void WriteFixed(scoped ReadOnlySpan<byte> text)
    {
        if (IsJson || IsCbor) WriteText(text);
        else WriteWhole(text);
    }

    [SkipLocalsInit]
    public void WriteNumber(long value)
    {
        if (IsCbor)
        {
            if (Type == ForcedType.Boolean) WriteCborMark(value != 0 ? CborMark.True : CborMark.False);
            else WriteCborNumber(value);
            return;
        }

        if (IsJson && Type == ForcedType.Boolean)
        {
            WriteWhole(value != 0 ? "true"u8 : "false"u8);
            return;
        }

        Span<byte> digits = stackalloc byte[20];
        _ = Utf8Formatter.TryFormat(value, digits, out int count);
        WriteDigits(digits[..count], Type == ForcedType.String);
    }

    /// <summary>
    /// A number that HAProxy marks with a plus sign when it is not the final one, or not the first server's. JSON has
    /// numbers only.
    /// </summary>
    public void WriteMarkedNumber(long value, bool isMarked)
    {
        if (isMarked && !IsJson && !IsCbor) WriteByte((byte)'+');
        WriteNumber(value);
    }

    /// <summary>A number that X turns to hexadecimal, with at least so many digits.</summary>
    public void WriteIdentifier(uint value, int minimumHexDigits)
    {
        if (!IsHexadecimal)
        {
            WriteNumber(value);
            return;
        }

        Span<byte> digits = stackalloc byte[8];
        _ = Utf8Formatter.TryFormat(value, digits, out int count, new('X', (byte)minimumHexDigits));
        WriteDigits(digits[..count], asText: true);
    }

    /// <summary>The milliseconds of a second: three digits, or two or more hexadecimal ones.</summary>
    public void WriteMillisecondOfSecond(int value)
    {
        if (IsHexadecimal || IsJson || IsCbor)
        {
            WriteIdentifier((uint)value, 2);
            return;
        }

        Span<byte> digits = stackalloc byte[3];
        _ = Utf8Formatter.TryFormat(value, digits, out int count, new('D', 3));
        WriteDigits(digits[..count], asText: false);
    }

    /// <summary>An address without its port.</summary>
    [SkipLocalsInit]
    public void WriteAddress(in NetworkAddress address)
    {
        Span<byte> text = stackalloc byte[NetworkAddress.MaxTextBytes];
        if (address.Family == AddressFamily.Unspecified)
        {
            WriteAbsent();
        }
        else if (IsHexadecimal && address.IsInternet)
        {
            ReadOnlySpan<byte> bytes = address.AddressBytes;
            for (int i = 0; i < bytes.Length; i++)
                _ = Utf8Formatter.TryFormat(bytes[i], text[(2 * i)..], out _, new('X', 2));
            WriteFixed(text[..(2 * bytes.Length)]);
        }
        else
        {
            _ = address.TryFormatAddress(text, out int length);
            WriteText(text[..length]);
        }
    }

    /// <summary>A port, or what stands for it with a UNIX socket: the listener's id.</summary>
    public void WritePort(in NetworkAddress address)
    {
        if (address.Family == AddressFamily.Unspecified) WriteAbsent();
        else WriteIdentifier(address.IsUnix ? address.UnixListenerId : address.Port, 4);
    }

    [SkipLocalsInit]
    internal void WriteSample(in Sample sample)
    {
        Span<byte> text = stackalloc byte[NetworkAddress.MaxTextBytes];
        int length;
        if (_use == LogFormatUse.Field && !IsJson && !IsCbor)
        {
            WriteInField(in sample);
            return;
        }

        switch (sample.Type)
        {
            case SampleType.Binary:
                WriteBinary(sample.Bytes);
                return;
            case SampleType.String or SampleType.Method:
                // What comes from a stranger may have a zero byte: as in HAProxy, the text ends there.
                int end = sample.Bytes.IndexOf((byte)0);
                WriteText(end < 0 ? sample.Bytes : sample.Bytes[..end]);
                return;
            case SampleType.IPv4 or SampleType.IPv6:
                _ = sample.Address.TryFormatAddress(text, out length);
                WriteText(text[..length]);
                return;
            case SampleType.Boolean when IsCbor && Type is ForcedType.None or ForcedType.Boolean:
                WriteCborMark(sample.Integer != 0 ? CborMark.True : CborMark.False);
                return;
            case SampleType.Boolean when IsJson && Type is ForcedType.None or ForcedType.Boolean:
                WriteWhole(sample.Integer != 0 ? "true"u8 : "false"u8);
                return;
            default:
                if (IsJson || IsCbor)
                {
                    WriteNumber(sample.Integer);
                    return;
                }

                _ = Utf8Formatter.TryFormat(sample.Integer, text, out length);
                WriteText(text[..length]);
                return;
        }
    }

    internal void WriteMissingSample()
    {
        if (_use != LogFormatUse.Field || IsJson || IsCbor) WriteAbsent();
    }

    private void WriteInField(in Sample sample)
    {
        Span<byte> text = stackalloc byte[NetworkAddress.MaxTextBytes];
        int length;
        if (sample.IsBytes)
        {
            WriteEncoded(sample.Bytes);
            return;
        }

        if (sample.IsAddress) _ = sample.Address.TryFormatAddress(text, out length);
        else _ = Utf8Formatter.TryFormat(sample.Integer, text, out length);
        WriteLiteral(text[..length]);
    }

    /// <summary>Control characters but the tab as percent and two digits.</summary>
    private void WriteEncoded(scoped ReadOnlySpan<byte> text)
    {
        while (!text.IsEmpty && !IsFull)
        {
            int plain = text.IndexOfAny(s_controls);
            if (plain < 0) plain = text.Length;
            WriteLiteral(text[..plain]);
            if (plain == text.Length) return;
            Span<byte> digits = [(byte)'%', 0, 0];
            _ = Utf8Formatter.TryFormat(text[plain], digits[1..], out _, new('X', 2));
            WriteWhole(digits);
            text = text[(plain + 1)..];
        }
    }

    internal void WriteSeparator()
    {
        if (_lastWasSeparator) return;
        WriteByte((byte)' ');
        _lastWasSeparator = true;
    }

    /// <summary>Cut off where it does not fit.</summary>
    internal void WriteLiteral(scoped ReadOnlySpan<byte> text)
    {
        if (text.Length <= Room)
        {
            WriteWhole(text);
        }
        else
        {
            WriteWhole(text[..Room]);
            IsFull = true;
        }
    }

    /// <summary>Bytes of any value: as text they end before the first zero, unless they are to be kept.</summary>
    private void WriteBinary(scoped ReadOnlySpan<byte> bytes)
    {
        if (IsCbor)
        {
            if (bytes.IsEmpty)
            {
                WriteCborMark(CborMark.Null);
                return;
            }

            WriteCborMark(CborMark.Bytes);
            WriteCborString(CborBytes, bytes);
            WriteCborMark(CborMark.End);
            return;
        }

        if (!IsBinary)
        {
            int end = bytes.IndexOf((byte)0);
            WriteText(end < 0 ? bytes : bytes[..end]);
        }
        else if (IsJson || (Flags & LogFormatFlags.Escape) != 0)
        {
            WriteEscaped(bytes, IsJson ? "\"\\"u8 : "\"\\]"u8);
        }
        else
        {
            WriteLiteral(bytes);
        }
    }

    internal void WriteCborMark(CborMark mark) => WriteCbor([(byte)mark]);

    private void WriteCborNumber(long value)
    {
        if (value >= 0) WriteCborHead(CborUnsigned, (ulong)value);
        else WriteCborHead(CborNegative, (ulong)(-1 - value));
    }

    private void WriteCborString(byte majorType, scoped ReadOnlySpan<byte> bytes)
    {
        WriteCborHead(majorType, (ulong)bytes.Length);
        WriteCbor(bytes);
    }

    /// <summary>A major type and its number, as short as it can be (RFC 8949, section 3).</summary>
    private void WriteCborHead(byte majorType, ulong number)
    {
        Span<byte> head = stackalloc byte[9];
        BinaryPrimitives.WriteUInt64BigEndian(head[1..], number);
        (int bytes, byte information) = number switch
        {
            < 24 => (0, (byte)number),
            <= byte.MaxValue => (1, (byte)24),
            <= ushort.MaxValue => (2, (byte)25),
            <= uint.MaxValue => (4, (byte)26),
            _ => (8, (byte)27),
        };
        head = head[(8 - bytes)..];
        head[0] = (byte)((majorType << 5) | information);
        WriteCbor(head);
    }

    /// <summary>As it is, or two hexadecimal digits for each byte.</summary>
    private void WriteCbor(scoped ReadOnlySpan<byte> bytes)
    {
        if (IsBinary)
        {
            WriteWhole(bytes);
            return;
        }

        ReadOnlySpan<byte> digits = "0123456789ABCDEF"u8;
        foreach (byte value in bytes) WriteWhole([digits[value >> 4], digits[value & 15]]);
    }

    private void WriteDigits(scoped ReadOnlySpan<byte> digits, bool asText)
    {
        if ((IsJson || IsCbor) && asText) WriteText(digits);
        else WriteWhole(digits);
    }

    private static int EscapedLength(ReadOnlySpan<byte> text, ReadOnlySpan<byte> special)
    {
        int length = text.Length;
        int first = text.IndexOfAny(special);
        if (first < 0) return length;
        foreach (byte value in text[first..])
        {
            if (special.Contains(value)) length++;
        }

        return length;
    }

    /// <summary>Cut off before the first byte that does not fit with its backslash.</summary>
    private void WriteEscaped(scoped ReadOnlySpan<byte> text, ReadOnlySpan<byte> special)
    {
        if (text.Length <= Room && text.IndexOfAny(special) < 0)
        {
            WriteWhole(text);
            return;
        }

        foreach (byte value in text)
        {
            if (special.Contains(value)) WriteWhole([(byte)'\\', value]);
            else WriteByte(value);
            if (IsFull) return;
        }
    }

    private void WriteByte(byte value) => WriteWhole([value]);

    /// <summary>Everything or, when it does not fit, nothing.</summary>
    private void WriteWhole(scoped ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty || IsFull) return;
        if (bytes.Length > Room)
        {
            IsFull = true;
            return;
        }

        bytes.CopyTo(_buffer[Length..]);
        Length += bytes.Length;
        _lastWasSeparator = false;
    }
}
