using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Hawser.Config.Diagnostics;
using Hawser.Config.Keywords;
using Hawser.Config.Model;

namespace Hawser.Config.Validation;

/// <summary>
/// From what the sections said to the model: identifiers, effective log targets and limits, then the checks that need
/// the configuration as a whole.
/// </summary>
internal sealed class ModelFinisher
{
    /// <summary>Of <c>tune.http.cookielen</c>.</summary>
    private const int DefaultCookieBytes = 63;

    private readonly DiagnosticBag _diagnostics;
    private readonly IdentifierAssigner _identifiers;

    public ModelFinisher(GlobalConfig global, DiagnosticBag diagnostics)
    {
        _diagnostics = diagnostics;
        _identifiers = new IdentifierAssigner(diagnostics);
        bool sendsHostname = global.LogSendHostname is not null;
        Global = global with { LogTargets = Effective(global.LogTargets, sendsHostname) };
    }

    public GlobalConfig Global { get; }

    public ImmutableArray<ProxyConfig> Finish(
        IReadOnlyList<ProxyContext> contexts, ImmutableArray<HttpErrorsSection> httpErrors, Refusals refusals)
    {
        List<ProxyConfig> proxies = contexts.Select(Assemble).ToList();
        _identifiers.AssignProxies(proxies);
        foreach (ProxyConfig proxy in proxies) _identifiers.CheckListeners(proxy);
        new GuidRegistry(_diagnostics).Check(proxies);

        ProxyValidator validator = new(proxies, contexts, _diagnostics, refusals);
        HttpErrorsValidator errors = new(httpErrors, _diagnostics);
        for (int index = 0; index < proxies.Count; index++)
        {
            if (!proxies[index].IsDisabled)
            {
                errors.Check(proxies[index]);
                validator.CheckTargets(proxies[index]);
            }
            bool isChecked = !proxies[index].IsDisabled && proxies[index].Mode is (ProxyMode.Tcp or ProxyMode.Health or ProxyMode.Http);
            if (isChecked) validator.Check(proxies[index], contexts[index]);
            proxies[index] = FallBack(proxies[index]);
        }
        return proxies.ToImmutableArray();
    }

    /// <summary>A defaults section as backends that come at run time inherit it.</summary>
    /// <param name="forbidsBackends">See <see cref="ProxyConfig.ForbidsBackends"/>.</param>
    public ProxyConfig FinishDefaults(ProxyContext context, string? forbidsBackends) => context.Proxy with
    {
        Logging = context.Logs.Count > 0 ? context.Proxy.Logging with { Targets = TargetsOf(context) } : context.Proxy.Logging,
        ForbidsBackends = forbidsBackends,
    };

    private ProxyConfig Assemble(ProxyContext context)
    {
        ProxyConfig proxy = context.Proxy;
        // What a defaults section says for backends only.
        if (!proxy.HasBackend && proxy.ServerStateFileName is not null) proxy = proxy with { ServerStateFileName = null };
        foreach (ServerConfig server in context.Servers) Finish(server, proxy);
        List<ServerConfig> servers = context.Servers;
        if (proxy.Dispatch is { } dispatch) servers = AddDispatch(proxy, dispatch, context.DefaultServer, servers);
        proxy.Binds = [.. context.Binds.Select(bind => UnixDefaults.Apply(bind, Global.UnixBind))];
        if (proxy.HasBackend)
        {
            proxy.DefaultServer = ReferenceEquals(context.DefaultServer, ProxyContext.UnsetServer) ? null : context.DefaultServer;
            proxy.NamedDefaultServers = [.. context.NamedDefaults.Values];
        }
        proxy.Servers = _identifiers.AssignServers(proxy.Name, servers);
        if (context.Logs.Count > 0) proxy.Logging = proxy.Logging with { Targets = TargetsOf(context) };
        LimitCapture(proxy);
        if (context.DescriptionNeeds.IsKnown && Global.Description is null && !proxy.IsDisabled)
        {
            _diagnostics.Report(DiagnosticCodes.MissingArgument, Severity.Warning, context.DescriptionNeeds,
                "'show-desc' requires a parameter or 'desc' to be set in the global section.");
        }
        return proxy;
    }

