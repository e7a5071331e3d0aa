using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Text;
using System;
using Hawser.Base.Network;
using Hawser.Config.Diagnostics;
using Hawser.Config.Keywords;
using Hawser.Config.Model;
using Hawser.Config.Printing;
using Hawser.Expressions.Compilation;
using Hawser.Expressions.Patterns;
using Hawser.Proxy.Actions;
using Hawser.Proxy.Backends;
using Hawser.Proxy.Balancing;
using Hawser.Proxy.Fetches;
using Hawser.Proxy.Listeners;
using Hawser.Proxy.Logging;
using Hawser.Proxy.Streams.Http;
using Hawser.Proxy.Streams;
using Hawser.Proxy.Streams.Rules;

namespace Hawser.Proxy.Building;

/// <summary>From the model of a configuration to the objects that serve it; nothing is opened yet.</summary>
public sealed class ProxyBuilder
{
    private readonly ConfigModel _model;
    private readonly ProxySettings _settings;
    private readonly BuildErrors _errors;
    private readonly DiagnosticBag _findings;
    private readonly LoggingBuilder _logging;
    private readonly ServerBuilder _servers;
    private readonly BackendDirectory _backends;
    private readonly List<ProxyNames> _names = [];

    /// <summary>By backend: what its lines say, also where a living server goes on under it.</summary>
    private readonly Dictionary<string, Server[]> _builtServers = new(StringComparer.Ordinal);

    private readonly Dictionary<string, ProxyLogging> _loggings = new(StringComparer.Ordinal);
    private readonly CompileContext _context;
    private readonly List<Frontend> _frontends = [];
    private readonly Dictionary<ProxyConfig, Frontend> _frontendsByConfig = new(ReferenceEqualityComparer.Instance);
    private readonly List<Listener> _listeners = [];
    private readonly List<BackendChange> _changes = [];
    private readonly ProxySet? _running;
    private readonly ConfigurationText? _text;

    private ProxyBuilder(
        ConfigModel model, ProxySettings settings, BuildErrors errors, DiagnosticBag findings, ProxySet? running, ConfigurationText? text)
    {
        _running = running;
        _backends = new BackendDirectory();
        _text = text;
        _model = model;
        _settings = settings;
        _errors = errors;
        _findings = findings;
        _context = new CompileContext(SessionVocabulary.All)
        {
            Environment = EnvironmentOf(model),
            TokenAlgorithms = new TokenAlgorithmsAllowed(
                model.Global.Tokens.KeyAlgorithms.Contains, model.Global.Tokens.ContentAlgorithms.Contains),
            Patterns = new PatternLibrary { Before = running?.Expressions.Patterns },
        };
        _logging = new LoggingBuilder(
            model.Global, settings.ProgramName, settings.Hostname, settings.ProcessId, settings.Resolver.Find, findings, _context,
            model.LogProfiles);
        _servers = new ServerBuilder(settings.Resolver, model.Global, settings, _logging, findings);
    }

    /// <summary>For one more backend of a set that serves.</summary>
    private ProxyBuilder(ProxySet set, DiagnosticBag findings)
    {
        _model = set.Model;
        _settings = set.Settings;
        _errors = new BuildErrors();
        _findings = findings;
        _backends = set.Directory;
        _frontends.AddRange(set.Frontends);
        _context = set.Expressions;
        _logging = new LoggingBuilder(
            _model.Global, _settings.ProgramName, _settings.Hostname, _settings.ProcessId, _settings.Resolver.Find, findings, _context,
            _model.LogProfiles);
        _servers = new ServerBuilder(_settings.Resolver, _model.Global, _settings, _logging, findings);
    }

    /// <summary>
    /// Null when something could not be built: <paramref name="errors"/> and <paramref name="findings"/> say what.
    /// </summary>
    public static ProxySet? Build(
        ConfigModel model, ProxySettings settings, BuildErrors errors, DiagnosticBag findings) =>
        new ProxyBuilder(model, settings, errors, findings, running: null, text: null).Build();

    /// <summary>
    /// The same for a configuration that is to take the place of a running one: what stays is the running one's objects.
    /// On any thread; nothing that runs is changed.
    /// </summary>
    /// <param name="settings">Loops and kernel are the running one's.</param>
    /// <param name="text">What is compared; null: everything counts as changed.</param>
    public static ProxySet? BuildBeside(
        ProxySet running, ConfigModel model, ProxySettings settings, ConfigurationText? text, BuildErrors errors, DiagnosticBag findings) =>
        new ProxyBuilder(model, settings, errors, findings, running, text).Build();

