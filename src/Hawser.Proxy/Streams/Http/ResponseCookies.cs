using System;
using Hawser.Base.Bytes;
using Hawser.Config.Model;
using Hawser.Protocols.Http;
using Hawser.Proxy.Backends;
using Ascii = Hawser.Base.Bytes.Ascii;

namespace Hawser.Proxy.Streams.Http;

/// <summary>
/// The cookies of a server's response (manual, section 4.2, "cookie" and "capture cookie"): captures one for the log,
/// and makes, changes or takes out the one that keeps the client with its server. Of a Set-Cookie line the first
/// cookie counts, as in HAProxy.
/// </summary>
internal static unsafe class ResponseCookies
{
    /// <summary>The longest Set-Cookie line that is inserted.</summary>
    private const int InsertedBytesMaximum = 2048;

    /// <returns>False when there was no room for what has to be said.</returns>
    public static bool Run(Session session)
    {
        HttpExchange http = session.Http!;
        CookiePersistence? persistence = session.BackendHttp!.Cookie;
        CookieCapture? capture = session.FrontendHttp!.CookieCapture;
        if (persistence is null && capture is null) return true;
        HttpMessage message = http.Response;
        for (int at = message.Find(FieldName.SetCookie); at >= 0; at = message.Find(FieldName.SetCookie, at + 1))
        {
            if (!TryEdit(session, message, at, persistence, ref capture)) return false;
        }

        return persistence is not { Mode: CookieMode.Insert } || TryInsert(session, http, persistence);
    }

    private static bool TryEdit(
        Session session, HttpMessage message, int at, CookiePersistence? persistence, ref CookieCapture? capture)
    {
        HttpExchange http = session.Http!;
        Join(message, ref message.Field(at));
        ReadOnlySpan<byte> line = message.ValueOf(at);
        CookieItem item = CookieItem.Read(line, 0);
        if (!item.HasValue) return true;
        ReadOnlySpan<byte> value = line[item.ValueAt..item.ValueEnd];
        if (capture is { } wanted && wanted.TryTake(http.Log.Cookies, slot: 1, item.Name(line), value)) capture = null;
        if (persistence is null || !item.Name(line).SequenceEqual(persistence.Name)) return true;
        Server? server = session.Target;
        if (persistence.Preserves)
        {
            Say(http, persistence, 'P');
        }
        else if (persistence.Mode == CookieMode.Insert || (persistence.IsIndirect && http.IsDirect))
        {
            message.Field(at).IsRemoved = true;
            Say(http, persistence, 'D');
        }
        else if (persistence.Mode == CookieMode.Passive || server?.Cookie is not { } cookie)
        {
            Say(http, persistence, 'P');
        }
        else
        {
            Say(http, persistence, 'R');
            bool isPrefix = persistence.Mode == CookieMode.Prefix;
            return TryReplace(session, message, at, item.ValueAt, isPrefix ? item.ValueAt : item.ValueEnd, cookie, isPrefix);
        }

        return true;
    }

    /// <summary>Takes the blanks around the first equal sign out.</summary>
    private static void Join(HttpMessage message, ref FieldLine field)
    {
        Span<byte> line = new(message.Block + field.Value.At, field.Value.Length);
        CookieItem item = CookieItem.Read(line, 0);
        if (!item.HasValue || item.ValueAt == item.NameEnd + 1) return;
        line[item.NameEnd] = (byte)'=';
        line[item.ValueAt..].CopyTo(line[(item.NameEnd + 1)..]);
        field.Value = new TextSpan(field.Value.At, line.Length - (item.ValueAt - item.NameEnd - 1));
        field.IsCanonical = false;
    }

    private static bool TryReplace(
        Session session, HttpMessage message, int at, int from, int to, ReadOnlySpan<byte> cookie, bool isPrefix)
    {
        // Nothing is being sent now: the loop's scratch block is free, and longer than a message's block.
        ByteWriter writer = new(new Span<byte>(session.Loop.Buffers.Scratch, session.Loop.Buffers.LargeBytes));
        ReadOnlySpan<byte> line = message.ValueOf(at);
        return writer.TryWrite(line[..from]) && writer.TryWrite(cookie) && (!isPrefix || writer.TryWrite((byte)'~'))
            && writer.TryWrite(line[to..]) && message.TrySetValue(at, writer.Written);
    }

    private static bool TryInsert(Session session, HttpExchange http, CookiePersistence persistence)
    {
        if (http.PersistenceRule == PersistenceRule.Ignore || session.Target is not { } server) return true;
        if (persistence.Preserves && http.Log.ResponseCookieState == 'P') return true;
        if (persistence.IsPostOnly && http.Request.Method != HttpMethod.Post) return true;
        int now = CookieDate.Of(session.Loop.WallClock);
        if (http.IsDirect && !NeedsUpdate(http, persistence, now)) return true;
        Say(http, persistence, http.IsDirect ? 'U' : 'I');
        ByteWriter writer = new(stackalloc byte[InsertedBytesMaximum]);
        bool fits = writer.TryWrite(persistence.Name) && writer.TryWrite((byte)'=');
        if (server.Cookie is { } cookie)
        {
            fits = fits && writer.TryWrite(cookie) && (!persistence.HasDates || TryWriteDate(ref writer, now));
            int first = http is { IsDirect: true, CookieFirstSeen: >= 0 } ? http.CookieFirstSeen : now;
            fits = fits && (persistence.MaxLifeSeconds == 0 || TryWriteDate(ref writer, first));
        }
        else
        {
            fits = fits && writer.TryWrite("; Expires=Thu, 01-Jan-1970 00:00:01 GMT"u8);
        }

        fits = fits && writer.TryWrite(persistence.Attributes);
        if (!fits || !http.Response.TryAdd("set-cookie"u8, writer.Written)) return false;
        return !persistence.TagsCacheable || !Cacheability.MayBeStored(http.Request, http.Response)
            || http.Response.TryAdd("cache-control"u8, "private"u8);
    }

    /// <summary>The client's own dates have to be brought up to date.</summary>
    private static bool NeedsUpdate(HttpExchange http, CookiePersistence persistence, int now)
    {
        // Dates that nobody asks for any more.
        if (!persistence.HasDates) return http.CookieLastSeen >= 0 || http.CookieFirstSeen >= 0;
        if (persistence.MaxIdleSeconds > 0 && http.CookieLastSeen < 0) return true;
        if (http.CookieLastSeen >= 0 && http.CookieLastSeen < now) return true;
        return persistence.MaxLifeSeconds > 0 != http.CookieFirstSeen >= 0;
    }

    private static bool TryWriteDate(ref ByteWriter writer, int date)
    {
        Span<byte> text = stackalloc byte[1 + CookieDate.Digits];
        text[0] = (byte)'|';
        CookieDate.Write(date, text[1..]);
        return writer.TryWrite(text);
    }

    private static void Say(HttpExchange http, CookiePersistence persistence, char state)
    {
        if (persistence.IsTold) http.Log.ResponseCookieState = (byte)state;
    }
}
