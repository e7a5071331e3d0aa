using System;
using System.Buffers.Binary;
using Hawser.Base.Hashing;
using Hawser.Base.Network;
using Hawser.Expressions.Compilation;
using Hawser.Expressions.Samples;
using Hawser.Protocols.Http;
using Hawser.Proxy.Logging;

namespace Hawser.Proxy.Fetches;

/// <summary>The request target, its parts, and the hashes of it (manual, section 7.3.6).</summary>
internal static unsafe class HttpTargetFetches
{
    public static FetchRow[] Rows { get; } =
    [
        Text("url", Url, "1.3", "the request target as it is passed on"),
        Text("path", static (HttpMessage message, Span<byte> _, ref ReadOnlySpan<byte> value) =>
        {
            bool isFound = HttpSources.TryPathAndQuery(message, out ReadOnlySpan<byte> path);
            value = TargetText.WithoutQuery(path);
            return isFound;
        }, "1.3", "the path, without the query"),
        Text("pathq", static (HttpMessage message, Span<byte> _, ref ReadOnlySpan<byte> value) =>
            HttpSources.TryPathAndQuery(message, out value), "2.2", "the path and the query"),
        Text("base", static (HttpMessage message, Span<byte> room, ref ReadOnlySpan<byte> value) =>
            TryBase(message, withQuery: false, room, ref value) && !value.IsEmpty, "1.3", "the host and the path"),
        Text("baseq", static (HttpMessage message, Span<byte> room, ref ReadOnlySpan<byte> value) =>
            TryBase(message, withQuery: true, room, ref value) && !value.IsEmpty, "2.2", "the host, the path and the query"),
        HttpSources.OfRequest("query", ArgumentSignature.Optional(ArgumentType.Text), SampleType.String, Query, "1.6", "what follows the target's question mark; with_qm: with it")
            with { Prepare = static (arguments, _) => arguments.Has(0) && arguments.String(0) != "with_qm" ? "supported options are: 'with_qm'" : null },
        Hash("base32", withQuery: false, "1.4", "a hash of the host and the path"),
        Hash("url32", withQuery: true, "1.5", "a hash of the host, the path and the query"),
        HashAndSource("base32+src", withQuery: false, "1.4", "a hash of the host and the path, and the client's address"),
        HashAndSource("url32+src", withQuery: true, "1.5", "a hash of the host, the path and the query, and the client's address"),
        HttpSources.OfRequest("url_ip", ArgumentSignature.None, SampleType.IPv4, static (HttpMessage message, SampleSource _, Arguments _, ref Sample sample) =>
        {
            if (!TargetText.TryNumericHost(HttpSources.TargetOf(message), out uint address, out _)) return false;
            sample.SetAddress(NetworkAddress.FromIPv4(address, 0));
            return true;
        }, "1.3", "the IPv4 address that is the target's host"),
        HttpSources.OfRequest("url_port", ArgumentSignature.None, SampleType.Integer, static (HttpMessage message, SampleSource _, Arguments _, ref Sample sample) =>
        {
            if (!TargetText.TryNumericHost(HttpSources.TargetOf(message), out _, out ushort port)) return false;
            sample.SetInteger(port);
            return true;
        }, "1.3", "the port beside that address"),
    ];

    /// <param name="room">For what does not lie in one piece.</param>
    private delegate bool TextReader(HttpMessage message, Span<byte> room, ref ReadOnlySpan<byte> value);

    private static FetchRow Text(string name, TextReader read, string since, string description) =>
        HttpSources.OfRequest(name, ArgumentSignature.None, SampleType.String,
            (HttpMessage message, SampleSource source, Arguments _, ref Sample sample) =>
            {
                ReadOnlySpan<byte> value = default;
                if (!read(message, source.Scratch.Take(default), ref value)) return false;
                sample.SetString(value);
                return true;
            },
            since,
            description);

    private static FetchRow Hash(string name, bool withQuery, string since, string description) =>
        HttpSources.OfRequest(name, ArgumentSignature.None, SampleType.Integer,
            (HttpMessage message, SampleSource source, Arguments _, ref Sample sample) =>
            {
                if (!TryHash(message, source, withQuery, out uint hash)) return false;
                sample.SetInteger(hash);
                return true;
            },
            since,
            description);

    private static FetchRow HashAndSource(string name, bool withQuery, string since, string description) =>
        HttpSources.OfRequest(name, ArgumentSignature.None, SampleType.Binary,
            (HttpMessage message, SampleSource source, Arguments _, ref Sample sample) =>
            {
                NetworkAddress client = ((SessionLogSource)source).Record.Client;
                if (!client.IsInternet || !TryHash(message, source, withQuery, out uint hash)) return false;
                Span<byte> room = source.Scratch.Take(default);
                BinaryPrimitives.WriteUInt32BigEndian(room, hash);
                client.AddressBytes.CopyTo(room[4..]);
                sample.SetBinary(room[..(4 + client.AddressBytes.Length)]);
                return true;
            },
            since,
            description);

    private static bool Url(HttpMessage message, Span<byte> room, ref ReadOnlySpan<byte> value)
    {
        value = HttpSources.TargetOf(message);
        if (!message.IsPathMissing) return true;
        if (value.Length >= room.Length) return false;
        value.CopyTo(room);
        room[value.Length] = (byte)'/';
        value = room[..(value.Length + 1)];
        return true;
    }

    private static bool Query(HttpMessage message, SampleSource source, Arguments arguments, ref Sample sample)
    {
        if (!HttpSources.TryPathAndQuery(message, out ReadOnlySpan<byte> path) || !TargetText.TryQuery(path, out ReadOnlySpan<byte> query))
            return false;
        sample.SetString(arguments.Has(0) && !query.IsEmpty ? path[^(query.Length + 1)..] : query);
        return true;
    }

    private static bool TryHash(HttpMessage message, SampleSource source, bool withQuery, out uint hash)
    {
        ReadOnlySpan<byte> value = default;
        hash = 0;
        if (!TryBase(message, withQuery, source.Scratch.Take(default), ref value)) return false;
        hash = HashFunctions.Avalanche(HashFunctions.Sdbm(value));
        return true;
    }

    /// <returns>False when there is no room for it.</returns>
    private static bool TryBase(HttpMessage message, bool withQuery, Span<byte> room, ref ReadOnlySpan<byte> value)
    {
        int at = message.Find(FieldName.Host);
        int from = 0;
        ReadOnlySpan<byte> host = default;
        if (at >= 0) HeaderValues.TryNext(message.ValueOf(at), ref from, out host);
        HttpSources.TryPathAndQuery(message, out ReadOnlySpan<byte> path);
        if (!path.StartsWith("/"u8)) path = default;
        if (!withQuery) path = TargetText.WithoutQuery(path);
        if (host.Length + path.Length > room.Length) return false;
        host.CopyTo(room);
        path.CopyTo(room[host.Length..]);
        value = room[..(host.Length + path.Length)];
        return true;
    }
}
