using System;
using Hawser.Base.Bytes;

namespace Hawser.Protocols.Http;

/// <summary>
/// The normalizers of "http-request normalize-uri" (manual, section 4.4; RFC 3986 section 6.2). Each reads one text and
/// writes another: they know nothing of messages. A path is what is in front of the question mark, and may contain a
/// fragment where that was accepted.
/// </summary>
public static class UriNormalizers
{
    private const int ParametersMaximum = 512;

    /// <summary>What a normalizer says when a text is not in order ("strict").</summary>
    public const int Invalid = -1;

    /// <summary>What a normalizer says when the result does not fit.</summary>
    public const int NoRoom = -2;

    /// <param name="text">What is to be normalized.</param>
    /// <param name="output">Where the result goes; longer than the text by a byte at least.</param>
    /// <returns>Bytes written, <see cref="Invalid"/> or <see cref="NoRoom"/>.</returns>
    public delegate int Normalizer(ReadOnlySpan<byte> text, Span<byte> output);

    /// <summary>"fragment-encode": each "#" becomes "%23".</summary>
    /// <param name="text">Path and query.</param>
    public static int EncodeFragment(ReadOnlySpan<byte> text, Span<byte> output)
    {
        Output result = new(output);
        foreach (byte value in text)
        {
            if (value == '#') result.Write("%23"u8);
            else result.Write(value);
        }

        return result.Length;
    }

    /// <summary>"fragment-strip": "#" and all behind it go.</summary>
    /// <param name="text">Path and query.</param>
    public static int StripFragment(ReadOnlySpan<byte> text, Span<byte> output)
    {
        int hash = text.IndexOf((byte)'#');
        Output result = new(output);
        result.Write(hash < 0 ? text : text[..hash]);
        return result.Length;
    }

    /// <summary>"path-merge-slashes".</summary>
    public static int MergeSlashes(ReadOnlySpan<byte> path, Span<byte> output)
    {
        Output result = new(output);
        for (int at = 0; at < path.Length; at++)
        {
            if (path[at] != '/' || at == 0 || path[at - 1] != '/') result.Write(path[at]);
        }

        return result.Length;
    }

    /// <summary>"path-strip-dot": segments that are "." go, a leading one with its slash.</summary>
    public static int StripDot(ReadOnlySpan<byte> path, Span<byte> output)
    {
        Output result = new(output);
        int at = 0;
        while (at < path.Length)
        {
            int length = SegmentLength(path[at..]);
            bool isLast = at + length == path.Length;
            if (!path.Slice(at, length).SequenceEqual("."u8))
            {
                result.Write(path.Slice(at, length));
                if (!isLast) result.Write((byte)'/');
            }

            at += length + 1;
        }

        return result.Length;
    }

    /// <summary>"path-strip-dotdot": segments that are ".." go, each with the one in front of it.</summary>
    public static int StripDotDot(ReadOnlySpan<byte> path, Span<byte> output) => StripDotDot(path, output, isFull: false);

    /// <summary>"path-strip-dotdot full": those at the beginning go as well.</summary>
    public static int StripDotDotFully(ReadOnlySpan<byte> path, Span<byte> output) => StripDotDot(path, output, isFull: true);

    /// <summary>"percent-decode-unreserved": what need not be encoded is not.</summary>
    public static int DecodeUnreserved(ReadOnlySpan<byte> text, Span<byte> output) =>
        Percent(text, output, isStrict: false, decodes: true);

    /// <summary>"percent-decode-unreserved strict": other percent signs than those of an encoded byte are refused.</summary>
    public static int DecodeUnreservedStrictly(ReadOnlySpan<byte> text, Span<byte> output) =>
        Percent(text, output, isStrict: true, decodes: true);

    /// <summary>"percent-to-uppercase".</summary>
    public static int UpperPercent(ReadOnlySpan<byte> text, Span<byte> output) =>
        Percent(text, output, isStrict: false, decodes: false);

    /// <summary>"percent-to-uppercase strict".</summary>
    public static int UpperPercentStrictly(ReadOnlySpan<byte> text, Span<byte> output) =>
        Percent(text, output, isStrict: true, decodes: false);