    /// <summary>Puts what the mode has in the place of what only other modes have; that has been said.</summary>
    public static ProxyConfig FallBack(ProxyConfig proxy)
    {
        BalanceAlgorithm algorithm = ModeValidator.UsableAlgorithm(proxy);
        if (algorithm != proxy.Balance.Algorithm) proxy = proxy with { Balance = proxy.Balance with { Algorithm = algorithm } };
        if (proxy.Mode != ProxyMode.Http)
            proxy.Logging = proxy.Logging with { Format = ModeValidator.SessionFormat(proxy.Logging.Format) };
        return proxy;
    }

    /// <summary>Places for cookies are made before the first request, of one size.</summary>
    private void LimitCapture(ProxyConfig proxy)
    {
        int most = Global.Tuning.HttpCookieBytes ?? DefaultCookieBytes;
        bool isLonger = proxy is { Mode: ProxyMode.Http, IsDisabled: false } && proxy.Http.CookieCapture?.MaxBytes > most;
        if (!isLonger) return;
        proxy.Http = proxy.Http with { CookieCapture = proxy.Http.CookieCapture! with { MaxBytes = most } };
        _diagnostics.ReportWhole(DiagnosticCodes.OutOfRange, Severity.Warning, proxy.Origin,
            $"truncating capture length to {most} bytes for {ProxyText.Describe(proxy)}.");
    }

    /// <summary>
    /// What HAProxy 3.5 advises to write instead of <c>dispatch</c>: a server with its address, and a weight of zero for
    /// the others. With <c>balance</c>, up to 3.4, it was ignored.
    /// </summary>
    private List<ServerConfig> AddDispatch(
        ProxyConfig proxy, AddressConfig address, ServerConfig template, List<ServerConfig> servers)
    {
        if (proxy.Balance.Origin.IsKnown)
        {
            _diagnostics.ReportWhole(DiagnosticCodes.WithoutEffect, Severity.Warning, address.Origin,
                $"dispatch address of {ProxyText.Describe(proxy)} will be ignored in balance mode.");
            return servers;
        }
        ServerConfig dispatch = template with
        {
            Name = "dispatch", Address = address, Origin = address.Origin, Weight = 1,
        };
        return [dispatch, .. servers.Select(static server => server with { Weight = 0 })];
    }

    private static void Finish(ServerConfig server, ProxyConfig proxy)
    {
        // A minconn at or above maxconn leaves a fixed limit of that size.
        if (server.MinConnections > 0 && server.MinConnections >= server.MaxConnections)
        {
            server.MaxConnections = server.MinConnections;
            server.MinConnections = 0;
        }
        if (server.Track is { Backend: "" } track)
            server.Track = track with { Backend = proxy.Name };
    }

    private ImmutableArray<LogTargetConfig> TargetsOf(ProxyContext context)
    {
        ImmutableArray<LogTargetConfig>.Builder targets = ImmutableArray.CreateBuilder<LogTargetConfig>();
        foreach (ProxyLogLine log in context.Logs)
        {
            if (log.Target is null) targets.AddRange(Global.LogTargets);
            else targets.Add(log.Target);
        }
        return Effective(targets.ToImmutable(), Global.LogSendHostname is not null);
    }

    private static ImmutableArray<LogTargetConfig> Effective(
        ImmutableArray<LogTargetConfig> targets, bool sendsHostname) =>
        sendsHostname
            ? [.. targets.Select(static target =>
                target.HasExplicitFormat ? target : target with { Format = LogHeaderFormat.Rfc3164 })]
            : targets;
}
