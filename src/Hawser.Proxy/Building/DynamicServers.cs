using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Text;
using Hawser.Config.Binding;
using Hawser.Config.Diagnostics;
using Hawser.Config.Model;
using Hawser.Config.Syntax;
using Hawser.Config.Validation;
using Hawser.Proxy.Backends;
using Hawser.Proxy.Logging;
using Hawser.Proxy.Balancing;
using Hawser.Proxy.Checks;
using Hawser.Proxy.Streams.Rules;

namespace Hawser.Proxy.Building;

/// <summary>
/// Servers that an operator adds, removes and renames while the process runs (management manual, "add server", "del
/// server", "set server … name"). A change gives the backend another list of servers, and the algorithm begins anew with
/// it, but for the turns on a ring. On loop 0. A reload keeps them, behind those of its files, until their backend goes.
/// </summary>
public static class DynamicServers
{
    private const string Source = "CLI";
    private const string OfBackend = "be:";
    private const string OfServer = "srv:";
    private const int SuggestedIds = 100_000;

    /// <param name="words">Name, address and options, as on a server line.</param>
    /// <returns>What is wrong, in HAProxy's words; null on success. The server is in maintenance.</returns>
    public static string? Add(ProxySet set, Backend backend, ReadOnlySpan<string> words)
    {
        if (Obstacle(backend) is { } obstacle)
            return $"Backend does not support dynamic servers : {obstacle}.";
        if (words.Length < 2)
            return "'server' expects <name> and <addr>[:<port>] as arguments.";
        if (Array.Exists(backend.Servers, Named(words[0])))
            return "Already exists a server with the same name in backend.";
        if (DynamicTarget(set, backend, words) is { } dynamic)
            return dynamic;
        DiagnosticBag findings = new();
        if (Read(set, backend, words, findings) is not { } config)
            return First(findings);
        if (Duplicate(set, backend, config) is { } duplicate)
            return duplicate;
        ProxySettings settings = set.Settings;
        LoggingBuilder logging = new(
            set.Model.Global, settings.ProgramName, settings.Hostname, settings.ProcessId, settings.Resolver.Find, findings, set.Expressions,
            set.Model.LogProfiles);
        ServerBuilder builder = new(settings.Resolver, set.Model.Global, settings, logging, findings);
        Server server = builder.Build(backend.Config, config, backend.Servers.Length, isDynamic: true);
        builder.CompileExpressions(server, set.Expressions);
        if (findings.AlertCount > 0)
            return First(findings);
        server.State.IsCheckDisabled = config.Check.IsEnabled;
        Use(set, backend, [.. backend.Servers, server]);
        set.PrepareIdleConnections();
        set.Checks!.Follow(set.Backends, set.Model.Global, new ReloadedServers([server], [], []));
        return null;
    }

    /// <summary>Why the backend takes no such server; null when it does.</summary>
    public static string? Obstacle(Backend backend) => Obstacle(backend.Config);

    /// <summary>
    /// The servers that were added to a running backend, behind those that the new configuration has: one whose name the
    /// files have taken is theirs.
    /// </summary>
    /// <param name="servers">Those of the files; the others are put behind them.</param>
    internal static void Rebuild(
        Backend running, ProxyConfig proxy, List<Server> servers, ServerBuilder builder, DiagnosticBag findings)
    {
        foreach (Server living in running.Servers)
        {
            if (!living.IsDynamic || servers.Exists(other => other.Name == living.Name))
                continue;
            if (Obstacle(proxy) is { } obstacle)
            {
                findings.ReportWhole(DiagnosticCodes.WithoutEffect, Severity.Warning, proxy.Origin,
                    $"server {proxy.Name}/{living.Name}, added at run time, is lost: {obstacle}.");
                continue;
            }

            bool isFree = !servers.Exists(other => other.Id == living.Id);
            ServerConfig config = RuntimeBackend.Complete(
                living.Config with { Name = living.Name }, isFree ? living.Id : FreeId(CollectionsMarshal.AsSpan(servers)));
            servers.Add(builder.Build(proxy, config, servers.Count, isDynamic: true));
        }
    }