    /// <summary>
    /// "query-sort-by-name": parameters of one name keep their order. More than 512 of them do not fit.
    /// </summary>
    /// <param name="query">Behind the question mark.</param>
    public static int SortByName(ReadOnlySpan<byte> query, Span<byte> output)
    {
        Span<TextSpan> parameters = stackalloc TextSpan[ParametersMaximum];
        int count = 0;
        int at = 0;
        while (at < query.Length)
        {
            int length = query[at..].IndexOf((byte)'&');
            if (length < 0) length = query.Length - at;
            if (count == ParametersMaximum) return NoRoom;
            TextSpan parameter = new(at, length);
            at += length + 1;
            // Few of them, and mostly sorted: each goes in front of those that are greater.
            int place = count++;
            while (place > 0 && CompareNames(query, parameters[place - 1], parameter) > 0)
            {
                parameters[place] = parameters[place - 1];
                place--;
            }

            parameters[place] = parameter;
        }

        Output result = new(output);
        for (int index = 0; index < count; index++)
        {
            if (index > 0) result.Write((byte)'&');
            result.Write(query.Slice(parameters[index].At, parameters[index].Length));
        }

        return result.Length;
    }

    private static int StripDotDot(ReadOnlySpan<byte> path, Span<byte> output, bool isFull)
    {
        if (!path.StartsWith("/"u8)) return Copy(path, output);
        if (output.Length <= path.Length) return NoRoom;
        // What is written so far ends with a slash in front of each segment.
        output[0] = (byte)'/';
        int written = 1;
        int at = 1;
        while (at <= path.Length)
        {
            int length = SegmentLength(path[at..]);
            bool isLast = at + length == path.Length;
            ReadOnlySpan<byte> segment = path.Slice(at, length);
            at += length + 1;
            bool isParent = segment.SequenceEqual(".."u8);
            if (isParent && written > 1 && !output[..written].EndsWith("/../"u8))
            {
                written = output[..(written - 1)].LastIndexOf((byte)'/') + 1;
                continue;
            }

            if (isParent && isFull) continue;
            segment.CopyTo(output[written..]);
            written += length;
            if (!isLast || isParent) output[written++] = (byte)'/';
        }

        return written;
    }

    private static int Copy(ReadOnlySpan<byte> text, Span<byte> output)
    {
        if (!text.TryCopyTo(output)) return NoRoom;
        return text.Length;
    }

    private static int Percent(ReadOnlySpan<byte> text, Span<byte> output, bool isStrict, bool decodes)
    {
        Output result = new(output);
        for (int at = 0; at < text.Length; at++)
        {
            if (text[at] != '%')
            {
                result.Write(text[at]);
                continue;
            }

            if (at + 2 >= text.Length || !Ascii.IsHexDigit(text[at + 1]) || !Ascii.IsHexDigit(text[at + 2]))
            {
                if (isStrict) return Invalid;
                result.Write(text[at]);
                continue;
            }

            Ascii.TryHexValue(text[at + 1], out int high);
            Ascii.TryHexValue(text[at + 2], out int low);
            byte value = (byte)((high << 4) | low);
            if (decodes && IsUnreserved(value))
            {
                result.Write(value);
            }
            else
            {
                result.Write((byte)'%');
                result.Write(decodes ? text[at + 1] : Ascii.ToUpper(text[at + 1]));
                result.Write(decodes ? text[at + 2] : Ascii.ToUpper(text[at + 2]));
            }

            at += 2;
        }

        return result.Length;
    }

    private static bool IsUnreserved(byte value) =>
        Ascii.IsAlphaNumeric(value) || value is (byte)'-' or (byte)'.' or (byte)'_' or (byte)'~';

    private static int SegmentLength(ReadOnlySpan<byte> rest)
    {
        int slash = rest.IndexOf((byte)'/');
        return slash < 0 ? rest.Length : slash;
    }

    private static int CompareNames(ReadOnlySpan<byte> query, TextSpan left, TextSpan right) =>
        NameOf(query, left).SequenceCompareTo(NameOf(query, right));

    private static ReadOnlySpan<byte> NameOf(ReadOnlySpan<byte> query, TextSpan parameter)
    {
        ReadOnlySpan<byte> text = query.Slice(parameter.At, parameter.Length);
        int sign = text.IndexOf((byte)'=');
        return sign < 0 ? text : text[..sign];
    }

    private ref struct Output(Span<byte> room)
    {
        private readonly Span<byte> _room = room;

        /// <summary><see cref="NoRoom"/> when something did not fit.</summary>
        public int Length { get; private set; }

        public void Write(byte value)
        {
            if (Length < 0 || Length >= _room.Length) Length = NoRoom;
            else _room[Length++] = value;
        }

        public void Write(ReadOnlySpan<byte> text)
        {
            if (Length < 0 || Length + text.Length > _room.Length)
            {
                Length = NoRoom;
                return;
            }

            text.CopyTo(_room[Length..]);
            Length += text.Length;
        }
    }
}
