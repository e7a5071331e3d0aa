using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Hawser.Config.Diagnostics;
using Hawser.Config.Lint.Views;

namespace Hawser.Control.Explain;

/// <summary>Which line of a configuration set the timer that ended a session.</summary>
internal static class ConfiguredTimers
{
    private const string Prefix = "timeout ";

    /// <summary>Logged times are rounded, and a timer may fire a little late: never early.</summary>
    private const long RoundingMs = 2;

    /// <param name="Wanted">The timer that was looked for; another one when that is not set.</param>
    private sealed record Found(TimerKind Wanted, TimerKind Kind, TimeoutView Timeout, ProxyView Owner)
    {
        public string Text =>
            $"{Kind.Keyword()} {Timeout.Value.Text}{(IsInherited ? $", inherited by {Owner.Title}" : "")}"
            + (Kind == Wanted ? "" : $", which counts as '{Wanted.Keyword()}' too");

        private bool IsInherited => !Owner.Own.Contains(Timeout.Statement);
    }

    public static ImmutableArray<ConfigurationNote> Describe(ConfigurationView view, LogLine line, TerminationPair pair)
    {
        List<ConfigurationNote> notes = [];
        ProxyView? frontend = view.Frontends.FirstOrDefault(proxy => proxy.Name.Text == line.Frontend);
        ProxyView? backend = line.Backend is { } name ? view.FindBackend(name) : null;
        if (frontend is null && line.Frontend is not null) notes.Add(Missing("frontend", line.Frontend));
        if (backend is null && line.Backend is { } wanted && wanted != line.Frontend && !line.HasNoServer)
            notes.Add(Missing("backend", wanted));
        bool isTunnel = IsTunnel(line, backend);
        foreach (TimerKind kind in pair.Timers)
        {
            if (kind == TimerKind.Tunnel && !isTunnel) continue;
            ProxyView? owner = kind.IsOfFrontend() ? frontend : backend;
            if (owner is null || Find(kind, owner) is not { } found) continue;
            if (notes.Any(note => note.Origin == found.Timeout.At)) continue;
            bool isReplaced = isTunnel && kind is TimerKind.Client or TimerKind.Server;
            notes.Add(new ConfigurationNote(
                isReplaced ? $"{found.Text}: replaced by 'timeout tunnel' once both sides had spoken" : Judge(found, line),
                found.Timeout.At));
        }
        if (pair.Timers.Length > 0 && (frontend ?? backend) is not null && notes.All(static note => !note.Origin.IsKnown))
        {
            notes.Add(new ConfigurationNote(
                $"none of {string.Join(", ", pair.Timers.Select(static kind => $"'{kind.Keyword()}'"))} is set: "
                + "the file is not the one this line was written under", Origin.None));
        }
        if (frontend is not null && backend is not null) AddWindow(notes, line, frontend, backend);
        return [.. notes];
    }

    /// <summary>Whether <c>timeout tunnel</c> had taken over: data has come from the server, or the protocol was switched.</summary>
    private static bool IsTunnel(LogLine line, ProxyView? backend)
    {
        const int SwitchingProtocols = 101;
        bool isEstablished = line.IsHttp ? line.Status == SwitchingProtocols : line.BytesRead > 0;
        return isEstablished && backend?.FiniteTimeout("tunnel") is not null;
    }

    /// <summary>The timer itself, or the one that counts in its place.</summary>
    private static Found? Find(TimerKind kind, ProxyView owner)
    {
        for (TimerKind? next = kind; next is { } current; next = current.Default())
        {
            if (owner.FiniteTimeout(current.Keyword()[Prefix.Length..]) is { } timeout)
            {
                // A default that is a candidate of its own is not said twice.
                return current == kind || kind is TimerKind.Queue or TimerKind.Tarpit or TimerKind.ClientHandshake
                    ? new Found(kind, current, timeout, owner)
                    : null;
            }
        }
        return null;
    }

    private static string Judge(Found found, LogLine line)
    {
        long limit = found.Timeout.Milliseconds;
        if (line.TotalMs is not { } total) return $"{found.Text}: the timer that ends this";
        if (limit > total + RoundingMs)
            return $"{found.Text}: did not fire, the session lasted {DurationText.Of(total)} only";
        return found.Kind switch
        {
            TimerKind.Connect when line.TerminationAt(0) == 's' && line.TerminationAt(1) == 'C' =>
                $"{found.Text}: fired, {(line.Retries ?? 0) + 1} time(s)",
            TimerKind.ClientFin or TimerKind.ServerFin =>
                $"{found.Text}: fired if one direction had been closed before",
            _ => $"{found.Text}: fired, {DurationText.Of(limit)} after the last byte or the start of the wait",
        };
    }

    /// <summary>The gap between both timeouts in which data is acknowledged and thrown away (docs/loss.md).</summary>
    private static void AddWindow(List<ConfigurationNote> notes, LogLine line, ProxyView frontend, ProxyView backend)
    {
        bool isCut = line.TerminationAt(0) is 'c' or 's' && line.TerminationAt(1) is 'D' or 'L';
        if (!isCut || line.IsHttp || backend.FiniteTimeout("tunnel") is not null) return;
        if (frontend.FiniteTimeout("client") is not { } client || backend.FiniteTimeout("server") is not { } server) return;
        long window = System.Math.Abs((long)client.Milliseconds - server.Milliseconds);
        if (window == 0) return;
        string silent = line.TerminationAt(0) == 's' ? "server" : "client";
        notes.Add(new ConfigurationNote(
            $"client and server timeouts differ by {DurationText.Of(window)}: what the {silent} sends in that time after "
            + "the cut is acknowledged and lost; make them equal, or set 'timeout tunnel'",
            line.TerminationAt(0) == 's' ? client.At : server.At));
    }

    private static ConfigurationNote Missing(string kind, string name) =>
        new($"there is no {kind} '{name}' in the file", Origin.None);
}
