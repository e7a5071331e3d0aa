using System;
using System.Collections.Generic;
using Hawser.Config.Model;

namespace Hawser.Config.Keywords;

/// <summary>The backend and listen sections opened so far, for lines that name another section's servers.</summary>
/// <param name="running">
/// For a line that comes at run time: what runs, which is then looked at instead of the sections; null: nothing does.
/// </param>
public sealed class ProxyDirectory(Func<string, ProxyConfig?>? running = null)
{
    private readonly Dictionary<string, ProxyContext> _backends = new(StringComparer.Ordinal);

    /// <summary>The lines come at run time.</summary>
    public bool IsRunning => running is not null;

    /// <summary>The first section of a name stays.</summary>
    public void Add(ProxyContext context) => _backends.TryAdd(context.Proxy.Name, context);

    public ProxyContext? FindBackend(string name)
    {
        if (running is null) return _backends.GetValueOrDefault(name);
        return FindRunning(name) is { } backend ? Context(backend) : null;
    }

    /// <summary>Null as well when nothing runs.</summary>
    public ProxyConfig? FindRunning(string name) => running?.Invoke(name);

    public IEnumerable<string> Names => _backends.Keys;

    private static ProxyContext Context(ProxyConfig backend)
    {
        ProxyContext context = new() { Proxy = backend, DefaultServer = backend.DefaultServer ?? ProxyContext.UnsetServer };
        foreach (ServerConfig named in backend.NamedDefaultServers) context.NamedDefaults.Add(named.Name, named);
        context.Servers.AddRange(backend.Servers);
        return context;
    }
}
