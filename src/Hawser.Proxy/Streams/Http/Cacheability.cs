using System;
using Hawser.Protocols.Http;
using Ascii = Hawser.Base.Bytes.Ascii;

namespace Hawser.Proxy.Streams.Http;

/// <summary>Whether a cache between us and the client might keep a response (manual, "cookie ... nocache").</summary>
internal static class Cacheability
{
    public static bool MayBeStored(HttpMessage request, HttpMessage response) => MayBeStored(request, response, withCookie: false);

    /// <summary>Whether it might keep a cookie with it, and give that to somebody else ("option checkcache").</summary>
    public static bool MayCookieBeStored(HttpMessage request, HttpMessage response) =>
        response.Find(FieldName.SetCookie) >= 0 && MayBeStored(request, response, withCookie: true);

    private static bool MayBeStored(HttpMessage request, HttpMessage response, bool withCookie)
    {
        bool isUsual = request.Method is HttpMethod.Get or HttpMethod.Head or HttpMethod.Options or HttpMethod.Trace && HasStatusForCaches(response.Status);
        bool isStated = response.Find(FieldName.Expires) >= 0 || response.Find(FieldName.ETag) >= 0
            || response.Find(FieldName.LastModified) >= 0;
        for (int at = response.Find(FieldName.Pragma); at >= 0; at = response.Find(FieldName.Pragma, at + 1))
        {
            if (Ascii.EqualsIgnoreCase(Ascii.TrimBlanks(response.ValueOf(at)), "no-cache"u8)) return false;
        }

        for (int at = response.Find(FieldName.CacheControl); at >= 0; at = response.Find(FieldName.CacheControl, at + 1))
        {
            ReadOnlySpan<byte> rest = response.ValueOf(at);
            while (!rest.IsEmpty)
            {
                ReadOnlySpan<byte> directive = Next(ref rest);
                if (ForbidsStoring(directive) || (withCookie && StartsWith(directive, "no-cache"u8))) return false;
                if (Ascii.EqualsIgnoreCase(directive, "public"u8)) isUsual = true;
                isStated |= StartsWith(directive, "max-age="u8) || StartsWith(directive, "s-maxage="u8);
            }
        }

        return isUsual && isStated;
    }

    private static bool HasStatusForCaches(int status) =>
        status is 200 or 203 or 204 or 206 or 300 or 301 or 404 or 405 or 410 or 414 or 501;

    /// <summary>That the cookie itself may not be stored is no obstacle for the rest.</summary>
    private static bool ForbidsStoring(ReadOnlySpan<byte> directive) =>
        Ascii.EqualsIgnoreCase(directive, "private"u8) || Ascii.EqualsIgnoreCase(directive, "no-store"u8)
        || Ascii.EqualsIgnoreCase(directive, "max-age=0"u8) || Ascii.EqualsIgnoreCase(directive, "s-maxage=0"u8)
        || (StartsWith(directive, "no-cache"u8) && !Ascii.EqualsIgnoreCase(directive, "no-cache=\"set-cookie\""u8));

    private static bool StartsWith(ReadOnlySpan<byte> directive, ReadOnlySpan<byte> beginning) =>
        directive.Length >= beginning.Length && Ascii.EqualsIgnoreCase(directive[..beginning.Length], beginning);

    private static ReadOnlySpan<byte> Next(ref ReadOnlySpan<byte> rest)
    {
        int length = 0;
        for (bool isQuoted = false; length < rest.Length && (isQuoted || rest[length] != ','); length++)
            isQuoted ^= rest[length] == '"';
        ReadOnlySpan<byte> directive = Ascii.TrimBlanks(rest[..length]);
        rest = length < rest.Length ? rest[(length + 1)..] : default;
        return directive;
    }
}
