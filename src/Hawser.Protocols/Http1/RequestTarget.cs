using System;
using Hawser.Base.Bytes;
using Hawser.Protocols.Http;

namespace Hawser.Protocols.Http1;

/// <summary>
/// The forms of a request target (RFC 9112 section 3.2), its authority, and how that agrees with "Host"
/// (RFC 9110 section 7.2, scheme-based normalization of RFC 3986 section 6.2.3).
/// </summary>
internal static unsafe class RequestTarget
{
    /// <summary>Whether the method may be used with a target of that form.</summary>
    public static Http1Error CheckForm(HttpMessage message, Http1Leniency leniency)
    {
        ReadOnlySpan<byte> target = message.Target.In(message.Block);
        bool isConnect = message.Method == HttpMethod.Connect;
        switch (target[0])
        {
            case (byte)'/':
                return isConnect ? Http1Error.TargetForm : Http1Error.None;
            case (byte)'*':
                return message.Method == HttpMethod.Options && target.Length == 1 ? Http1Error.None : Http1Error.TargetForm;
        }

        int schemeLength = TargetText.SchemeLength(target);
        bool isAbsolute = schemeLength > 0;
        if (isConnect && isAbsolute) return Http1Error.TargetForm;
        if (!isConnect && !isAbsolute) return Http1Error.TargetForm;
        message.IsPathMissing = isAbsolute && message.Method != HttpMethod.Options &&
            !target[schemeLength..].ContainsAny("/?#"u8);
        ReadOnlySpan<byte> authority = Authority(message).In(message.Block);
        if (IsHost(authority) && (!isConnect || IsHostAndPort(authority))) return Http1Error.None;
        if (leniency == Http1Leniency.Strict) return Http1Error.Authority;
        message.Tolerate(message.Target.At);
        return Http1Error.None;
    }

    /// <summary>
    /// Host and port of the target, without user information; empty when it names none: "/path", "*".
    /// </summary>
    public static TextSpan Authority(HttpMessage message)
    {
        ReadOnlySpan<byte> target = message.Target.In(message.Block);
        int from = message.Method == HttpMethod.Connect ? 0 : TargetText.SchemeLength(target);
        if (from == 0 && message.Method != HttpMethod.Connect) return new TextSpan(message.Target.At, 0);
        int length = target[from..].IndexOfAny("/?#"u8);
        if (length < 0) length = target.Length - from;
        int user = target.Slice(from, length).LastIndexOf((byte)'@');
        return new TextSpan(message.Target.At + from + user + 1, length - user - 1);
    }

    /// <summary>
    /// Compares the target's authority with the value of "Host". A port that is missing, empty or the scheme's default
    /// is the same port; when the authority writes such a port, it is left out of both (of an empty one after CONNECT the
    /// colon stays, as in HAProxy).
    /// </summary>
    /// <param name="host">The value of "Host"; shortened by its port when that goes.</param>
    /// <param name="target">The target's new shape: bytes to cut out of it, empty when it stays.</param>
    /// <returns>False when they name different hosts.</returns>
    public static bool Agrees(HttpMessage message, ref TextSpan host, out TextSpan target)
    {
        TextSpan authority = Authority(message);
        target = default;
        Split(message.Block, authority, out TextSpan name, out TextSpan port, out bool hasPort);
        Split(message.Block, host, out TextSpan hostName, out TextSpan hostPort, out _);
        if (!Ascii.EqualsIgnoreCase(name.In(message.Block), hostName.In(message.Block))) return false;

        ReadOnlySpan<byte> portText = port.In(message.Block);
        ReadOnlySpan<byte> hostPortText = hostPort.In(message.Block);
        ReadOnlySpan<byte> usual = DefaultPort(message, portText);
        bool isUsual = portText.IsEmpty || portText.SequenceEqual(usual);
        bool isHostUsual = hostPortText.IsEmpty || hostPortText.SequenceEqual(usual);
        if (isUsual != isHostUsual || (!isUsual && !portText.SequenceEqual(hostPortText))) return false;
        if (!isUsual || !hasPort) return true;
        bool isConnect = message.Method == HttpMethod.Connect;
        if (isConnect && hostPortText.IsEmpty) return true;
        host = hostName;
        if (!isConnect) target = new TextSpan(name.End, authority.End - name.End);
        return true;
    }

    /// <summary>
    /// Bytes that no host has: controls, blanks, what ends an authority or divides it, and brackets but around all
    /// of a name.
    /// </summary>
    public static bool IsHost(ReadOnlySpan<byte> host)
    {
        int at = 0;
        if (host.Length > 0 && host[0] == '[')
        {
            int end = host.IndexOf((byte)']');
            if (end < 0 || host[1..end].Contains((byte)'[')) return false;
            at = end + 1;
            if (at < host.Length && host[at] != ':') return false;
        }

        foreach (byte value in host[at..])
        {
            if (value is <= 0x20 or >= 0x7F || "#,/?@[\\]"u8.Contains(value)) return false;
        }

        return true;
    }

    private static bool IsHostAndPort(ReadOnlySpan<byte> authority)
    {
        int colon = authority.LastIndexOf((byte)':');
        if (colon <= 0 || colon == authority.Length - 1) return false;
        return !authority[(colon + 1)..].ContainsAnyExceptInRange((byte)'0', (byte)'9');
    }

    private static void Split(byte* block, TextSpan authority, out TextSpan name, out TextSpan port, out bool hasPort)
    {
        ReadOnlySpan<byte> text = authority.In(block);
        int colon = text.LastIndexOf((byte)':');
        hasPort = colon >= 0 && !text[(colon + 1)..].ContainsAnyExceptInRange((byte)'0', (byte)'9');
        name = hasPort ? new TextSpan(authority.At, colon) : authority;
        port = hasPort ? new TextSpan(name.End + 1, authority.Length - colon - 1) : new TextSpan(authority.End, 0);
    }

    /// <summary>CONNECT has no scheme: the usual ports of both are usual there.</summary>
    private static ReadOnlySpan<byte> DefaultPort(HttpMessage message, ReadOnlySpan<byte> port)
    {
        ReadOnlySpan<byte> target = message.Target.In(message.Block);
        if (message.Method == HttpMethod.Connect) return port.SequenceEqual("443"u8) ? "443"u8 : "80"u8;
        if (Ascii.StartsWithIgnoreCase(target, "http:"u8)) return "80"u8;
        return Ascii.StartsWithIgnoreCase(target, "https:"u8) ? "443"u8 : default;
    }
}
