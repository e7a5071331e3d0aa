using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using Hawser.Config.Diagnostics;
using Hawser.Config.Keywords;
using Hawser.Config.Model;

namespace Hawser.Config.Validation;

/// <summary>HAProxy's checks over a whole configuration, proxy by proxy, with its texts and severities.</summary>
internal sealed class ProxyValidator
{
    private readonly DiagnosticBag _diagnostics;
    private readonly Dictionary<string, ProxyConfig> _backends = new(StringComparer.Ordinal);
    private readonly TrackingValidator _tracking;
    private readonly ModeValidator _modes;

    private readonly Refusals _refusals;

    /// <param name="contexts">Those the proxies were made from.</param>
    /// <param name="refusals">Those of the global section, and of whole sections.</param>
    public ProxyValidator(
        IReadOnlyList<ProxyConfig> proxies, IReadOnlyList<ProxyContext> contexts, DiagnosticBag diagnostics, Refusals refusals)
    {
        _diagnostics = diagnostics;
        _refusals = refusals;
        _modes = new ModeValidator(diagnostics);
        foreach (ProxyConfig proxy in proxies.Where(static proxy => proxy.HasBackend))
            _backends.TryAdd(proxy.Name, proxy);
        _tracking = new TrackingValidator(_backends, diagnostics, refusals, contexts.Count > 0 ? contexts[0].Proxies : new ProxyDirectory());
        _tracking.Doubt(contexts.Where(static context => context.Refusals.MayHave("server") || context.Refusals.MayHave("default-server"))
            .Select(static context => context.Proxy.Name));
    }

    public void Check(ProxyConfig proxy, ProxyContext context)
    {
        if (proxy.HasFrontend && proxy.Binds.IsEmpty && !context.HasErrors)
        {
            Warn(DiagnosticCodes.NoBind, proxy.Origin,
                $"{ProxyText.Describe(proxy)} has no 'bind' directive. " +
                "Please declare it as a backend if this was intended.");
        }
        _modes.Check(proxy, context);
        foreach (BindConfig bind in proxy.Binds)
            CheckProtocol(proxy, bind.Protocol, $"'bind {bind.Addresses[0].Text}'", bind.Origin);
        CheckLogFormat(proxy, context);
        CheckTimeouts(proxy, context);
        foreach (ServerConfig server in proxy.Servers)
        {
            CheckServer(proxy, server);
            if (server.Track is not null && !context.HasErrors) _tracking.Check(proxy, server);
        }
    }

    /// <summary>That the backends exist which the proxy may send its sessions to, and speak the same protocol.</summary>
    public void CheckTargets(ProxyConfig proxy)
    {
        foreach (RuleConfig rule in proxy.Rules)
        {
            // A computed name is looked up when a session needs it.
            if (rule.Set == RuleSetKind.UseBackend && !rule.Words.IsEmpty && !rule.Words[0].Text.Contains("%[", StringComparison.Ordinal))
                CheckTarget(proxy, "use_backend", "in a 'use_backend' rule", rule.Words[0].Text, rule.Words[0].Origin);
        }

        if (proxy is { HasFrontend: true, DefaultBackend: { } target })
            CheckTarget(proxy, "default_backend", "as its default backend", target.Value, target.Origin);
    }

    private void CheckTarget(ProxyConfig proxy, string keyword, string what, string name, Origin origin)
    {
        if (!_backends.TryGetValue(name, out ProxyConfig? target))
        {
            if (_refusals.MayHaveBackend(name) || !_refusals.TryMiss(name)) return;
            Alert(DiagnosticCodes.UnknownBackend, origin,
                $"Proxy '{proxy.Name}': unable to find required {keyword}: '{name}'.",
                Syntax.Suggestion.Hint(name, _backends.Keys));
        }
        else if (target.Origin == proxy.Origin)
        {
            Alert(DiagnosticCodes.IncompatibleBackend, origin,
                $"Proxy '{proxy.Name}': loop detected for {keyword}: '{name}'.");
        }
        else if (target.Mode != proxy.Mode && !IsUpgrade(proxy.Mode, target.Mode))
        {
            Alert(DiagnosticCodes.IncompatibleBackend, origin,
                $"{ProxyText.ModeOf(proxy)} {ProxyText.Describe(proxy)} ({proxy.Origin}) tries to use incompatible " +
                $"{ProxyText.ModeOf(target)} {ProxyText.Describe(target)} ({target.Origin}) {what} (see 'mode').");
        }
    }

    /// <summary>A tcp frontend may go on in http.</summary>
    private static bool IsUpgrade(ProxyMode from, ProxyMode to) => from == ProxyMode.Tcp && to == ProxyMode.Http;

    private void CheckLogFormat(ProxyConfig proxy, ProxyContext context)
    {
        if (_refusals.HasDefaults || _refusals.MayHave("log") || context.Refusals.MayHave("log")) return;
        LoggingConfig logging = proxy.Logging;
        bool hasFormat = logging.Format != LogFormatKind.Default || logging.LogFormatSd is not null;
        if (!proxy.HasFrontend || !hasFormat || !logging.Targets.IsEmpty) return;
        Warn(DiagnosticCodes.NoGlobalLog, proxy.Origin,
            $"log format ignored for {ProxyText.Describe(proxy)} since it has no log address.");
    }

