using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Hawser.Config.Diagnostics;
using Hawser.Config.Keywords;
using Hawser.Config.Model;

namespace Hawser.Config.Validation;

/// <summary>
/// That no two objects of the process have one <c>guid</c> (manual, "guid", "guid-prefix"): proxies and servers in the
/// order of their sections, then listeners, whose names are the prefix, a dash and the listener's number in its line.
/// </summary>
internal sealed class GuidRegistry(DiagnosticBag diagnostics)
{
    private readonly Dictionary<string, string> _ownerByGuid = new(StringComparer.Ordinal);

    public void Check(IReadOnlyList<ProxyConfig> proxies)
    {
        foreach (ProxyConfig proxy in proxies) CheckSection(proxy);
        foreach (ProxyConfig proxy in proxies)
        {
            foreach (BindConfig bind in proxy.Binds) CheckListeners(proxy, bind);
        }
    }

    private void CheckSection(ProxyConfig proxy)
    {
        List<(Located<string> Guid, string Owner, string Subject)> named = [];
        if (proxy.Guid is { } own) named.Add((own, $"{ProxyText.KindOf(proxy)} {proxy.Name}", "'guid'"));
        foreach (ServerConfig server in proxy.Servers)
        {
            if (server.Guid is { } guid) named.Add((guid, $"server {proxy.Name}/{server.Name}", $"'server {proxy.Name}/{server.Name}' : 'guid'"));
        }
        foreach ((Located<string> guid, string owner, string subject) in named.OrderBy(static item => item.Guid.Origin.Line))
        {
            if (!_ownerByGuid.TryAdd(guid.Value, owner))
                diagnostics.Report(DiagnosticCodes.DuplicateId, Severity.Alert, guid.Origin, $"{subject}: duplicate entry with {_ownerByGuid[guid.Value]}");
        }
    }

    private void CheckListeners(ProxyConfig proxy, BindConfig bind)
    {
        if (bind.GuidPrefix is not { } prefix) return;
        int listeners = bind.Addresses.Sum(static address => address.PortKind == PortKind.Range ? address.PortHigh - address.PortLow + 1 : 1);
        if (bind.ShardsKind == ShardsKind.Fixed) listeners *= bind.Shards;
        for (int number = 0; number < listeners; number++)
        {
            string guid = prefix.Value + "-" + number.ToString(CultureInfo.InvariantCulture);
            string? problem = NameText.GuidProblem(guid)
                ?? (_ownerByGuid.TryAdd(guid, $"listener {proxy.Name} ({bind.Origin})") ? null : $"duplicate entry with {_ownerByGuid[guid]}");
            if (problem is null) continue;
            diagnostics.Report(DiagnosticCodes.DuplicateId, Severity.Alert, prefix.Origin,
                $"error on GUID generation : {problem}.", "another 'guid-prefix'");
            return;
        }
    }
}
