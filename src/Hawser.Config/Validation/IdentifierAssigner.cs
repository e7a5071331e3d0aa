using System.Collections.Generic;
using System.Collections.Immutable;
using Hawser.Config.Diagnostics;
using Hawser.Config.Model;

namespace Hawser.Config.Validation;

/// <summary>
/// Gives proxies and servers HAProxy 3.5's identifiers, as seen in its statistics: written ones are kept, the others
/// take the next free number.
/// </summary>
internal sealed class IdentifierAssigner
{
    /// <summary>Number 1 belongs to a proxy inside HAProxy.</summary>
    private const int FirstProxy = 2;

    private const int FirstServer = 1;

    private readonly DiagnosticBag _diagnostics;

    public IdentifierAssigner(DiagnosticBag diagnostics)
    {
        _diagnostics = diagnostics;
    }

    public void AssignProxies(List<ProxyConfig> proxies)
    {
        Dictionary<int, ProxyConfig> taken = [];
        foreach (ProxyConfig proxy in proxies)
        {
            if (proxy.ExplicitId is not { } id || taken.TryAdd(id.Value, proxy)) continue;
            ProxyConfig other = taken[id.Value];
            _diagnostics.Report(DiagnosticCodes.DuplicateId, Severity.Alert, id.Origin,
                $"{ProxyText.KindOf(proxy)} {proxy.Name} reuses same custom id as {ProxyText.KindOf(other)} " +
                $"{other.Name} (declared at {other.Origin}).");
        }
        int next = FirstProxy;
        for (int index = 0; index < proxies.Count; index++)
        {
            int? written = proxies[index].ExplicitId?.Value;
            if (written is null)
            {
                while (taken.ContainsKey(next)) next++;
            }
            proxies[index].Id = written ?? next++;
        }
    }

    /// <summary>A "guid" belongs to one proxy or server.</summary>
    public void CheckGuids(IReadOnlyList<ProxyConfig> proxies)
    {
        Dictionary<string, string> taken = [];
        foreach (ProxyConfig proxy in proxies)
        {
            if (proxy.Guid is { } guid) Take(guid.Value, $"{ProxyText.KindOf(proxy)} {proxy.Name}", guid.Origin);
            foreach (ServerConfig server in proxy.Servers)
            {
                if (server.Guid is { } own) Take(own, $"server {proxy.Name}/{server.Name}", server.Origin);
            }
        }

        void Take(string guid, string owner, Origin origin)
        {
            if (!taken.TryAdd(guid, owner))
                _diagnostics.Report(DiagnosticCodes.DuplicateId, Severity.Alert, origin, $"'guid': duplicate entry with {taken[guid]}");
        }
    }

    public ImmutableArray<ServerConfig> AssignServers(string backend, IReadOnlyList<ServerConfig> servers)
    {
        Dictionary<int, ServerConfig> taken = [];
        foreach (ServerConfig server in servers)
        {
            if (server.ExplicitId is not { } id || taken.TryAdd(id.Value, server)) continue;
            ServerConfig other = taken[id.Value];
            _diagnostics.Report(DiagnosticCodes.DuplicateId, Severity.Alert, id.Origin,
                $"'server {backend}/{server.Name}' : 'id' : custom id {id.Value} already used at {other.Origin} " +
                $"('server {other.Name}').");
        }
        ImmutableArray<ServerConfig>.Builder result = ImmutableArray.CreateBuilder<ServerConfig>(servers.Count);
        int next = FirstServer;
        foreach (ServerConfig server in servers)
        {
            int? written = server.ExplicitId?.Value;
            if (written is null)
            {
                while (taken.ContainsKey(next)) next++;
            }
            server.Id = written ?? next;
            result.Add(server);
            // A written identifier moves the counter too.
            next++;
        }
        return result.MoveToImmutable();
    }

    public void CheckListeners(ProxyConfig proxy)
    {
        Dictionary<int, BindConfig> taken = [];
        foreach (BindConfig bind in proxy.Binds)
        {
            if (bind.Id is not { } id || taken.TryAdd(id.Value, bind)) continue;
            BindConfig other = taken[id.Value];
            string section = proxy.Kind.ToString().ToLowerInvariant();
            _diagnostics.Report(DiagnosticCodes.DuplicateId, Severity.Alert, id.Origin,
                $"'bind {bind.Addresses[0].Text}' in section '{section}' : 'id' : custom id {id.Value} already used at " +
                $"{other.Origin} ('bind {other.Addresses[0].Text}')");
        }
    }
}
