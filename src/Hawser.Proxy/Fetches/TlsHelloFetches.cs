using System;
using System.Collections.Generic;
using Hawser.Base.Bytes;
using Hawser.Expressions.Compilation;
using Hawser.Expressions.Samples;
using Hawser.Protocols.Tls;

namespace Hawser.Proxy.Fetches;

/// <summary>What a TLS client says in its first message, read without decrypting (manual, section 7.3.5).</summary>
internal static class TlsHelloFetches
{
    public static FetchRow[] Rows { get; } =
    [
        .. Aliases("req.ssl_hello_type", "req_ssl_hello_type", SampleType.Integer, static (in ClientHello _, ref Sample sample) =>
        {
            sample.SetInteger(1);
            return true;
        }, "1 for a client's hello"),
        .. Aliases("req.ssl_sni", "req_ssl_sni", SampleType.String, static (in ClientHello hello, ref Sample sample) =>
        {
            if (!hello.TryServerName(out ReadOnlySpan<byte> name)) return false;
            sample.SetString(name);
            return true;
        }, "the host name the client asks for"),
        Version("req.ssl_ver", "1.5"),
        Version("req_ssl_ver", "1.3"),
        Row("req.ssl_alpn", SampleType.String, static (in ClientHello hello, ref Sample sample) =>
        {
            if (!hello.TryFirstProtocol(out ReadOnlySpan<byte> protocol)) return false;
            sample.SetString(protocol);
            return true;
        }, "1.9", "the first protocol of ALPN"),
        Row("req.ssl_ec_ext", SampleType.Boolean, static (in ClientHello hello, ref Sample sample) =>
        {
            sample.SetBoolean(true);
            return hello.TryFind(TlsExtension.SupportedGroups, out _);
        }, "1.7", "true when the client names elliptic curves"),
        Row("req.ssl_st_ext", SampleType.Integer, static (in ClientHello hello, ref Sample sample) =>
        {
            bool isSent = hello.TryFind(TlsExtension.SessionTicket, out ReadOnlySpan<byte> ticket);
            sample.SetInteger(!isSent ? 0 : ticket.IsEmpty ? 1 : 2);
            return true;
        }, "1.6", "0: no session ticket, 1: an empty one, 2: one"),
        Row("req.ssl_cipherlist", SampleType.Binary, static (in ClientHello hello, ref Sample sample) =>
        {
            sample.SetBinary(hello.CipherSuites);
            return true;
        }, "3.2", "the ciphers the client offers") with { Contexts = FetchContexts.Connected },
        List("req.ssl_sigalgs", TlsExtension.SignatureAlgorithms, 2, "the signature algorithms the client offers"),
        List("req.ssl_supported_groups", TlsExtension.SupportedGroups, 2, "the groups the client offers"),
        new("req.ssl_keyshare_groups", ArgumentSignature.None, SampleType.Binary, FetchContexts.Connected, KeyShareGroups, "3.2", "the groups the client sends keys for"),
        ServerHello("res.ssl_hello_type", "1.5"),
        ServerHello("rep_ssl_hello_type", "1.3"),
    ];

    private delegate bool HelloReader(in ClientHello hello, ref Sample sample);

    private static IEnumerable<FetchRow> Aliases(
        string name, string older, SampleType type, HelloReader read, string description) =>
        [Row(name, type, read, "1.5", description), Row(older, type, read, "1.3", description)];

    private static FetchRow Row(string name, SampleType type, HelloReader read, string since, string description) =>
        new(name, ArgumentSignature.None, type, FetchContexts.RequestBuffer,
            (SampleSource source, Arguments _, ref Sample sample) =>
            {
                HelloResult result = ClientHello.TryParse(BufferFetches.Bytes(source, false), out ClientHello hello);
                sample.MayChange = result == HelloResult.NeedMore;
                return result == HelloResult.Ok && read(in hello, ref sample);
            },
            since,
            description);

    /// <summary>
    /// An extension that is a length and a list. As in HAProxy these may be named wherever there is a connection, and
    /// have no value where there are no bytes of the request.
    /// </summary>
    private static FetchRow List(string name, TlsExtension extension, int lengthBytes, string description) =>
        Row(name, SampleType.Binary, (in ClientHello hello, ref Sample sample) =>
        {
            if (!hello.TryFind(extension, out ReadOnlySpan<byte> content) || content.Length < lengthBytes) return false;
            sample.SetBinary(content[lengthBytes..]);
            return true;
        }, "3.2", description) with { Contexts = FetchContexts.Connected };

    /// <summary>Also of a hello in the form of SSL 2.0, as the manual promises.</summary>
    private static FetchRow Version(string name, string since) =>
        new(name, ArgumentSignature.None, SampleType.Integer, FetchContexts.RequestBuffer,
            static (SampleSource source, Arguments _, ref Sample sample) =>
            {
                ReadOnlySpan<byte> bytes = BufferFetches.Bytes(source, false);
                HelloResult result = ClientHello.TryParse(bytes, out ClientHello hello);
                int version = hello.LegacyVersion;
                if (result == HelloResult.NotTls) result = ClientHello.TryOldVersion(bytes, out version);
                sample.MayChange = result == HelloResult.NeedMore;
                sample.SetInteger(((version >> 8) << 16) | (version & 0xFF));
                return result == HelloResult.Ok;
            },
            since,
            "the version: major × 65536 + minor");

    /// <summary>The groups stand apart, each before its key: they are put together.</summary>
    private static bool KeyShareGroups(SampleSource source, Arguments arguments, ref Sample sample)
    {
        HelloResult result = ClientHello.TryParse(BufferFetches.Bytes(source, false), out ClientHello hello);
        sample.MayChange = result == HelloResult.NeedMore;
        if (result != HelloResult.Ok || !hello.TryFind(TlsExtension.KeyShare, out ReadOnlySpan<byte> content)) return false;
        Span<byte> groups = source.Scratch.Take(default);
        int length = 0;
        ByteCursor list = new(content);
        if (!list.TrySkip(2)) return false;
        while (list.TryRead(2, out ReadOnlySpan<byte> group)
            && list.TryReadUInt16BigEndian(out ushort keyBytes)
            && list.TrySkip(keyBytes)
            && length + 2 <= groups.Length)
        {
            group.CopyTo(groups[length..]);
            length += 2;
        }

        sample.SetBinary(groups[..length]);
        return true;
    }

    private static FetchRow ServerHello(string name, string since) =>
        new(name, ArgumentSignature.None, SampleType.Integer, FetchContexts.ResponseBuffer,
            static (SampleSource source, Arguments _, ref Sample sample) =>
            {
                HelloResult result = ClientHello.IsServerHello(BufferFetches.Bytes(source, true));
                sample.MayChange = result == HelloResult.NeedMore;
                sample.SetInteger(2);
                return result == HelloResult.Ok;
            },
            since,
            "2 for a server's hello");
}
