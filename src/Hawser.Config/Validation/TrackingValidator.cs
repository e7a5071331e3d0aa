using System.Collections.Generic;
using System.Linq;
using Hawser.Config.Diagnostics;
using Hawser.Config.Keywords;
using Hawser.Config.Model;

namespace Hawser.Config.Validation;

/// <summary>Checks that <c>track</c> leads to a server with checks, without running in a circle.</summary>
internal sealed class TrackingValidator
{
    private readonly IReadOnlyDictionary<string, ProxyConfig> _backends;
    private readonly DiagnosticBag _diagnostics;
    private readonly HashSet<Origin> _loops = [];

    private readonly HashSet<string> _doubtful = [];
    private readonly Refusals _refusals;
    private readonly ProxyDirectory _directory;

    /// <param name="directory">Knows what runs, where a server comes at run time.</param>
    public TrackingValidator(
        IReadOnlyDictionary<string, ProxyConfig> backends, DiagnosticBag diagnostics, Refusals refusals, ProxyDirectory directory)
    {
        _directory = directory;
        _refusals = refusals;
        _backends = backends;
        _diagnostics = diagnostics;
    }

    /// <summary>Backends with refused server lines: what they seem to lack may stand there.</summary>
    public void Doubt(IEnumerable<string> backends) => _doubtful.UnionWith(backends);

    /// <param name="server">Has a <see cref="ServerConfig.Track"/>.</param>
    public void Check(ProxyConfig proxy, ServerConfig server)
    {
        TrackConfig track = server.Track!;
        if (_doubtful.Contains(track.Backend)) return;
        string subject = $"'server {proxy.Name}/{server.Name}' : ";
        if ((_directory.IsRunning ? _directory.FindRunning(track.Backend) : _backends.GetValueOrDefault(track.Backend)) is not { } backend)
        {
            if (_refusals.MayHaveBackend(track.Backend) || !_refusals.TryMiss(track.Backend)) return;
            Reject(track, $"{subject}unable to find required proxy '{track.Backend}' for tracking.",
                Syntax.Suggestion.Hint(track.Backend, _backends.Keys));
            return;
        }
        ServerConfig? target = Find(backend, track.Server);
        if (target is null)
        {
            Reject(track, $"{subject}unable to find required server '{track.Server}' for tracking.",
                Syntax.Suggestion.Hint(track.Server, backend.Servers.Select(static other => other.Name)));
            return;
        }
        if (IsLoop(server))
        {
            // Every server of a circle leads here; one message is enough.
            if (!_loops.Add(server.Origin)) return;
            Reject(track, $"{subject}unable to track {track.Backend}/{track.Server} as it belongs to a tracking chain " +
                $"looping back to {proxy.Name}/{server.Name}.");
        }
        else if (!target.Check.IsEnabled && target.Track is null)
        {
            Reject(track, $"{subject}unable to use {track.Backend}/{track.Server} for tracking as it does not have any " +
                "check nor agent enabled.");
        }
    }

    /// <summary>True when the chain comes back to this very server; marks its members.</summary>
    private bool IsLoop(ServerConfig start)
    {
        if (_loops.Contains(start.Origin)) return true;
        List<Origin> members = [];
        ServerConfig? current = start;
        HashSet<ServerConfig> visited = new(ReferenceEqualityComparer.Instance);
        while (current?.Track is { } track && visited.Add(current))
        {
            current = _backends.TryGetValue(track.Backend, out ProxyConfig? backend) ? Find(backend, track.Server) : null;
            if (current is not null && !ReferenceEquals(current, start)) members.Add(current.Origin);
            if (!ReferenceEquals(current, start)) continue;
            _loops.UnionWith(members);
            return true;
        }
        return false;
    }

    private static ServerConfig? Find(ProxyConfig backend, string name) =>
        backend.Servers.FirstOrDefault(server => server.Name == name);

    private void Reject(TrackConfig track, string message, string? hint = null) =>
        _diagnostics.ReportWhole(DiagnosticCodes.BadTracking, Severity.Alert, track.Origin, message, hint);
}