    /// <summary>
    /// A backend for a configuration that serves: the objects that its expressions and rules need are made, nothing that
    /// runs is changed. On loop 0.
    /// </summary>
    /// <returns>Null: <paramref name="findings"/> say why.</returns>
    internal static Backend? BuildBackend(ProxySet set, ProxyConfig proxy, DiagnosticBag findings)
    {
        ProxyBuilder builder = new(set, findings);
        builder._loggings[proxy.Name] = builder._logging.BuildTargets(proxy);
        Backend backend = builder.BuildBackend(proxy);
        ReplyCompiler replies = builder.NewReplies();
        RuleBuilder rules = builder.NewRuleBuilder(proxy, UserListBuilder.Build(set.Model, findings), replies);
        HttpProxy? http = builder.BuildHttp(proxy, rules, replies, HeaderCases.Of(set.Model.Global.Http.HeaderCases));
        if (findings.AlertCount > 0)
            return null;
        builder.Finish(backend, rules, http);
        foreach (ProxyNames names in builder._names) names.Binds = false;
        return findings.AlertCount > 0 ? null : backend;
    }

    private ProxySet? Build()
    {
        ProxyLogging global = _logging.BuildGlobal();
        foreach (ProxyConfig proxy in _model.Proxies)
        {
            if (proxy.IsDisabled)
                continue;
            _loggings[proxy.Name] = _logging.BuildTargets(proxy);
            if (proxy.HasBackend)
                _backends.Fill(BuildBackend(proxy));
        }

        foreach (ProxyConfig proxy in _model.Proxies)
        {
            if (!proxy.IsDisabled && proxy.HasFrontend)
                AddFrontend(proxy);
        }

        ImmutableArray<SessionAction> variables = BuildRules();
        Frontend control = new(ControlProxy(), global, _settings.Loops, _running?.ControlFrontend);
        List<Listener> controlListeners = [];
        ListenerBuilder controlBuilder = new(control, _settings, _model.Global, _running?.SocketsOfControl, _findings);
        foreach (BindConfig bind in _model.Global.Stats.Sockets)
            controlBuilder.Add(bind, controlListeners);

        if (_errors.Alerts.Count > 0 || _findings.AlertCount > 0)
            return null;
        LogProcess process = new()
        {
            ProcessId = _settings.ProcessId,
            Hostname = Encoding.UTF8.GetBytes(_settings.Hostname),
            Zone = _settings.Zone,
            MaximumLineBytes = Math.Max(_logging.MaximumLineBytes, 1024),
        };
        ProxySet set = new(_model, _settings, _errors, _running)
        {
            Text = _text,
            Changes = [.. _changes],
            Frontends = [.. _frontends],
            Backends = [.. _backends.ByName.Values],
            Directory = _backends,
            Listeners = [.. _listeners],
            Expressions = _context,
            ControlFrontend = control,
            ControlListeners = [.. controlListeners],
            LogProcess = process,
            GlobalLogging = global,
        };
        void SetVariables() => ProcessVariables.Set(
            variables, set.Process.Variables.ProcessVariables, process, _model.Global.Tuning.BufferSizeBytes ?? TuningConfig.DefaultBufferBytes,
            _settings.Seed);
        if (_running is null)
            SetVariables();
        else
            set.SetVariables = SetVariables;
        return set;
    }

    /// <summary>HAProxy keeps the "stats socket" lines in a proxy of this name, which its messages show.</summary>
    private ProxyConfig ControlProxy() => new()
    {
        Name = "GLOBAL",
        Kind = ProxyKind.Frontend,
        Origin = Origin.None,
        MaxConnections = _model.Global.Stats.MaxConnections,
    };

    /// <summary>Rules name backends and servers, so they come when all of these are there.</summary>
    /// <returns>What sets the variables of the process.</returns>
    private ImmutableArray<SessionAction> BuildRules()
    {
        ReplyCompiler replies = NewReplies();
        HeaderCases? cases = HeaderCases.Of(_model.Global.Http.HeaderCases);
        List<UserList> users = UserListBuilder.Build(_model, _findings);
        foreach (ProxyConfig section in _model.Defaults) CheckUnbound(section, users, replies);
        foreach (ProxyConfig proxy in _model.Proxies)
        {
            if (proxy.IsDisabled)
            {
                CheckUnbound(proxy, users, replies);
                continue;
            }
            RuleBuilder builder = NewRuleBuilder(proxy, users, replies);
            HttpProxy? http = BuildHttp(proxy, builder, replies, cases);
            if (_frontendsByConfig.GetValueOrDefault(proxy) is { } frontend)
            {
                frontend.Logging = _logging.BuildFormats(proxy, frontend.Logging, builder.Context);
                frontend.UniqueIdFormat = _logging.BuildUniqueId(proxy, builder.Context);
                frontend.Rules = builder.Frontend(_backends);
                frontend.Http = http;
                frontend.Captures = builder.Captures.Finish();
                builder.CheckCaptures(frontend.Captures);
            }

            if (proxy.HasBackend) Finish(_backends.ByName[proxy.Name], builder, http);
        }

        ImmutableArray<SessionAction> variables = ProcessVariables.Compile(_model.Global, _running?.Model.Global, _context, replies, _findings);
        foreach (ProxyNames names in _names) names.Binds = false;
        return variables;
    }

