using System;
using System.Globalization;
using Hawser.Config.Model;
using Hawser.Proxy.Backends;
using Hawser.Proxy.Building;
using Hawser.Proxy.Streams;

namespace Hawser.Control.Cli.Commands;

/// <summary>Proxies and servers by name, or by number after a sharp: <c>be/s1</c>, <c>#3/#1</c>.</summary>
internal static class Lookup
{
    /// <summary>Null when there is none, which the client has been told.</summary>
    public static Server? ServerOf(CliCall call, string path)
    {
        int slash = path.IndexOf('/');
        if (slash <= 0 || slash == path.Length - 1)
        {
            call.Error("Require 'backend/server'.");
            return null;
        }

        if (BackendOf(call.Context.Set, path[..slash]) is not { } backend)
        {
            call.Error("No such backend.");
            return null;
        }

        string name = path[(slash + 1)..];
        foreach (Server server in backend.Servers)
        {
            if (Is(name, server.Name, server.Id))
                return server;
        }

        call.Error("No such server.");
        return null;
    }

    public static Backend? BackendOf(ProxySet set, string name) =>
        Array.Find(set.Backends, backend => Is(name, backend.Name, backend.Config.Id));

    /// <summary>Also of one that is switched off; null when there is none.</summary>
    public static ProxyConfig? BackendConfigOf(ConfigModel model, string name)
    {
        foreach (ProxyConfig proxy in model.Proxies)
        {
            if (proxy.HasBackend && Is(name, proxy.Name, proxy.Id))
                return proxy;
        }

        return null;
    }

    /// <inheritdoc cref="ServerOf"/>
    public static Frontend? FrontendOf(CliCall call, string name)
    {
        if (name.Length == 0)
        {
            call.Error("A frontend name is expected.");
            return null;
        }

        Frontend? frontend = Array.Find(call.Context.Set.Frontends, one => Is(name, one.Name, one.Config.Id));
        if (frontend is null)
            call.Error("No such frontend.");
        return frontend;
    }

    /// <summary>By name, or by number with or without a sharp; null when there is none.</summary>
    public static ProxyConfig? ProxyOf(ConfigModel model, string name)
    {
        foreach (ProxyConfig proxy in model.Proxies)
        {
            if (proxy.Name == name)
                return proxy;
        }

        ReadOnlySpan<char> digits = name.StartsWith('#') ? name.AsSpan(1) : name;
        if (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int id))
            return null;
        foreach (ProxyConfig proxy in model.Proxies)
        {
            if (proxy.Id == id)
                return proxy;
        }

        return null;
    }

    private static bool Is(string written, string name, int id) => written.StartsWith('#')
        ? int.TryParse(written.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number == id
        : written == name;
}
