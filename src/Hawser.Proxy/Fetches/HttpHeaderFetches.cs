using System;
using System.Collections.Generic;
using Hawser.Base.Bytes;
using Hawser.Base.Network;
using Hawser.Expressions.Compilation;
using Hawser.Expressions.Samples;
using Hawser.Protocols.Http;

namespace Hawser.Proxy.Fetches;

/// <summary>
/// Header fields (manual, section 7.3.6): by name, each line as a whole or in the parts between its commas. An ACL sees
/// every value, one after the other; elsewhere the last one counts, or the one whose number is given.
/// </summary>
internal static class HttpHeaderFetches
{
    /// <summary>What HAProxy allows: a number counted from the end may be as small.</summary>
    private const int LowestOccurrence = -10;

    private static readonly ArgumentSignature s_occurrence = ArgumentSignature.Optional(ArgumentType.Text, ArgumentType.Integer);
    private static readonly ArgumentSignature s_name = ArgumentSignature.Optional(ArgumentType.Text);

    public static FetchRow[] Rows { get; } =
    [
        Value("hdr", FetchContexts.AnyBuffer, null, SampleType.String, String, "1.3", "a value of a header of the message at hand"),
        .. Side("req", "", ofResponse: false),
        .. Side("res", "s", ofResponse: true),
    ];

    /// <summary>Makes a header's value the sample.</summary>
    /// <returns>False: it is not of that type, and the next one is looked at.</returns>
    private delegate bool ValueReader(ReadOnlySpan<byte> value, ref Sample sample);

    /// <param name="older">Before "hdr" in the names of before 1.5.</param>
    private static IEnumerable<FetchRow> Side(string side, string older, bool ofResponse)
    {
        FetchContexts contexts = ofResponse ? FetchContexts.ResponseBuffer : FetchContexts.RequestBuffer;
        string message = ofResponse ? "response" : "request";
        yield return Value($"{side}.hdr", contexts, ofResponse, SampleType.String, String, "1.5", $"a value of a {message} header");
        if (ofResponse) yield return Value("shdr", contexts, ofResponse, SampleType.String, String, "1.3", $"a value of a {message} header");
        foreach (string name in (string[])[$"{side}.", older])
        {
            string since = name == older ? "1.3" : "1.5";
            yield return Value($"{name}hdr_ip", contexts, ofResponse, SampleType.Address, Address, since, $"an address in a {message} header");
            yield return Value($"{name}hdr_val", contexts, ofResponse, SampleType.Integer, Number, since, $"a number in a {message} header");
            yield return Count($"{name}hdr_cnt", contexts, ofResponse, isWhole: false, since, $"how many values a {message} header has");
        }

        yield return Value($"{side}.fhdr", contexts, ofResponse, SampleType.String, String, "1.5", $"a line of a {message} header", isWhole: true);
        yield return Count($"{side}.fhdr_cnt", contexts, ofResponse, isWhole: true, "1.5", $"how many lines a {message} header has");
        yield return HttpSources.Row($"{side}.hdr_names", s_name, SampleType.String, contexts, ofResponse, Names, "1.8", $"the names of the {message} headers");
        yield return HttpSources.Row($"{side}.hdrs", ArgumentSignature.None, SampleType.Binary, contexts, ofResponse, Lines, "2.1", $"the {message} headers with their empty line");
        yield return HttpSources.Row($"{side}.hdrs_bin", ArgumentSignature.None, SampleType.Binary, contexts, ofResponse, BinaryLines, "2.1", $"the {message} headers, each text behind its length");
    }

    private static FetchRow Value(
        string name,
        FetchContexts contexts,
        bool? ofResponse,
        SampleType type,
        ValueReader read,
        string since,
        string description,
        bool isWhole = false) =>
        HttpSources.Row(name, s_occurrence, type, contexts, ofResponse,
            (HttpMessage message, SampleSource _, Arguments arguments, ref Sample sample) =>
                TryValue(message, arguments, isWhole, read, ref sample),
            since,
            description) with { Prepare = CheckOccurrence };