    private RuleBuilder NewRuleBuilder(ProxyConfig proxy, List<UserList> users, ReplyCompiler replies)
    {
        ProxyNames names = new(_backends, _frontends, users, _logging, proxy);
        _names.Add(names);
        return new RuleBuilder(proxy, _context with { Names = names, Owner = $"{proxy.Kind} {proxy.Name}" }, replies, _settings.Services, _findings);
    }

    private HttpProxy? BuildHttp(ProxyConfig proxy, RuleBuilder builder, ReplyCompiler replies, HeaderCases? cases)
    {
        HttpProxy? http = proxy.Mode == ProxyMode.Http || BecomesHttp(proxy) ? HttpBuilder.Build(proxy, _model.Global.Http, builder, replies, cases) : null;
        builder.CheckUnused(isAll: false);
        if (http is null) replies.Errors(proxy.Http.Errors, builder.Context);
        return http;
    }

    /// <summary>What only the rules and expressions of the proxy know.</summary>
    private void Finish(Backend backend, RuleBuilder builder, HttpProxy? http)
    {
        ProxyConfig proxy = backend.Config;
        if (!proxy.HasFrontend) backend.UniqueIdFormat = _logging.BuildUniqueId(proxy, builder.Context);
        backend.Rules = builder.Backend(backend);
        backend.Protocol = proxy.Mode == ProxyMode.Http ? http : null;
        foreach (Server server in _builtServers[proxy.Name]) _servers.CompileExpressions(server, builder.Context);
        backend.Key = SessionKeyBuilder.Build(proxy, builder.Context, _findings);
    }

    private ReplyCompiler NewReplies() => new(
        _model.HttpErrors,
        new NamedFiles(_model.Paths, ReadFile, () => _model.Global.Tuning.BufferSizeBytes ?? TuningConfig.DefaultBufferBytes),
        _findings);

    /// <summary>A section that nothing is built of has to be right all the same.</summary>
    private void CheckUnbound(ProxyConfig section, List<UserList> users, ReplyCompiler replies)
    {
        bool isDefaults = section.Kind == ProxyKind.Defaults;
        if (section.Rules.IsEmpty && section.Http.Errors.IsEmpty) return;
        RuleBuilder builder = new(section, _context with { Names = new UnboundNames(users, _logging, hasServers: !isDefaults) }, replies, _settings.Services, _findings);
        builder.CheckUnused(isAll: true);
        replies.Errors(section.Http.Errors, builder.Context);
    }

    /// <summary>A rule, or a backend in mode http, may make http sessions of this tcp proxy's.</summary>
    private bool BecomesHttp(ProxyConfig proxy)
    {
        if (proxy.Mode != ProxyMode.Tcp || !proxy.HasFrontend) return false;
        if (BackendOf(proxy) is { Config.Mode: ProxyMode.Http }) return true;
        foreach (RuleConfig rule in proxy.Rules)
        {
            bool isSwitch = rule.Set == RuleSetKind.TcpRequestContent && rule.Words is [{ Text: "switch-mode" }, ..];
            // A computed name may be anybody's.
            bool isRoute = rule is { Set: RuleSetKind.UseBackend, Words: [{ Text: var name }, ..] }
                && (name.Contains('%', StringComparison.Ordinal) || _backends.Find(name) is { Config.Mode: ProxyMode.Http });
            if (isSwitch || isRoute) return true;
        }

        return false;
    }

