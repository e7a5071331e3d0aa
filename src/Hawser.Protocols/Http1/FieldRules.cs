using System;
using Hawser.Base.Bytes;
using Hawser.Protocols.Http;

namespace Hawser.Protocols.Http1;

/// <summary>
/// What the fields of a complete head mean for the message itself: its host, the end of its body, its connection.
/// Wherever two receivers could read a message differently (request smuggling), it is refused or made unambiguous.
/// </summary>
internal static unsafe class FieldRules
{
    /// <summary>16 bytes in base64.</summary>
    private const int WebSocketKeyLength = 24;

    /// <param name="at">The offending byte.</param>
    public static Http1Error Apply(HttpMessage message, Http1Leniency leniency, out int at)
    {
        at = 0;
        int hostAt = -1;
        Lengths lengths = default;
        Codings codings = default;
        bool hasUpgrade = false;
        for (int index = 0; index < message.FieldCount; index++)
        {
            ref FieldLine field = ref message.Field(index);
            at = field.Value.At;
            Http1Error error = field.KnownName switch
            {
                FieldName.Host when message.IsRequest => TakeHost(message, ref hostAt, index),
                FieldName.ContentLength => lengths.Take(message, ref field),
                FieldName.TransferEncoding => codings.Take(message, ref field, leniency),
                FieldName.Connection => TakeConnection(message, field),
                _ => Http1Error.None,
            };
            hasUpgrade |= field.KnownName == FieldName.Upgrade;
            if (error != Http1Error.None) return error;
        }

        if (message.IsRequest && CheckHost(message, hostAt, leniency, out at) is var hostError and not Http1Error.None)
            return hostError;
        Http1Error codingError = codings.Conclude();
        if (codingError != Http1Error.None)
        {
            at = message.HeadBytes;
            return codingError;
        }

        if (hasUpgrade || (message.Connection & ConnectionOptions.Upgrade) != 0) SettleUpgrade(message);
        if (IsWebSocketDoubtful(message))
        {
            at = message.HeadBytes;
            if (leniency == Http1Leniency.Strict) return Http1Error.WebSocket;
            message.Tolerate(at);
        }

        DecideFraming(message, lengths, codings);
        return Http1Error.None;
    }

    private static Http1Error TakeHost(HttpMessage message, ref int hostAt, int index)
    {
        ref FieldLine field = ref message.Field(index);
        ReadOnlySpan<byte> host = field.Value.In(message.Block);
        if (!RequestTarget.IsHost(host)) return Http1Error.Host;
        if (hostAt < 0)
        {
            hostAt = index;
            return Http1Error.None;
        }

        if (!Ascii.EqualsIgnoreCase(message.Field(hostAt).Value.In(message.Block), host)) return Http1Error.HostConflict;
        field.IsRemoved = true;
        return Http1Error.None;
    }

    private static Http1Error CheckHost(HttpMessage message, int hostAt, Http1Leniency leniency, out int at)
    {
        at = 0;
        if (hostAt < 0 || message.Target.In(message.Block)[0] is (byte)'/' or (byte)'*') return Http1Error.None;
        ref FieldLine field = ref message.Field(hostAt);
        at = field.Value.At;
        TextSpan host = field.Value;
        if (!RequestTarget.Agrees(message, ref host, out TextSpan cut))
        {
            if (leniency == Http1Leniency.Strict) return Http1Error.HostConflict;
            message.Tolerate(at);
            return Http1Error.None;
        }

        field.IsCanonical &= host == field.Value;
        field.Value = host;
        if (cut.IsEmpty) return Http1Error.None;

        // What is in front of the port moves over it.
        int length = cut.At - message.Target.At;
        Span<byte> target = new(message.Block + message.Target.At, length + cut.Length);
        target[..length].CopyTo(target[cut.Length..]);
        message.Target = new TextSpan(message.Target.At + cut.Length, message.Target.Length - cut.Length);
        message.IsStartLineCanonical = false;
        return Http1Error.None;
    }