    private static FetchRow Count(
        string name, FetchContexts contexts, bool ofResponse, bool isWhole, string since, string description) =>
        HttpSources.Row(name, s_name, SampleType.Integer, contexts, ofResponse,
            (HttpMessage message, SampleSource _, Arguments arguments, ref Sample sample) =>
            {
                sample.SetInteger(CountValues(message, arguments.Text(0), isWhole));
                return true;
            },
            since,
            description);

    private static string? CheckOccurrence(Arguments arguments, CompileContext context) =>
        arguments.Integer(1) < LowestOccurrence ? $"header occurrence must be >= {LowestOccurrence}" : null;

    private static bool TryValue(HttpMessage message, Arguments arguments, bool isWhole, ValueReader read, ref Sample sample)
    {
        // As in HAProxy: "hdr" asks for nothing, "hdr()" for every header there is.
        if (arguments.Count == 0) return false;
        ReadOnlySpan<byte> name = arguments.Text(0);
        long occurrence = arguments.Integer(1);
        if (occurrence == 0 && sample.WantsAll) return TryNext(message, name, isWhole, read, ref sample);
        if (occurrence == 0) occurrence = -1;
        if (occurrence < 0) occurrence += CountValues(message, name, isWhole) + 1;
        if (occurrence <= 0) return false;
        Place place = default;
        ReadOnlySpan<byte> value = default;
        for (long passed = 0; passed < occurrence; passed++)
        {
            if (!place.TryNext(message, name, isWhole, out value)) return false;
        }

        return read(value, ref sample);
    }

    private static bool TryNext(
        HttpMessage message, scoped ReadOnlySpan<byte> name, bool isWhole, ValueReader read, ref Sample sample)
    {
        Place place = Place.Of(sample.Place);
        while (place.TryNext(message, name, isWhole, out ReadOnlySpan<byte> value))
        {
            if (!read(value, ref sample)) continue;
            sample.Place = place.Number;
            sample.HasMore = true;
            return true;
        }

        return false;
    }

    private static int CountValues(HttpMessage message, scoped ReadOnlySpan<byte> name, bool isWhole)
    {
        Place place = default;
        int count = 0;
        while (place.TryNext(message, name, isWhole, out _)) count++;
        return count;
    }

    private static bool String(ReadOnlySpan<byte> value, ref Sample sample)
    {
        sample.SetString(value);
        return true;
    }

    private static bool Number(ReadOnlySpan<byte> value, ref Sample sample)
    {
        sample.SetInteger(WrappedNumber.Parse(value));
        return true;
    }

    /// <summary>
    /// IPv4, with a port or not; IPv6, between brackets or not. Anything else in the field is no address.
    /// </summary>
    private static bool Address(ReadOnlySpan<byte> value, ref Sample sample)
    {
        int colon = value.LastIndexOf((byte)':');
        bool isBracketed = value.Length > 2 && value[0] == '[' && value[^1] == ']';
        if (isBracketed)
        {
            value = value[1..^1];
        }
        else if (colon > 0 && colon == value.IndexOf((byte)':'))
        {
            if (!Hawser.Base.Bytes.Ascii.TryParseUnsigned(value[(colon + 1)..], out ushort _)) return false;
            value = value[..colon];
        }

        if (!NetworkAddress.TryParse(value, out NetworkAddress address)) return false;
        if (isBracketed ? address.Family != AddressFamily.IPv6 : !address.IsInternet) return false;
        sample.SetAddress(in address);
        return true;
    }

    private static bool Names(HttpMessage message, SampleSource source, Arguments arguments, ref Sample sample)
    {
        Span<byte> room = source.Scratch.Take(default);
        byte separator = arguments.Has(0) ? arguments.Text(0)[0] : (byte)',';
        int length = 0;
        for (int index = 0; index < message.FieldCount; index++)
        {
            if (message.Field(index).IsRemoved) continue;
            ReadOnlySpan<byte> name = message.NameOf(index);
            if (length + 1 + name.Length > room.Length) return false;
            if (length > 0) room[length++] = separator;
            name.CopyTo(room[length..]);
            length += name.Length;
        }

        sample.SetString(room[..length]);
        return true;
    }

