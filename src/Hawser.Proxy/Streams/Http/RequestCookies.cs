using System;
using Hawser.Base.Bytes;
using Hawser.Config.Model;
using Hawser.Protocols.Http;
using Hawser.Proxy.Backends;

namespace Hawser.Proxy.Streams.Http;

/// <summary>
/// The cookies of a request (manual, section 4.2, "cookie" and "capture cookie"): finds the server that a client is to
/// go back to, captures one for the log, and takes out what servers are not to see. Lines are edited in place; they
/// only become shorter.
/// </summary>
internal static unsafe class RequestCookies
{
    public static void Run(Session session)
    {
        HttpExchange http = session.Http!;
        CookiePersistence? persistence = session.BackendHttp?.Cookie;
        CookieCapture? capture = session.FrontendHttp!.CookieCapture;
        if (persistence is { IsTold: true }) http.Log.RequestCookieState = http.Log.ResponseCookieState = (byte)'N';
        if (persistence is null && capture is null) return;
        HttpMessage message = http.Request;
        Editor editor = new(session, persistence, capture);
        for (int at = message.Find(FieldName.Cookie); at >= 0; at = message.Find(FieldName.Cookie, at + 1))
            editor.Edit(message, ref message.Field(at));
    }

    /// <summary>What is found in one line goes on to the next.</summary>
    private struct Editor(Session session, CookiePersistence? persistence, CookieCapture? capture)
    {
        private readonly bool _isBound = session.Http!.PersistenceRule == PersistenceRule.Ignore || session.Target is not null;
        private readonly bool _removes = persistence is { Mode: CookieMode.Insert, IsIndirect: true };
        private readonly int _now = CookieDate.Of(session.Loop.WallClock);
        private CookieCapture? _capture = capture;
        private Server? _found;

        /// <summary>
        /// Copies the line over itself without what has to go. What is taken out goes with the attributes that follow it
        /// ("$Path" and its kin) and with the delimiter in front of it.
        /// </summary>
        public void Edit(HttpMessage message, ref FieldLine field)
        {
            Span<byte> line = new(message.Block + field.Value.At, field.Value.Length);
            if (line.IsEmpty) return;
            int written = 0;
            int cutAt = -1;
            bool hasOther = false;
            bool hasRemoved = false;
            for (int delimiterAt = -1; delimiterAt < line.Length;)
            {
                byte delimiter = delimiterAt < 0 ? (byte)0 : line[delimiterAt];
                int from = delimiterAt + 1;
                CookieItem item = CookieItem.Read(line, from);
                delimiterAt = item.Next;
                bool isAttribute = item.NameAt < line.Length && line[item.NameAt] == '$';
                if (isAttribute && cutAt >= 0) continue;

                if (!isAttribute && cutAt > 0)
                {
                    // The place behind a cut that is not the line's end.
                    while (written > 0 && Ascii.IsBlank(line[written - 1])) written--;
                }

                int skipped = isAttribute || !item.HasValue ? 0 : Look(line, item);
                if (skipped < 0)
                {
                    hasRemoved = true;
                    if (cutAt < 0) cutAt = written;
                    continue;
                }

                hasOther |= !isAttribute;
                bool isBehindCut = cutAt >= 0;
                if (cutAt > 0 || (cutAt < 0 && delimiter != 0)) line[written++] = delimiter;
                if (cutAt > 0) line[written++] = (byte)' ';
                cutAt = -1;
                Write(line, item, isBehindCut ? item.NameAt : from, skipped, isAttribute, ref written);
            }

            field.IsCanonical &= written == line.Length;
            field.Value = new TextSpan(field.Value.At, written);
            field.IsRemoved = hasRemoved && (!hasOther || written == 0);
        }

        /// <summary>The item, without blanks around its equal sign.</summary>
        private static void Write(Span<byte> line, in CookieItem item, int from, int skipped, bool isRaw, ref int written)
        {
            if (isRaw || !item.HasValue)
            {
                Move(line, from, item.Next, ref written);
                return;
            }

            Move(line, from, item.NameEnd, ref written);
            line[written++] = (byte)'=';
            Move(line, item.ValueAt + skipped, item.Next, ref written);
        }

        private static void Move(Span<byte> line, int from, int to, ref int written)
        {
            if (from != written) line[from..to].CopyTo(line[written..]);
            written += to - from;
        }

        /// <returns>Bytes of the value that go; -1: all of the item.</returns>
        private int Look(ReadOnlySpan<byte> line, in CookieItem item)
        {
            ReadOnlySpan<byte> value = line[item.ValueAt..item.ValueEnd];
            if (_capture is { } wanted && wanted.TryTake(session.Http!.Log.Cookies, slot: 0, item.Name(line), value)) _capture = null;
            if (persistence is null || !item.Name(line).SequenceEqual(persistence.Name)) return 0;
            int end = value.IndexOf(persistence.Separator);
            ReadOnlySpan<byte> name = end < 0 ? value : value[..end];
            if (_isBound) Say('U');
            else if (_found is null) Search(name, end < 0 ? default : value[(end + 1)..]);
            if (_removes) return -1;
            return persistence.Mode == CookieMode.Prefix && end >= 0 ? end + 1 : 0;
        }

        private void Search(ReadOnlySpan<byte> name, ReadOnlySpan<byte> dates)
        {
            HttpExchange http = session.Http!;
            if (!AreInTime(dates)) return;
            Server? server = persistence!.Find(session.Backend!, name, http.PersistenceRule == PersistenceRule.Force, out bool isDown);
            if (isDown) Say('D');
            else if (server is null && http.Log.RequestCookieState == 'N') Say('I');
            if (server is null) return;
            if (!isDown) Say('V');
            _found = server;
            session.Target = server;
            http.IsDirect = true;
        }

        private bool AreInTime(ReadOnlySpan<byte> dates)
        {
            HttpExchange http = session.Http!;
            int end = dates.IndexOf((byte)'|');
            int last = CookieDate.Parse(end < 0 ? dates : dates[..end]);
            int first = end < 0 ? CookieDate.None : CookieDate.Parse(dates[(end + 1)..]);
            if (persistence!.MaxLifeSeconds > 0 && first >= 0 && CookieDate.IsBeyond(first, _now, persistence.MaxLifeSeconds))
            {
                Say('O');
                return false;
            }

            if (persistence.MaxIdleSeconds > 0 && last >= 0 && CookieDate.IsBeyond(last, _now, persistence.MaxIdleSeconds))
            {
                Say('E');
                return false;
            }

            http.CookieLastSeen = last;
            http.CookieFirstSeen = first;
            return true;
        }

        private readonly void Say(char state)
        {
            if (persistence!.IsTold) session.Http!.Log.RequestCookieState = (byte)state;
        }
    }
}