    /// <summary>
    /// A switch to WebSocket without the client's key, or without the server's answer to it (RFC 6455 section 4): whoever
    /// says so does not speak that protocol.
    /// </summary>
    private static bool IsWebSocketDoubtful(HttpMessage message)
    {
        if ((message.Connection & ConnectionOptions.Upgrade) == 0 || (!message.IsRequest && message.Status != 101)) return false;
        bool isWebSocket = false;
        for (int at = message.Find(FieldName.Upgrade); at >= 0; at = message.Find(FieldName.Upgrade, at + 1))
        {
            foreach (Range range in message.ValueOf(at).Split((byte)','))
                isWebSocket |= Ascii.EqualsIgnoreCase(Ascii.TrimBlanks(message.ValueOf(at)[range]), "websocket"u8);
        }

        if (!isWebSocket) return false;
        int found = message.Find(message.IsRequest ? FieldName.SecWebSocketKey : FieldName.SecWebSocketAccept);
        return found < 0 || (message.IsRequest && message.Field(found).Value.Length != WebSocketKeyLength);
    }

    private static Http1Error TakeConnection(HttpMessage message, in FieldLine field)
    {
        foreach (Range range in field.Value.In(message.Block).Split((byte)','))
        {
            ReadOnlySpan<byte> option = Ascii.TrimBlanks(field.Value.In(message.Block)[range]);
            if (Ascii.EqualsIgnoreCase(option, "close"u8))
                message.Connection |= ConnectionOptions.Close;
            else if (Ascii.EqualsIgnoreCase(option, "keep-alive"u8))
                message.Connection |= ConnectionOptions.KeepAlive;
            else if (Ascii.EqualsIgnoreCase(option, "upgrade"u8))
                message.Connection |= ConnectionOptions.Upgrade;
        }

        return Http1Error.None;
    }

    /// <summary>
    /// A switch to HTTP/2 in clear text is not for us to pass on (RFC 9113 has dropped it): whoever agreed to it would speak
    /// what no rule sees. In a request "Upgrade" and what "Connection" says of it need one another (RFC 9110 section 7.8).
    /// </summary>
    private static void SettleUpgrade(HttpMessage message)
    {
        bool isLeft = false;
        for (int at = message.Find(FieldName.Upgrade); at >= 0; at = message.Find(FieldName.Upgrade, at + 1))
        {
            ref FieldLine field = ref message.Field(at);
            OptionList.Remove(message, ref field, "h2c"u8, "h2"u8);
            if (message.IsRequest && (message.Connection & ConnectionOptions.Upgrade) == 0) field.IsRemoved = true;
            isLeft |= !field.IsRemoved;
        }

        if (!message.IsRequest || isLeft || (message.Connection & ConnectionOptions.Upgrade) == 0) return;
        message.Connection &= ~ConnectionOptions.Upgrade;
        for (int at = message.Find(FieldName.Connection); at >= 0; at = message.Find(FieldName.Connection, at + 1))
            OptionList.Remove(message, ref message.Field(at), "upgrade"u8, default);
    }

    /// <summary>RFC 9112 section 6.3. The answer to HEAD and to CONNECT is for the caller to know.</summary>
    private static void DecideFraming(HttpMessage message, in Lengths lengths, in Codings codings)
    {
        message.IsFramingDoubtful = codings.IsChunked && (lengths.IsPresent || message.Version == HttpVersion.Http10);
        if (!message.IsRequest && message.Status is (>= 100 and < 200) or 204)
        {
            Remove(message, FieldName.ContentLength);
            Remove(message, FieldName.TransferEncoding);
            message.Framing = BodyFraming.None;
        }
        else if (codings.IsChunked)
        {
            Remove(message, FieldName.ContentLength);
            message.Framing = BodyFraming.Chunked;
        }
        else if (lengths.IsPresent)
        {
            message.ContentLength = lengths.Value;
            message.Framing = BodyFraming.Length;
        }
        else
        {
            message.Framing = message.IsRequest ? BodyFraming.None : BodyFraming.UntilClose;
        }

        if (!message.IsRequest && message.Status == 304) message.Framing = BodyFraming.None;
    }

    private static void Remove(HttpMessage message, FieldName name)
    {
        for (int at = message.Find(name); at >= 0; at = message.Find(name, at + 1)) message.Field(at).IsRemoved = true;
    }

