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
    /// <param name="keepsInsecure">"h1-do-not-close-on-insecure-transfer-encoding".</param>
    public static bool IsPersistent(HttpMessage message, bool keepsInsecure)
    {
        if (IsClosedForFraming(message, keepsInsecure) || (message.Connection & ConnectionOptions.Close) != 0) return false;
        return message.Version != HttpVersion.Http10 || (message.Connection & ConnectionOptions.KeepAlive) != 0;
    }

    /// <summary>Who does not take "Transfer-Encoding" as we do may see other bytes behind it (RFC 9112 section 6.1).</summary>
    public static bool IsClosedForFraming(HttpMessage message, bool keepsInsecure) =>
        message.IsFramingDoubtful && !keepsInsecure;

    /// <summary>
    /// The server authenticates the connection instead of the request ("NTLM", "Negotiate"): nobody else may use it again.
    /// </summary>
    public static bool NamesConnection(HttpMessage response) =>
        NamesConnection(response, "www-authenticate"u8) || NamesConnection(response, "proxy-authenticate"u8);

    private static bool NamesConnection(HttpMessage response, ReadOnlySpan<byte> name)
    {
        for (int at = response.Find(name); at >= 0; at = response.Find(name, at + 1))
        {
            ReadOnlySpan<byte> value = response.ValueOf(at);
            if (Ascii.StartsWithIgnoreCase(value, "ntlm"u8) || Ascii.StartsWithIgnoreCase(value, "nego"u8)) return true;
        }

        return false;
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
            OptionList.Remove(message, ref message.Field(at), "close"u8, "keep-alive"u8);
    }
}