    /// <summary>What keeps the server from being removed that does not pass by itself; null: nothing.</summary>
    public static string? ObstacleToRemoval(Server server)
    {
        if (IsReferenced(server.Backend, server))
            return "This server cannot be removed at runtime due to other configuration elements pointing to it.";
        return server.IsInMaintenance ? null : "Only servers in maintenance mode can be deleted.";
    }

    private static string? Obstacle(ProxyConfig backend) =>
        IsDynamic(backend) ? null : $"backend '{backend.Name}' uses a non dynamic load balancing method";

    /// <inheritdoc cref="Add" path="/returns"/>
    public static string? Remove(ProxySet set, Backend backend, Server server)
    {
        if (ObstacleToRemoval(server) is { } obstacle)
            return obstacle;
        if (server.ActiveSessions > 0 || server.IdleCount > 0 || server.QueueLength > 0)
            return "Server still has connections attached to it, cannot remove it.";
        backend.Gate.Enter();
        server.Retire();
        backend.Gate.Leave();
        Use(set, backend, Array.FindAll(backend.Servers, other => other != server));
        set.Checks!.Follow(set.Backends, set.Model.Global, new ReloadedServers([], [server], []));
        return null;
    }

    /// <inheritdoc cref="Add" path="/returns"/>
    public static string? Rename(Backend backend, Server server, string name)
    {
        if (name.Length == 0)
            return "set server <b>/<s> name requires a new name.";
        if (!server.IsInMaintenance)
            return "Server must be in maintenance mode to be renamed (set server <b>/<s> state maint).";
        foreach (char letter in name)
        {
            if (!char.IsAsciiLetterOrDigit(letter) && letter is not ('_' or ':' or '.' or '-'))
                return "Server name contains invalid characters.";
        }

        if (name == server.Name)
            return null;
        if (Array.Exists(backend.Servers, Named(name)))
            return "A server with the same name already exists in this backend.";
        if (IsReferenced(backend, server))
            return "Server is statically referenced by its name in the configuration.";
        server.Rename(name);
        KnowByName(backend);
        return null;
    }

    private static Predicate<Server> Named(string name) => server => server.Name == name;

    /// <summary>Algorithms whose tables are not fixed at the start.</summary>
    private static bool IsDynamic(ProxyConfig backend) => backend.Balance.Algorithm switch
    {
        BalanceAlgorithm.StaticRoundRobin => false,
        BalanceAlgorithm.RoundRobin or BalanceAlgorithm.LeastConnections or BalanceAlgorithm.First or BalanceAlgorithm.Random => true,
        _ => backend.HashType.Method == HashMethod.Consistent,
    };

    private static bool IsReferenced(Backend backend, Server server)
    {
        if (server.State.Trackers.Length > 0)
            return true;
        foreach (ServerRule rule in backend.Rules is BackendRules rules ? rules.Servers : [])
        {
            if (rule.Server == server)
                return true;
        }

        return false;
    }

    /// <summary>The line is read as the configuration's reader reads it, in a backend of that name and mode.</summary>
    private static ServerConfig? Read(ProxySet set, Backend backend, ReadOnlySpan<string> words, DiagnosticBag findings)
    {
        string mode = backend.Config.Mode == ProxyMode.Http ? "http" : "tcp";
        StringBuilder line = new("server");
        for (int i = 0; i < words.Length; i++)
            line.Append(' ').Append(Quoted(i == 3 && words[2] == "from" ? InFull(words[i], backend.Name) : words[i]));
        string text = $"backend {backend.Name}\n    mode {mode}\n    {line}\n";
        ConfigurationEnvironment environment = new() { FindRunningBackend = name => set.FindBackend(name)?.Config };
        ConfigurationResult result = ConfigurationReader.Read([new ConfigurationSource(Source, ConfigText.Encode(text))], environment);
        string subject = $"'server {backend.Name}/{words[0]}' : ";
        foreach (Diagnostic finding in result.Diagnostics)
        {
            if (finding.Severity != Severity.Alert)
                continue;
            string message = finding.Message;
            if (message.StartsWith(subject, StringComparison.Ordinal))
                message = message[subject.Length..];
            findings.Report(finding.Code, finding.Severity, Origin.None, message);
        }

        if (result.Model is not { Proxies: [{ Servers: [{ } server] }] })
            return null;
        // As with HAProxy, a name is not looked up: its address comes by "set server … addr".
        return RuntimeBackend.Complete(server, server.ExplicitId?.Value ?? FreeId(backend.Servers));
    }

