using System;
using System.Text;
using Hawser.Config.Model;
using Hawser.Protocols.Http;
using Hawser.Proxy.Backends;

namespace Hawser.Proxy.Streams.Keys;

/// <summary>"balance hdr" (manual, "balance"): the first value of a header; an empty one is none.</summary>
public sealed class HeaderKey(BalanceConfig config, KeyHash hash) : SessionKey
{
    private readonly byte[] _name = Encoding.UTF8.GetBytes(config.Name!);

    public override BalanceKey Of(Waiter session)
    {
        if (((Session)session).Http is not { } http) return default;
        int at = http.Request.Find(_name);
        if (at < 0) return default;
        int from = 0;
        bool hasValue = HeaderValues.TryNext(http.Request.ValueOf(at), ref from, out ReadOnlySpan<byte> value) && !value.IsEmpty;
        return hasValue ? hash.Of(config.UsesDomainOnly ? Domain(value) : value) : default;
    }

    /// <summary>"use_domain_only": what stands between the last dot and the one before it.</summary>
    private static ReadOnlySpan<byte> Domain(ReadOnlySpan<byte> host)
    {
        int end = host.LastIndexOf((byte)'.');
        if (end < 0) return host;
        int dot = host[..end].LastIndexOf((byte)'.');
        return host[(dot + 1)..end];
    }
}
