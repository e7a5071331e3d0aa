using System;
using System.Text;
using Hawser.Base.Bytes;
using Hawser.Config.Model;
using Hawser.Protocols.Http;
using Hawser.Protocols.Http1;
using Hawser.Proxy.Backends;
using Ascii = Hawser.Base.Bytes.Ascii;

namespace Hawser.Proxy.Streams.Keys;

/// <summary>
/// "balance url_param" (manual, "balance"): a parameter of the query, or else, with "check_post", of the body of a
/// POST. There, what is no value of a form is none at all.
/// </summary>
public sealed unsafe class ParameterKey(BalanceConfig config, KeyHash hash) : SessionKey
{
    private readonly byte[] _name = Encoding.UTF8.GetBytes(config.Name!);

    /// <summary>The body has to be there before a server is chosen.</summary>
    public bool NeedsBody(HttpMessage request) =>
        config.ChecksPost && request.Method == HttpMethod.Post && request.Framing != BodyFraming.None && !TryQuery(request, out _);

    public override BalanceKey Of(Waiter session)
    {
        Session owner = (Session)session;
        if (owner.Http is not { } http) return default;
        HttpMessage request = http.Request;
        if (TryQuery(request, out ReadOnlySpan<byte> value)) return hash.Of(value);
        if (!config.ChecksPost || request.Method != HttpMethod.Post || http.IsRequestHeadSent) return default;
        ReadOnlySpan<byte> received = new(request.Block, owner.Request.Held);
        Span<byte> room = new(owner.Loop.Buffers.Scratch, owner.Loop.Buffers.LargeBytes);
        return TryFind(BodyText.Available(request, received, room, out _), out value) && TryFormValue(ref value)
            ? hash.Of(value)
            : default;
    }

    private bool TryQuery(HttpMessage request, out ReadOnlySpan<byte> value)
    {
        value = default;
        return TargetText.TryQuery(request.Target.In(request.Block), out ReadOnlySpan<byte> query) && TryFind(query, out value);
    }

    private bool TryFind(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> value)
    {
        value = default;
        while (true)
        {
            int length = text.IndexOf((byte)'&');
            ReadOnlySpan<byte> parameter = length < 0 ? text : text[..length];
            if (parameter.Length > _name.Length && parameter[_name.Length] == '=' && parameter.StartsWith(_name))
            {
                value = parameter[(_name.Length + 1)..];
                return true;
            }

            if (length < 0) return false;
            text = text[(length + 1)..];
        }
    }

    /// <summary>Ends at a blank or a line's end; everything in front of that has to be a token's (RFC 9110).</summary>
    private static bool TryFormValue(ref ReadOnlySpan<byte> value)
    {
        for (int at = 0; at < value.Length; at++)
        {
            if (value[at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            {
                value = value[..at];
                return true;
            }

            if (!Ascii.IsToken(value[at])) return false;
        }

        return true;
    }
}
