using System;
using Hawser.Base.Bytes;
using Hawser.Protocols.Http;

namespace Hawser.Proxy.Streams.Http;

/// <summary>
/// "Connection" is between two neighbours (RFC 9110 section 7.6.1): what it says about this connection is acted upon and
/// taken out, and each side gets what is true for its own.
/// </summary>
internal static unsafe class ConnectionFields
{
    /// <summary>Its sender would use the connection again (RFC 9112 section 9.3).</summary>
    public static bool IsPersistent(HttpMessage message)
    {
        if (message.IsFramingDoubtful || (message.Connection & ConnectionOptions.Close) != 0) return false;
        return message.Version != HttpVersion.Http10 || (message.Connection & ConnectionOptions.KeepAlive) != 0;
    }

    /// <summary>
    /// "TE" is between two neighbours too: of all that a client takes, a server need only know whether trailers are
    /// (RFC 9110 section 10.1.4).
    /// </summary>
    public static void KeepTrailersOnly(HttpMessage message)
    {
        bool isSaid = false;
        for (int at = message.Find(FieldName.Te); at >= 0; at = message.Find(FieldName.Te, at + 1))
        {
            ref FieldLine field = ref message.Field(at);
            TextSpan trailers = isSaid ? default : FindTrailers(message, field.Value);
            field.IsRemoved = trailers.IsEmpty;
            field.IsCanonical &= trailers == field.Value;
            field.Value = trailers;
            isSaid |= !trailers.IsEmpty;
        }
    }

    private static TextSpan FindTrailers(HttpMessage message, TextSpan value)
    {
        ReadOnlySpan<byte> text = value.In(message.Block);
        foreach (Range range in text.Split((byte)','))
        {
            ReadOnlySpan<byte> coding = Ascii.TrimBlanks(text[range]);
            if (Ascii.EqualsIgnoreCase(coding, "trailers"u8))
                return new TextSpan(value.At + range.GetOffsetAndLength(text.Length).Offset + text[range].IndexOf(coding), coding.Length);
        }

        return default;
    }

    /// <summary>Takes "close" and "keep-alive" out; other options stay, such as "upgrade".</summary>
    public static void Strip(HttpMessage message)
    {
        if ((message.Connection & (ConnectionOptions.Close | ConnectionOptions.KeepAlive)) == 0) return;
        for (int at = message.Find(FieldName.Connection); at >= 0; at = message.Find(FieldName.Connection, at + 1))
            Strip(message, ref message.Field(at));
    }

    private static void Strip(HttpMessage message, ref FieldLine field)
    {
        Span<byte> value = new(message.Block + field.Value.At, field.Value.Length);
        int kept = 0;
        int from = 0;
        while (from <= value.Length)
        {
            int length = value[from..].IndexOf((byte)',');
            if (length < 0) length = value.Length - from;
            ReadOnlySpan<byte> option = Ascii.TrimBlanks(value.Slice(from, length));
            if (!option.IsEmpty && !Ascii.EqualsIgnoreCase(option, "close"u8) && !Ascii.EqualsIgnoreCase(option, "keep-alive"u8))
            {
                if (kept > 0)
                {
                    value[kept++] = (byte)',';
                    value[kept++] = (byte)' ';
                }

                option.CopyTo(value[kept..]);
                kept += option.Length;
            }

            from += length + 1;
        }

        field.IsRemoved = kept == 0;
        field.IsCanonical &= kept == value.Length;
        field.Value = new TextSpan(field.Value.At, kept);
    }
}