    /// <summary>An origin that says no backend means that of the server.</summary>
    private static string InFull(string origin, string backend)
    {
        if (origin == OfBackend)
            return origin + backend;
        return origin.StartsWith(OfServer, StringComparison.Ordinal) && !origin.Contains('/', StringComparison.Ordinal) && origin.Length > OfServer.Length
            ? $"{OfServer}{backend}/{origin[OfServer.Length..]}"
            : origin;
    }

    /// <summary>What must be its own and is another's; that of a server which may not be followed counts as such.</summary>
    private static string? Duplicate(ProxySet set, Backend backend, ServerConfig config)
    {
        if (config.ExplicitId is { } id && Array.Find(backend.Servers, other => other.Id == id.Value) is { } namesake)
        {
            string place = namesake.IsDynamic ? "run time" : namesake.Config.Origin.ToString();
            return $"'id' : custom id {id.Value} already used at {place} ('server {namesake.Name}').";
        }

        return config.Guid is { } guid && DynamicBackends.GuidOwner(set, guid.Value) is { } owner
            ? $"'guid': duplicate entry with {owner}."
            : null;
    }

    /// <summary>Servers that were added may go again, so that nobody follows them.</summary>
    private static string? DynamicTarget(ProxySet set, Backend backend, ReadOnlySpan<string> words)
    {
        int at = words.IndexOf("track");
        if (at < 2 || at + 1 == words.Length)
            return null;
        string path = words[at + 1];
        int slash = path.IndexOf('/', StringComparison.Ordinal);
        Backend? owner = slash < 0 ? backend : set.FindBackend(path[..slash]);
        return owner is not null && Array.Exists(owner.Servers, other => other.IsDynamic && other.Name == path[(slash + 1)..])
            ? $"unable to use {owner.Name}/{path[(slash + 1)..]} for tracking as it is a dynamic server."
            : null;
    }

    private static string Quoted(string word) => $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static string First(DiagnosticBag findings)
    {
        foreach (Diagnostic finding in findings.Items)
        {
            if (finding.Severity == Severity.Alert)
                return finding.Message;
        }

        return "'server' expects <name> and <addr>[:<port>] as arguments.";
    }

    /// <summary>The lowest number that none of them has.</summary>
    internal static int FreeId(ReadOnlySpan<Server> servers)
    {
        HashSet<int> taken = [];
        foreach (Server server in servers)
            taken.Add(server.Id);
        for (int id = 1; id < SuggestedIds; id++)
        {
            if (!taken.Contains(id))
                return id;
        }

        return SuggestedIds + servers.Length;
    }

    private static void Use(ProxySet set, Backend backend, Server[] servers)
    {
        ulong seed = set.Settings.Seed + (ulong)backend.Config.Id;
        Balancer balancer = BalancerFactory.Create(backend.Config, seed);
        Balancer? backups = BalancerFactory.CreateForBackups(backend.Config, seed);
        backend.Gate.Enter();
        backend.Servers = servers;
        backend.Balancer = balancer;
        backend.BackupBalancer = backups;
        for (int i = 0; i < servers.Length; i++)
            servers[i].Index = i;
        backend.Pool.ServersChanged(backend);
        backend.Gate.Leave();
        KnowByName(backend);
    }

    /// <summary>For computed names of "use-server": another table, since sessions may be reading this one.</summary>
    private static void KnowByName(Backend backend)
    {
        if (backend.Rules is not BackendRules rules)
            return;
        Dictionary<string, Server> servers = new(StringComparer.Ordinal);
        foreach (Server server in backend.Servers)
            servers.TryAdd(server.Name, server);
        rules.ServersByName = servers;
    }
}
