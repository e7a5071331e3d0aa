using System;
using System.Buffers.Text;
using Hawser.Base.Bytes;
using Hawser.Protocols.Http;

namespace Hawser.Proxy.Streams.Http;

/// <summary>
/// Rules may write any field, but not make a message lie about its own end: whoever reads it next would take the rest of
/// the body for another message. "Connection: close" of a rule is meant, and obeyed.
/// </summary>
internal static unsafe class RuledFields
{
    /// <summary>Puts the fields of the protocol right after rules have touched them.</summary>
    /// <param name="closes">A rule wants the connection of this side to end with the message.</param>
    /// <returns>False when there is no room for a field that must be there.</returns>
    public static bool TrySettle(HttpMessage message, out bool closes)
    {
        closes = false;
        if (!message.AreProtocolFieldsChanged) return true;
        message.AreProtocolFieldsChanged = false;
        if (message.Find(FieldName.Connection) >= 0)
        {
            message.Connection |= Options(message);
            closes = (message.Connection & ConnectionOptions.Close) != 0;
            ConnectionFields.Strip(message);
        }

        BodyFraming framing = message.Framing;
        // Without a body its length may be that of a body elsewhere: the answer to HEAD, "304".
        if (framing == BodyFraming.None && !message.IsRequest)
        {
            message.Remove(FieldName.TransferEncoding);
            return true;
        }

        if (framing != BodyFraming.Chunked) message.Remove(FieldName.TransferEncoding);
        if (framing != BodyFraming.Length) message.Remove(FieldName.ContentLength);
        return framing switch
        {
            BodyFraming.Chunked => HasChunked(message) || Again(message, FieldName.TransferEncoding, "chunked"u8),
            BodyFraming.Length => HasLength(message) || AddLength(message),
            _ => true,
        };
    }

    private static ConnectionOptions Options(HttpMessage message)
    {
        ConnectionOptions options = ConnectionOptions.None;
        for (int at = message.Find(FieldName.Connection); at >= 0; at = message.Find(FieldName.Connection, at + 1))
        {
            ReadOnlySpan<byte> value = message.ValueOf(at);
            foreach (Range range in value.Split((byte)','))
            {
                ReadOnlySpan<byte> option = Ascii.TrimBlanks(value[range]);
                if (Ascii.EqualsIgnoreCase(option, "close"u8)) options |= ConnectionOptions.Close;
                else if (Ascii.EqualsIgnoreCase(option, "keep-alive"u8)) options |= ConnectionOptions.KeepAlive;
                else if (Ascii.EqualsIgnoreCase(option, "upgrade"u8)) options |= ConnectionOptions.Upgrade;
            }
        }

        return options;
    }

    private static bool HasChunked(HttpMessage message)
    {
        int at = message.Find(FieldName.TransferEncoding);
        return at >= 0 && message.Find(FieldName.TransferEncoding, at + 1) < 0
            && Ascii.EqualsIgnoreCase(message.ValueOf(at), "chunked"u8);
    }

    private static bool HasLength(HttpMessage message)
    {
        int at = message.Find(FieldName.ContentLength);
        return at >= 0 && message.Find(FieldName.ContentLength, at + 1) < 0
            && Ascii.TryParseUnsigned(message.ValueOf(at), out ulong length) && length == message.ContentLength;
    }

    private static bool AddLength(HttpMessage message)
    {
        Span<byte> digits = stackalloc byte[20];
        Utf8Formatter.TryFormat(message.ContentLength, digits, out int length);
        return Again(message, FieldName.ContentLength, digits[..length]);
    }

    private static bool Again(HttpMessage message, FieldName name, ReadOnlySpan<byte> value)
    {
        message.Remove(name);
        return message.TryAdd(FieldNames.Text(name), value);
    }
}
