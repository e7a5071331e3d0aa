using System;
using System.Text;
using Ascii = Hawser.Base.Bytes.Ascii;

namespace Hawser.Protocols.Http;

/// <summary>Names of the known header fields, both ways; case does not count.</summary>
public static class FieldNames
{
    private static readonly byte[][] s_names = Build(
        "", "host", "connection", "content-length", "transfer-encoding", "keep-alive", "proxy-connection", "upgrade",
        "te", "trailer", "expect", "cookie", "set-cookie", "date", "server", "location", "accept", "accept-encoding",
        "accept-language", "authorization", "proxy-authorization", "cache-control", "pragma", "content-type",
        "content-encoding", "etag", "expires", "last-modified", "if-modified-since", "if-none-match", "range",
        "referer", "origin", "user-agent", "vary", "via", "forwarded", "x-forwarded-for", "x-forwarded-proto",
        "x-original-to", "sec-websocket-key", "sec-websocket-accept", "http2-settings");

    /// <summary>By length and first letter: the first name that has both; 0 when none has.</summary>
    private static readonly byte[] s_first = new byte[1024];

    /// <summary>By name: the next one of the same length and first letter; 0 at the end.</summary>
    private static readonly byte[] s_next = BuildChains();

    /// <summary>In lower case, as Hawser writes it.</summary>
    public static ReadOnlySpan<byte> Text(FieldName name) => s_names[(int)name];

    public static FieldName Find(ReadOnlySpan<byte> name)
    {
        if (name.Length is < 2 or > 31) return FieldName.Other;
        int candidate = s_first[Key(name)];
        while (candidate != 0 && !Ascii.EqualsIgnoreCase(name, s_names[candidate])) candidate = s_next[candidate];
        return (FieldName)candidate;
    }

    private static int Key(ReadOnlySpan<byte> name) => (name.Length << 5) | (name[0] & 31);

    private static byte[][] Build(params string[] names) => Array.ConvertAll(names, Encoding.ASCII.GetBytes);

    private static byte[] BuildChains()
    {
        byte[] next = new byte[s_names.Length];
        for (int index = s_names.Length - 1; index > 0; index--)
        {
            ref byte first = ref s_first[Key(s_names[index])];
            next[index] = first;
            first = (byte)index;
        }

        return next;
    }
}