    private static bool Lines(HttpMessage message, SampleSource source, Arguments arguments, ref Sample sample)
    {
        Span<byte> room = source.Scratch.Take(default);
        int length = 0;
        for (int index = 0; index < message.FieldCount; index++)
        {
            if (message.Field(index).IsRemoved) continue;
            ReadOnlySpan<byte> name = message.NameOf(index);
            ReadOnlySpan<byte> value = message.ValueOf(index);
            if (name.Length + value.Length + 4 > room.Length - length) return false;
            name.CopyTo(room[length..]);
            length += name.Length;
            ": "u8.CopyTo(room[length..]);
            length += 2;
            value.CopyTo(room[length..]);
            length += value.Length;
            "\r\n"u8.CopyTo(room[length..]);
            length += 2;
        }

        if (room.Length - length < 2) return false;
        "\r\n"u8.CopyTo(room[length..]);
        sample.SetBinary(room[..(length + 2)]);
        return true;
    }

    private static bool BinaryLines(HttpMessage message, SampleSource source, Arguments arguments, ref Sample sample)
    {
        Span<byte> room = source.Scratch.Take(default);
        int length = 0;
        for (int index = 0; index < message.FieldCount; index++)
        {
            if (message.Field(index).IsRemoved) continue;
            if (!TryWrite(message.NameOf(index), room, ref length) || !TryWrite(message.ValueOf(index), room, ref length)) return false;
        }

        if (!TryWrite(default, room, ref length) || !TryWrite(default, room, ref length)) return false;
        sample.SetBinary(room[..length]);
        return true;
    }

    /// <summary>A text behind its length, in the numbers of SPOE: below 240 one byte, then four and seven bits at a time.</summary>
    private static bool TryWrite(ReadOnlySpan<byte> text, Span<byte> room, ref int length)
    {
        const int NumberBytesMaximum = 5;
        if (room.Length - length < NumberBytesMaximum + text.Length) return false;
        int left = text.Length;
        if (left < 240)
        {
            room[length++] = (byte)left;
        }
        else
        {
            room[length++] = (byte)(left | 240);
            left = (left - 240) >> 4;
            while (left >= 128)
            {
                room[length++] = (byte)(left | 128);
                left = (left - 128) >> 7;
            }

            room[length++] = (byte)left;
        }

        text.CopyTo(room[length..]);
        length += text.Length;
        return true;
    }

    /// <summary>How far an iteration is: a field, and a place behind the part that was last.</summary>
    private struct Place
    {
        private int _field;
        private int _from;

        /// <summary>Never 0 behind a value.</summary>
        public readonly long Number => ((long)_field << 32) | (uint)_from;

        public static Place Of(long number) => new() { _field = (int)(number >> 32), _from = (int)number };

        public bool TryNext(HttpMessage message, scoped ReadOnlySpan<byte> name, bool isWhole, out ReadOnlySpan<byte> value)
        {
            while (true)
            {
                _field = name.IsEmpty ? Present(message, _field) : message.Find(name, _field);
                if (_field < 0)
                {
                    _field = message.FieldCount;
                    value = default;
                    return false;
                }

                value = message.ValueOf(_field);
                if (isWhole)
                {
                    // A rule may have put blanks there.
                    value = Ascii.TrimBlanks(value);
                    _field++;
                    return true;
                }

                if (HeaderValues.TryNext(value, ref _from, out value)) return true;
                _field++;
                _from = 0;
            }
        }

        private static int Present(HttpMessage message, int from)
        {
            while (from < message.FieldCount && message.Field(from).IsRemoved) from++;
            return from < message.FieldCount ? from : -1;
        }
    }
}
