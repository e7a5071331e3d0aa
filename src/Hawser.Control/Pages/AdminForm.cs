using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using Hawser.Control.Stats;
using Hawser.Proxy.Accounting;
using Hawser.Proxy.Backends;
using Hawser.Proxy.Checks;
using Hawser.Proxy.Streams.Http;

namespace Hawser.Control.Pages;

/// <summary>What became of a form of the statistics page.</summary>
internal enum AdminOutcome
{
    Done,

    /// <summary>Nothing was to be changed.</summary>
    None,

    /// <summary>Some servers are unknown.</summary>
    Partly,

    /// <summary>The form names no action, no backend or no server that exists.</summary>
    Invalid,

    /// <summary>The form is longer than a buffer.</summary>
    TooLong,

    /// <summary>"stats admin" does not apply.</summary>
    Denied,
}

/// <summary>
/// The form below a backend's table: servers (<c>s</c>), an action (<c>action</c>), the backend (<c>b</c>, a name or
/// <c>#</c> and its number). On the loop on which states of servers change.
/// </summary>
internal static class AdminForm
{
    /// <summary>Does to a server what the action says.</summary>
    /// <returns>False when nothing has changed.</returns>
    private delegate bool ServerAction(PageContext context, Server server);

    /// <summary>Values of <c>action</c>, as HAProxy has them; the last four are those of its early versions.</summary>
    private static readonly Dictionary<string, ServerAction> s_actions = new(StringComparer.Ordinal)
    {
        ["ready"] = static (context, server) => SetMode(context, server, ServerMode.Ready),
        ["drain"] = static (context, server) => SetMode(context, server, ServerMode.Drain),
        ["maint"] = static (context, server) => SetMode(context, server, ServerMode.Maintenance),
        ["dhlth"] = static (context, server) => EnableCheck(context, server, isEnabled: false),
        ["ehlth"] = static (context, server) => EnableCheck(context, server, isEnabled: true),
        ["hrunn"] = static (context, server) => SetHealth(context, server, ServerHealth.Up),
        ["hnolb"] = static (context, server) => SetHealth(context, server, ServerHealth.Stopping),
        ["hdown"] = static (context, server) => SetHealth(context, server, ServerHealth.Down),
        // No server has an agent to be changed.
        ["dagent"] = static (_, _) => false,
        ["eagent"] = static (_, _) => false,
        ["arunn"] = static (_, _) => false,
        ["adown"] = static (_, _) => false,
        ["shutdown"] = static (context, server) =>
        {
            context.Set.Runtime.Sessions.KillSessionsOf(server, TerminationCause.Killed);
            return true;
        },
        ["start"] = static (context, server) => Turn(context, server, ServerAdministration.ForcedDrain, isOn: false),
        ["stop"] = static (context, server) => Turn(context, server, ServerAdministration.ForcedDrain, isOn: true),
        ["enable"] = static (context, server) => Turn(context, server, ServerAdministration.ForcedMaintenance, isOn: false),
        ["disable"] = static (context, server) => Turn(context, server, ServerAdministration.ForcedMaintenance, isOn: true),
    };

    public static string Code(AdminOutcome outcome) => outcome switch
    {
        AdminOutcome.Done => "DONE",
        AdminOutcome.None => "NONE",
        AdminOutcome.Partly => "PART",
        AdminOutcome.Invalid => "ERRP",
        AdminOutcome.TooLong => "EXCD",
        _ => "DENY",
    };

    /// <param name="filter">"stats scope": what the page does not show, its form does not change.</param>
    public static AdminOutcome Apply(PageContext context, ServiceRequest request, StatFilter filter)
    {
        if (!request.IsAdmin)
            return AdminOutcome.Denied;
        if (!request.IsBodyWhole)
            return AdminOutcome.TooLong;
        ServerAction? action = null;
        string? backendName = null;
        List<string> servers = [];
        foreach (string field in request.Body.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = field.IndexOf('=', StringComparison.Ordinal);
            string key = equals < 0 ? field : field[..equals];
            string value = equals < 0 ? "" : Decode(field[(equals + 1)..]);
            if (key == "s")
                servers.Add(value);
            else if (key == "b")
                backendName = value;
            else if (key == "action" && value.Length > 0 && !s_actions.TryGetValue(value, out action))
                return AdminOutcome.Invalid;
        }

        if (servers.Count == 0 || action is null || backendName is null)
            return AdminOutcome.None;
        Backend? backend = BackendOf(context, backendName);
        // Whoever sees a part only is not told what else there is.
        if (filter.Names is { } names && (backend is null || !names.Contains(backend.Name)))
            return AdminOutcome.Denied;
        return backend is not null ? Apply(context, backend, servers, action) : AdminOutcome.Invalid;
    }

    private static AdminOutcome Apply(PageContext context, Backend backend, List<string> names, ServerAction action)
    {
        int known = 0;
        int changed = 0;
        foreach (string name in names)
        {
            if (ServerOf(backend, name) is not { } server)
                continue;
            known++;
            if (action(context, server))
                changed++;
        }

        if (known < names.Count)
            return changed > 0 ? AdminOutcome.Partly : AdminOutcome.Invalid;
        return changed > 0 ? AdminOutcome.Done : AdminOutcome.None;
    }

    private static bool SetMode(PageContext context, Server server, ServerMode mode)
    {
        context.Set.Checks!.SetMode(server, mode);
        return true;
    }

    private static bool Turn(PageContext context, Server server, ServerAdministration flag, bool isOn)
    {
        ServerAdministration own = server.State.Administration & (ServerAdministration.ForcedMaintenance | ServerAdministration.ForcedDrain);
        if (((own & flag) != 0) == isOn)
            return false;
        context.Set.Checks!.SetOwn(server, own ^ flag);
        return true;
    }

    private static bool EnableCheck(PageContext context, Server server, bool isEnabled)
    {
        if (context.Set.Checks!.CheckOf(server) is null)
            return false;
        CheckRunner.EnableCheck(server, isEnabled);
        return true;
    }

    /// <summary>Who follows another server has no health of its own.</summary>
    private static bool SetHealth(PageContext context, Server server, ServerHealth health)
    {
        if (server.State.Tracked is not null)
            return false;
        context.Set.Checks!.SetHealth(server, health);
        return true;
    }

    private static Backend? BackendOf(PageContext context, string name)
    {
        if (!name.StartsWith('#'))
            return Array.Find(context.Set.Backends, backend => backend.Name == name);
        return int.TryParse(name.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out int id)
            ? Array.Find(context.Set.Backends, backend => backend.Config.Id == id)
            : null;
    }

    private static Server? ServerOf(Backend backend, string name) => Array.Find(backend.Servers, server => server.Name == name);

    /// <summary>"+" and "%41"; a wrong one stays as it is. The bytes are UTF-8, as names in configurations are.</summary>
    private static string Decode(string text)
    {
        byte[] bytes = new byte[text.Length];
        int length = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '%' && i + 2 < text.Length
                && byte.TryParse(text.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte value))
            {
                bytes[length++] = value;
                i += 2;
            }
            else
            {
                bytes[length++] = text[i] == '+' ? (byte)' ' : (byte)text[i];
            }
        }

        return Encoding.UTF8.GetString(bytes, 0, length);
    }
}
