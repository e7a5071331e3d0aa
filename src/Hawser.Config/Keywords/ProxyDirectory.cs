using System;
using System.Collections.Generic;

namespace Hawser.Config.Keywords;

/// <summary>The backend and listen sections opened so far, for lines that name another section's servers.</summary>
public sealed class ProxyDirectory
{
    private readonly Dictionary<string, ProxyContext> _backends = new(StringComparer.Ordinal);

    /// <summary>The first section of a name stays.</summary>
    public void Add(ProxyContext context) => _backends.TryAdd(context.Proxy.Name, context);

    public ProxyContext? FindBackend(string name) => _backends.GetValueOrDefault(name);

    public IEnumerable<string> Names => _backends.Keys;
}