    private static void Lower(byte* block, TextSpan text) => Ascii.ToLower(new Span<byte>(block + text.At, text.Length));

    /// <summary>All "Content-Length" of a message: they must agree, and are written once.</summary>
    private struct Lengths
    {
        public bool IsPresent { get; private set; }

        public ulong Value { get; private set; }

        public Http1Error Take(HttpMessage message, ref FieldLine field)
        {
            bool isFirst = !IsPresent;
            int at = field.Value.At;
            TextSpan number = default;
            while (true)
            {
                ReadOnlySpan<byte> rest = new(message.Block + at, field.Value.End - at);
                int comma = rest.IndexOf((byte)',');
                ReadOnlySpan<byte> text = Ascii.TrimBlanks(comma < 0 ? rest : rest[..comma]);
                if (!Ascii.TryParseUnsigned(text, out ulong value)) return Http1Error.ContentLength;
                if (IsPresent && value != Value) return Http1Error.ContentLengthConflict;
                if (!IsPresent) number = Digits(at + rest.IndexOf(text), text);
                IsPresent = true;
                Value = value;
                if (comma < 0) break;
                at += comma + 1;
            }

            if (!isFirst)
            {
                field.IsRemoved = true;
                return Http1Error.None;
            }

            field.IsCanonical &= number == field.Value;
            field.Value = number;
            return Http1Error.None;
        }

        /// <summary>Without leading zeroes.</summary>
        private static TextSpan Digits(int at, ReadOnlySpan<byte> text)
        {
            int zeroes = text[..^1].IndexOfAnyExcept((byte)'0');
            if (zeroes < 0) zeroes = text.Length - 1;
            return new TextSpan(at + zeroes, text.Length - zeroes);
        }
    }

    /// <summary>All "Transfer-Encoding" of a message: "chunked" is the only coding that a proxy can pass on.</summary>
    private struct Codings
    {
        private bool _hasUnknown;
        private bool _isPresent;

        public bool IsChunked { get; private set; }

        public Http1Error Take(HttpMessage message, ref FieldLine field, Http1Leniency leniency)
        {
            bool isForgiving = leniency == Http1Leniency.Unsafe && !message.IsRequest;
            bool wasChunked = IsChunked;
            TextSpan written = default;
            int at = field.Value.At;
            if (field.Value.IsEmpty && isForgiving)
            {
                field.IsRemoved = true;
                message.Tolerate(NextLine(message, field));
                return Http1Error.None;
            }

            _isPresent = true;
            while (true)
            {
                ReadOnlySpan<byte> rest = new(message.Block + at, field.Value.End - at);
                int comma = rest.IndexOf((byte)',');
                ReadOnlySpan<byte> coding = Ascii.TrimBlanks(comma < 0 ? rest : rest[..comma]);
                if (coding.IsEmpty) return Http1Error.TransferEncoding;
                bool isChunked = Ascii.EqualsIgnoreCase(coding, "chunked"u8);
                if (IsChunked && !(isChunked && isForgiving)) return Http1Error.TransferEncoding;
                if (IsChunked) message.Tolerate(NextLine(message, field));
                if (isChunked && !IsChunked) written = new TextSpan(at + rest.IndexOf(coding), coding.Length);
                IsChunked |= isChunked;
                _hasUnknown |= !isChunked;
                if (comma < 0) break;
                at += comma + 1;
            }

            field.IsRemoved = wasChunked;
            if (written.IsEmpty) return Http1Error.None;
            Lower(message.Block, written);
            field.IsCanonical &= written == field.Value;
            field.Value = written;
            return Http1Error.None;
        }

        /// <summary>HAProxy has read the whole field when it looks at it.</summary>
        private static int NextLine(HttpMessage message, in FieldLine field)
        {
            int at = field.Value.End;
            while (message.Block[at] != '\n') at++;
            return at + 1;
        }

        public readonly Http1Error Conclude()
        {
            if (!_isPresent) return Http1Error.None;
            if (!IsChunked) return Http1Error.TransferEncoding;
            return _hasUnknown ? Http1Error.TransferCodingUnknown : Http1Error.None;
        }
    }
}