    /// <summary>Null for a file that cannot be read: whoever names it says so.</summary>
    private static byte[]? ReadFile(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private Backend BuildBackend(ProxyConfig proxy)
    {
        if (!BalancerFactory.Has(proxy.Balance.Algorithm))
        {
            _findings.Report(DiagnosticCodes.NotImplemented, Severity.Alert, proxy.Balance.Origin,
                "this algorithm of 'balance' is not implemented yet.");
            proxy = proxy with { Balance = new BalanceConfig() };
        }
        _servers.CheckSource(proxy);
        List<Server> lines = [];
        foreach (ServerConfig server in proxy.Servers)
            lines.Add(_servers.Build(proxy, server, lines.Count));
        Backend? before = _running?.FindBackend(proxy.Name);
        if (before is not null)
            DynamicServers.Rebuild(before, proxy, lines, _servers, _findings);
        Server[] built = _builtServers[proxy.Name] = [.. lines];
        Server[] servers = [.. built];
        for (int i = 0; i < servers.Length && before is not null; i++)
            servers[i] = BackendChange.Find(before, servers[i]) ?? servers[i];
        ulong seed = _settings.Seed + (ulong)proxy.Id;
        Balancer balancer = BalancerFactory.Create(proxy, seed);
        Backend backend = new(proxy, servers, balancer, _loggings[proxy.Name], _settings.CountingLoops, before)
        {
            BackupBalancer = BalancerFactory.CreateForBackups(proxy, seed),
        };
        if (before is not null)
            _changes.Add(Change(before, backend, built));
        return backend;
    }

    private BackendChange Change(Backend before, Backend after, Server[] built)
    {
        string keyword = after.Config.HasFrontend ? "listen" : "backend";
        SectionText? text = _text?.Find(keyword, after.Name);
        SectionText? textBefore = _running!.Text?.Find(before.Config.HasFrontend ? "listen" : "backend", before.Name);
        bool isSame = text is not null && text.IsSameAs(textBefore);
        List<KeptServer> kept = [];
        List<Server> added = [];
        for (int i = 0; i < built.Length; i++)
        {
            Server server = after.Servers[i];
            if (server == built[i])
                added.Add(server);
            else
                kept.Add(new KeptServer(server, built[i], IsChanged: !isSame && !HasSameLines(text, textBefore, built[i])));
        }

        return new BackendChange(before, after)
        {
            Kept = [.. kept],
            Added = [.. added],
            Removed = Array.FindAll(before.Servers, server => Array.IndexOf(after.Servers, server) < 0),
            IsTextChanged = !isSame,
        };
    }

    /// <summary>A server's own line, and lines of its backend that say how servers are connected to and checked.</summary>
    private static bool HasSameLines(SectionText? text, SectionText? before, Server server)
    {
        // One that was added at run time has no line.
        bool hasSameLine = server.IsDynamic || (text?.ServerLine(server.Name) is { } line && before?.ServerLine(server.Name) == line);
        if (!hasSameLine || text is null || before is null)
            return false;
        foreach (string difference in SectionText.Difference(before, text))
        {
            string changed = difference[2..];
            bool isAboutServers = changed.StartsWith("source", StringComparison.Ordinal) || changed.StartsWith("option", StringComparison.Ordinal)
                || changed.StartsWith("timeout", StringComparison.Ordinal) || changed.Contains("check", StringComparison.Ordinal)
                || changed.StartsWith("mode", StringComparison.Ordinal) || changed.StartsWith("default-server", StringComparison.Ordinal);
            if (isAboutServers)
                return false;
        }

        return true;
    }

    /// <summary>That of the process, as setenv and its family have changed it.</summary>
    private static Func<string, string?> EnvironmentOf(ConfigModel model)
    {
        Dictionary<string, string?> changes = new(StringComparer.Ordinal);
        foreach ((string name, string? value) in model.EnvironmentChanges) changes[name] = value;
        return name => changes.TryGetValue(name, out string? value) ? value : Environment.GetEnvironmentVariable(name);
    }

    private void AddFrontend(ProxyConfig proxy)
    {
        Frontend? before = _running?.FindFrontend(proxy.Name);
        Frontend frontend = new(proxy, _loggings[proxy.Name], _settings.CountingLoops, before) 
        {
            DefaultBackend = BackendOf(proxy),
            OwnBackend = proxy.HasBackend ? _backends.Find(proxy.Name) : null,
        };
        if (proxy.DefaultBackend is not null && frontend.DefaultBackend is { } target) target.IsReferenced = true;
        _frontends.Add(frontend);
        _frontendsByConfig[proxy] = frontend;
        ListenerBuilder builder = new(frontend, _settings, _model.Global, _running?.Sockets, _findings);
        foreach (BindConfig bind in proxy.Binds)
            builder.Add(bind, _listeners);
    }

    /// <summary>The default, or the proxy's own servers.</summary>
    private Backend? BackendOf(ProxyConfig proxy) => _backends.Find(proxy.DefaultBackend?.Value ?? proxy.Name);
}