    private void CheckTimeouts(ProxyConfig proxy, ProxyContext context)
    {
        if (_refusals.HasDefaults || context.Refusals.MayHave("timeout")) return;
        TimeoutsConfig timeouts = proxy.Timeouts;
        bool isMissing = (proxy.HasFrontend && timeouts.ClientMs is null)
            || (proxy.HasBackend && (!proxy.Servers.IsEmpty || proxy.Dispatch is not null)
                && (timeouts.ConnectMs is null || timeouts.ServerMs is null));
        if (!isMissing) return;
        Warn(DiagnosticCodes.MissingTimeouts, proxy.Origin,
            $"missing timeouts for {ProxyText.Describe(proxy)}.\n" +
            "   | While not properly invalid, you will certainly encounter various problems\n" +
            "   | with such a configuration. To fix this, please ensure that all following\n" +
            "   | timeouts are set to a non-zero value: 'client', 'connect', 'server'.");
    }

    private void CheckServer(ProxyConfig proxy, ServerConfig server)
    {
        string owner = ProxyText.Describe(proxy);
        const RetryConditions Needed =
            RetryConditions.ConnectionFailure | RetryConditions.EmptyResponse | RetryConditions.ResponseTimeout;
        if (server.TcpFastOpen && (proxy.Http.RetryOn & Needed) != Needed)
        {
            Warn(DiagnosticCodes.NeedsRetries, server.Origin,
                $"'server {proxy.Name}/{server.Name}' : server has tfo activated, the backend should be configured with at " +
                "least 'conn-failure', 'empty-response' and 'response-timeout' or we wouldn't be able to retry the " +
                "connection on failure.");
        }
        CheckProtocol(proxy, server.Protocol, $"server '{server.Name}'", server.Origin);
        if (proxy.Mode != ProxyMode.Http) CheckTcpServer(proxy, server);
        else if (server.Observe == ObserveMode.Layer7)
            Report(DiagnosticCodes.WithoutEffect, Severity.Notice, server.Origin, Awaited.Message("observe layer7", Awaited.HttpMode));
        if (server.Check.IsEnabled && !HasCheckPort(server))
        {
            Alert(DiagnosticCodes.NoCheckPort, server.Origin,
                $"{owner}: server '{server.Name}' has neither service port nor check port nor tcp_check rule 'connect' " +
                "with port information.");
        }
    }

    private void CheckProtocol(ProxyConfig proxy, ConnectionProtocol protocol, string user, Origin origin)
    {
        string? wrong = (protocol, proxy.Mode) switch
        {
            (ConnectionProtocol.None, ProxyMode.Http) => "none",
            (ConnectionProtocol.Http1, not ProxyMode.Http) => "h1",
            _ => null,
        };
        if (wrong is null) return;
        Alert(DiagnosticCodes.Conflict, origin, $"{ProxyText.Describe(proxy)} : MUX protocol '{wrong}' is not usable for {user}.");
    }

    private void CheckTcpServer(ProxyConfig proxy, ServerConfig server)
    {
        string owner = ProxyText.Describe(proxy);
        if (server.Cookie is not null)
        {
            Warn(DiagnosticCodes.NeedsHttpMode, server.Origin,
                $"{owner} : ignoring cookie for server '{server.Name}' as HTTP mode is disabled.");
        }
        if (server.RedirectPrefix is not null)
        {
            Alert(DiagnosticCodes.NeedsHttpMode, server.Origin,
                $"{owner} : server cannot have cookie or redirect prefix in non-HTTP mode.");
        }
        if (server.Observe == ObserveMode.Layer7)
        {
            // HAProxy writes it as an alert, and goes on.
            Report(DiagnosticCodes.NeedsHttpMode, Severity.Notice, server.Origin,
                $"'server {proxy.Name}/{server.Name}' : 'layer7' can only be used in http proxies.");
        }
    }

    private static bool IsUnspecified(IPAddress? address) =>
        address is not null && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any));

    private static bool HasCheckPort(ServerConfig server)
    {
        if (server.Check.Port is not null || server.Check.Address is { IsIP: false }) return true;
        // Nothing is known of such a server yet, and HAProxy does not mind.
        if (server.Check.Address is null && IsUnspecified(server.Address.IPAddress)) return true;
        AddressConfig address = server.Address;
        return !address.IsIP || address is { PortKind: PortKind.Fixed, PortLow: > 0 };
    }

    private void Alert(string code, Origin origin, string message, string? hint = null) =>
        _diagnostics.ReportWhole(code, Severity.Alert, origin, message, hint);

    private void Warn(string code, Origin origin, string message) => Report(code, Severity.Warning, origin, message);

    private void Report(string code, Severity severity, Origin origin, string message) =>
        _diagnostics.ReportWhole(code, severity, origin, message);
}
