using System;
using Hawser.Base.Bytes;
using Hawser.Config.Model;
using Hawser.Protocols.Http;
using Hawser.Proxy.Backends;

namespace Hawser.Proxy.Streams.Keys;

/// <summary>
/// "balance uri" (manual, "balance"): the request's target, up to its query, a length or a depth. One level is counted
/// for each slash; the one behind the last level ends the key.
/// </summary>
public sealed unsafe class UriKey(BalanceConfig config, KeyHash hash) : SessionKey
{
    public override BalanceKey Of(Waiter session)
    {
        if (((Session)session).Http is not { } http) return default;
        HttpMessage request = http.Request;
        ReadOnlySpan<byte> target = request.Target.In(request.Block);
        if (config.UriPathOnly)
        {
            if (!TargetText.TryPathAndQuery(target, out target)) target = request.IsPathMissing ? "/"u8 : default;
            return hash.Of(Part(target));
        }

        if (!request.IsPathMissing) return hash.Of(Part(target));
        // "scheme://authority" alone has the path "/", which the request as received has not.
        Span<byte> whole = new(((Session)session).Loop.Buffers.Scratch, target.Length + 1);
        target.CopyTo(whole);
        whole[^1] = (byte)'/';
        return hash.Of(Part(whole));
    }

    private ReadOnlySpan<byte> Part(ReadOnlySpan<byte> target)
    {
        if (!config.UriWhole) target = TargetText.WithoutQuery(target);
        if (config.UriLength > 0 && target.Length > config.UriLength) target = target[..config.UriLength];
        if (config.UriDepth == 0) return target;
        int slashes = 0;
        for (int at = 0; at < target.Length; at++)
        {
            if (target[at] == '/' && ++slashes > config.UriDepth) return target[..at];
        }

        return target;
    }
}
