using System;
using System.Collections.Generic;
using Hawser.Config.Model;
using Hawser.Proxy.Backends;
using Hawser.Proxy.Building;

namespace Hawser.Control.Cli.Commands;

/// <summary>Backends that come and go while the process runs, and whether switching rules may choose one.</summary>
internal static class DynamicBackendCommands
{
    private const string NoBackend = "No such backend.";
    private const string UnderWay = "A reload is under way, try again.";
    private const string ShortUsage = "Usage: add backend <name> from <defproxy>.";
    private const string Usage = "Usage: add backend <name> from <defproxy> [mode <px_mode>] [guid <val>].";

    public static IEnumerable<CommandRow> Rows =>
    [
        CommandRow.Simple("add backend", "add a backend that inherits a defaults section, not published", CliLevel.Admin, Add, "<backend>"),
        CommandRow.Simple("del backend", "remove a backend that is not published and has no server", CliLevel.Admin, Remove, "<backend>"),
        CommandRow.Simple("publish backend", "let switching rules choose a backend", CliLevel.Admin, static call => Publish(call, isUnpublished: false), "<backend>"),
        CommandRow.Simple("unpublish backend", "let switching rules pass over a backend", CliLevel.Admin, static call => Publish(call, isUnpublished: true), "<backend>"),
        CommandRow.Simple("show defaults", "list the defaults sections that have a name", CliLevel.User, ShowDefaults),
    ];

    private static void Add(CliCall call)
    {
        ConfigModel model = call.Context.Model;
        string name = call.Argument(0);
        if (name.Length == 0)
            call.Error("Require backend name.");
        else if (Config.Keywords.NameText.FirstForbidden(name) is { } bad)
            call.Error($"Invalid character '{bad}' in backend name.");
        else if (call.Argument(1) != "from" || call.Argument(2).Length == 0)
            call.Error(ShortUsage);
        else if (DynamicBackends.FindDefaults(model, call.Argument(2)) is not { } defaults)
            call.Error($"Cannot find default proxy '{call.Argument(2)}'.");
        else if (TryOptions(call, defaults, out ProxyMode? mode, out string? guid))
            Add(call, defaults, name, mode, guid);
    }

    private static void Add(CliCall call, ProxyConfig defaults, string name, ProxyMode? mode, string? guid)
    {
        ProxySet set = call.Context.Set;
        if (call.Context.Reloads?.IsUnderWay == true)
        {
            call.Error(UnderWay);
        }
        else if (DynamicBackends.Add(set, defaults, name, mode, guid, out string? warning) is { } problem)
        {
            call.Error(problem);
        }
        else
        {
            string limit = Lookup.BackendOf(set, name) is { } backend && DynamicServers.Obstacle(backend) is { } obstacle
                ? $" (no support for dynamic servers: {obstacle})"
                : "";
            call.Info($"{(warning is null ? "" : warning + "\n")}New backend registered{limit}.");
        }
    }

    /// <summary>"mode" and "guid", once each, in any order.</summary>
    private static bool TryOptions(CliCall call, ProxyConfig defaults, out ProxyMode? mode, out string? guid)
    {
        mode = null;
        guid = null;
        ReadOnlySpan<string> options = call.Arguments[3..];
        for (; !options.IsEmpty; options = options[2..])
        {
            string value = options.Length > 1 ? options[1] : "";
            if (value.Length > 0 && options[0] == "mode" && mode is null)
            {
                if (ModeOf(value) is not { } known)
                    return Refuse(call, "Unknown proxy mode.");
                if (known is not (ProxyMode.Tcp or ProxyMode.Http))
                    return Refuse(call, "Dynamic backends are compatible with only TCP or HTTP mode.");
                mode = known;
            }
            else if (value.Length > 0 && options[0] == "guid" && guid is null)
            {
                guid = value;
            }
            else
            {
                return Refuse(call, Usage);
            }
        }

        if (mode is not null)
            return true;
        if (!defaults.HasOwnMode)
            return Refuse(call, $"Mode is required as '{defaults.Name}' default proxy does not explicitly defines it.");
        return defaults.Mode is ProxyMode.Tcp or ProxyMode.Http
            || Refuse(call, $"Dynamic backends only support TCP or HTTP mode, whereas default proxy '{defaults.Name}' uses 'mode {NameOf(defaults.Mode)}'.");
    }

    private static bool Refuse(CliCall call, string text)
    {
        call.Error(text);
        return false;
    }

    private static ProxyMode? ModeOf(string text) => text switch
    {
        "tcp" => ProxyMode.Tcp,
        "http" => ProxyMode.Http,
        "log" => ProxyMode.Log,
        "spop" => ProxyMode.Spop,
        _ => null,
    };

    private static string NameOf(ProxyMode mode) => mode == ProxyMode.Log ? "syslog" : mode.ToString().ToLowerInvariant();

    private static void Remove(CliCall call)
    {
        if (Find(call) is not { } proxy)
            return;
        if (call.Context.Reloads?.IsUnderWay == true)
            call.Error(UnderWay);
        else if (call.Context.Set.BackendOf(proxy) is not { } backend)
            call.Error("Backend must be unpublished prior to its deletion.");
        else if (DynamicBackends.Remove(call.Context.Set, backend) is { } problem)
            call.Error(problem);
        else
            call.Info("Backend deleted.");
    }

    private static void Publish(CliCall call, bool isUnpublished)
    {
        if (Find(call) is not { } proxy)
            return;
        if (call.Context.Set.BackendOf(proxy) is not { } backend)
        {
            call.Error("No effect on a disabled backend.");
            return;
        }

        backend.IsUnpublished = isUnpublished;
        call.Info(isUnpublished ? "Backend unpublished." : "Backend published.");
    }

    /// <summary>Null when there is none, which the client has been told.</summary>
    private static ProxyConfig? Find(CliCall call)
    {
        ProxyConfig? proxy = Lookup.BackendConfigOf(call.Context.Model, call.Argument(0));
        if (proxy is null)
            call.Error(NoBackend);
        return proxy;
    }

    private static void ShowDefaults(CliCall call)
    {
        foreach (ProxyConfig defaults in call.Context.Model.Defaults)
        {
            // Of those that share a name only the last one can be inherited.
            if (defaults.Name.Length > 0 && DynamicBackends.FindDefaults(call.Context.Model, defaults.Name) == defaults)
                call.Output.WriteLine(defaults.Name);
        }
    }
}
