using System;
using System.Globalization;
using System.Text;
using Hawser.Config.Binding;
using Hawser.Config.Diagnostics;
using Hawser.Config.Keywords;
using Hawser.Config.Model;
using Hawser.Config.Syntax;
using Hawser.Config.Validation;
using Hawser.Proxy.Backends;

namespace Hawser.Proxy.Building;

/// <summary>
/// Backends that an operator adds and removes while the process runs (management manual, "add backend", "del backend").
/// On loop 0, while no reload is under way. A reload reads them behind the files, see <see cref="Source"/>.
/// </summary>
public static class DynamicBackends
{
    /// <summary>Null when there is no section of that name.</summary>
    public static ProxyConfig? FindDefaults(ConfigModel model, string name)
    {
        for (int i = model.Defaults.Length - 1; i >= 0; i--)
        {
            if (model.Defaults[i].Name.Length > 0 && model.Defaults[i].Name == name)
                return model.Defaults[i];
        }

        return null;
    }

    /// <param name="defaults">What it inherits from.</param>
    /// <param name="mode">Null: that of <paramref name="defaults"/>.</param>
    /// <param name="warning">What a start would warn of; null: nothing.</param>
    /// <returns>What is wrong, in HAProxy's words; null on success. The backend is not published.</returns>
    public static string? Add(
        ProxySet set, ProxyConfig defaults, string name, ProxyMode? mode, string? guid, out string? warning)
    {
        warning = null;
        if (NameText.FirstForbidden(name) is { } bad)
            return $"Invalid character '{bad}' in backend name.";
        string? problem = Find(set, defaults, name, guid, out int id);
        if (problem is not null)
            return $"Error during backend creation : {problem}.";
        ProxyConfig config = RuntimeBackend.Create(defaults, name, mode, guid, id, out warning);
        DiagnosticBag findings = new();
        if (ProxyBuilder.BuildBackend(set, config, findings) is not { } backend)
            return First(findings);
        set.Runtime.LastProxyId = id;
        // As a line of a file would: it is known, and takes part in nothing.
        set.Add(config, config.IsDisabled ? null : backend);
        backend.Start();
        return null;
    }

    /// <returns>What stands in the way of <see cref="Remove"/>, in HAProxy's words; null: nothing does.</returns>
    /// <param name="isPassing">Sessions do, which end by themselves.</param>
    public static string? Obstacle(Backend backend, out bool isPassing)
    {
        isPassing = false;
        if (backend.Config.HasFrontend)
            return "Cannot delete a listen section.";
        if (backend.IsReferenced)
            return "This proxy cannot be removed at runtime due to other configuration elements pointing to it.";
        if (!backend.IsUnpublished)
            return "Backend must be unpublished prior to its deletion.";
        if (backend.Servers.Length > 0)
            return "Only a backend without server can be deleted.";
        isPassing = backend.ActiveSessions > 0;
        return isPassing ? "Backend still has attached streams on it." : null;
    }

    /// <inheritdoc cref="Add" path="/returns"/>
    public static string? Remove(ProxySet set, Backend backend)
    {
        if (Obstacle(backend, out _) is { } obstacle)
            return obstacle;
        set.Remove(backend);
        return null;
    }

    /// <summary>
    /// The backends that were added to <paramref name="running"/>, as lines behind the files of a configuration. One whose
    /// name the files have taken is theirs, and one whose defaults section is gone or for frontends now is lost.
    /// </summary>
    /// <param name="next">What the files say.</param>
    /// <param name="lost">Called with the name of each that is lost, and why.</param>
    /// <returns>Null when there are none.</returns>
    public static ConfigurationSource? Source(ProxySet running, ConfigModel? next, Action<string, string> lost)
    {
        StringBuilder text = new();
        foreach (ProxyConfig proxy in running.Model.Proxies)
        {
            if (proxy.AddedFrom is not { } from || Has(next, proxy.Name))
                continue;
            if (next is not null && Obstacle(next, from) is { } obstacle)
            {
                lost(proxy.Name, obstacle);
                continue;
            }

            text.Append(CultureInfo.InvariantCulture, $"backend {proxy.Name} from {from}\n");
            text.Append(CultureInfo.InvariantCulture, $"    mode {proxy.Mode.ToString().ToLowerInvariant()}\n    be-unpublished\n");
            if (proxy.Guid is { } guid)
                text.Append(CultureInfo.InvariantCulture, $"    guid {guid.Value}\n");
            if (next is null || Array.TrueForAll([.. next.Proxies], other => other.Id != proxy.Id))
                text.Append(CultureInfo.InvariantCulture, $"    id {proxy.Id}\n");
        }

        return text.Length == 0 ? null : new ConfigurationSource(RuntimeBackend.Source, ConfigText.Encode(text.ToString()));
    }

    private static string? Obstacle(ConfigModel next, string from) => FindDefaults(next, from) is { } defaults
        ? defaults.ForbidsBackends
        : $"there is no defaults section '{from}' any more";

    private static bool Has(ConfigModel? model, string name) =>
        model is not null && Array.Exists([.. model.Proxies], proxy => proxy.Name == name);

    /// <summary>What keeps the name, the guid and the defaults from being used; else the number that is next.</summary>
    private static string? Find(ProxySet set, ProxyConfig defaults, string name, string? guid, out int id)
    {
        id = set.Runtime.LastProxyId + 1;
        foreach (ProxyConfig proxy in set.Model.Proxies)
        {
            if (proxy.Name == name)
                return $"name is already used by other proxy '{KindOf(proxy)} {name}'";
            id = Math.Max(id, proxy.Id + 1);
        }

        if (defaults.ForbidsBackends is { } forbidden)
            return forbidden.TrimEnd('.');
        if (guid is null)
            return null;
        string? problem = NameText.GuidProblem(guid) ?? (GuidOwner(set, guid) is { } owner ? $"duplicate entry with {owner}" : null);
        return problem is null ? null : $"GUID insertion : {problem}";
    }

    internal static string? GuidOwner(ProxySet set, string guid)
    {
        foreach (ProxyConfig proxy in set.Model.Proxies)
        {
            if (proxy.Guid?.Value == guid)
                return $"{KindOf(proxy)} {proxy.Name}";
        }

        foreach (Backend backend in set.Backends)
        {
            foreach (Server server in backend.Servers)
            {
                if (server.Config.Guid?.Value == guid)
                    return $"server {backend.Name}/{server.Name}";
            }
        }

        return null;
    }

    private static string KindOf(ProxyConfig proxy) => proxy.Kind switch
    {
        ProxyKind.Frontend => "frontend",
        ProxyKind.Backend => "backend",
        _ => "proxy",
    };

    private static string First(DiagnosticBag findings)
    {
        foreach (Diagnostic finding in findings.Items)
        {
            if (finding.Severity == Severity.Alert)
                return finding.Message;
        }

        return "Error during backend creation.";
    }
}
