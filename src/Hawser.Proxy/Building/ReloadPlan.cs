using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using Hawser.Config.Model;
using Hawser.Config.Printing;
using Hawser.Expressions.Patterns;
using Hawser.Proxy.Backends;
using Hawser.Proxy.Listeners;
using Hawser.Proxy.Streams;

namespace Hawser.Proxy.Building;

/// <summary>What a reload makes of one thing.</summary>
public enum PlannedChange
{
    /// <summary>It goes on as it is.</summary>
    Kept,

    /// <summary>It goes on with other settings; of a listener: on the same sockets.</summary>
    Changed,

    /// <summary>A listener's address gets new sockets: the old ones are closed.</summary>
    Replaced,

    Added,

    /// <summary>Nothing new comes to it; what it has goes on to its end.</summary>
    Removed,

    /// <summary>It takes effect only in a new process.</summary>
    NeedsRestart,
}

/// <summary>One thing of a configuration in a plan.</summary>
/// <param name="Kind">"frontend", "backend", "listener", "server", "patterns", "global".</param>
/// <param name="Sessions">Live sessions that it has now.</param>
/// <param name="IdleConnections">Of a server: connections waiting for a request that are closed.</param>
/// <param name="Lines">What reads differently: "- " what goes, "+ " what comes.</param>
public sealed record PlanItem(
    string Kind, string Name, PlannedChange Change, int Sessions, int IdleConnections, ImmutableArray<string> Lines)
{
    /// <summary>What has been changed at run time, and does not stand in the files; null: nothing that anybody must know.</summary>
    public string? Note { get; init; }
}

/// <summary>
/// What a reload would do, and how many live sessions each change touches at the moment the plan is made. Made from a
/// set that was built beside the running one; nothing is changed.
/// </summary>
public sealed class ReloadPlan
{
    private const string AddedAtRunTime = "added at run time, not in the files";

    private readonly List<PlanItem> _items = [];

    private ReloadPlan(ProxySet before, ProxySet after)
    {
        AddGlobal(before, after);
        foreach (Frontend frontend in after.Frontends)
            AddFrontend(before, after, frontend);
        foreach (Frontend frontend in before.Frontends)
        {
            if (after.FindFrontend(frontend.Name) is null)
                Add("frontend", frontend.Name, PlannedChange.Removed, frontend.ActiveSessions);
        }

        AddListeners(before, after);
        foreach (Backend backend in after.Backends)
            AddBackend(before, after, backend);
        foreach (Backend backend in before.Backends)
        {
            if (after.FindBackend(backend.Name) is not null)
                continue;
            Add("backend", backend.Name, PlannedChange.Removed, backend.ActiveSessions);
            foreach (Server server in backend.Servers)
                AddServer(server, PlannedChange.Removed, []);
        }

        AddPatterns(before, after);
        Count(before, after);
    }

    public IReadOnlyList<PlanItem> Items => _items;

    /// <summary>Sessions that go by the running configuration.</summary>
    public int Sessions { get; private set; }

    /// <summary>Those of them that go on under it until they end.</summary>
    public int Draining { get; private set; }

    /// <summary>Those of them, in mode http, that speak with the new configuration from their next request on.</summary>
    public int Moving { get; private set; }

    /// <param name="after">Made by <see cref="ProxyBuilder.BuildBeside"/> beside <paramref name="before"/>.</param>
    public static ReloadPlan Of(ProxySet before, ProxySet after) => new(before, after);

    public int CountOf(string kind, PlannedChange change)
    {
        int count = 0;
        foreach (PlanItem item in _items)
            count += item.Kind == kind && item.Change == change ? 1 : 0;
        return count;
    }

    /// <summary>Whether it would do anything but put the same in the place of the same.</summary>
    public bool IsEmpty => _items.TrueForAll(static item => item.Change == PlannedChange.Kept);

    private void Count(ProxySet before, ProxySet after)
    {
        HashSet<Listener> followed = new(ReferenceEqualityComparer.Instance);
        foreach (Listener listener in after.Listeners)
        {
            if (listener.KeepsSockets && listener.Frontend.Http is not null)
                followed.Add(listener.Before!);
        }

        foreach (Listener listener in before.Listeners)
        {
            int sessions = listener.Room.Own;
            Sessions += sessions;
            if (listener.Frontend.Http is not null && followed.Contains(listener))
                Moving += sessions;
            else
                Draining += sessions;
        }
    }

    private void AddGlobal(ProxySet before, ProxySet after)
    {
        foreach (string line in RestartSettings.Changed(before.Model.Global, after.Model.Global, before.Settings.Loops))
            Add("global", line, PlannedChange.NeedsRestart, 0);
        SectionText? own = Global(after);
        SectionText? earlier = Global(before);
        ImmutableArray<string> lines = [.. SectionText.Difference(earlier, own)];
        if (!lines.IsEmpty)
            Add("global", "global", PlannedChange.Changed, 0, lines);
    }

    /// <summary>All global sections as one.</summary>
    private static SectionText? Global(ProxySet set)
    {
        if (set.Text is not { } text)
            return null;
        List<string> lines = [];
        foreach (SectionText section in text.Sections)
        {
            if (section.ProxyName is null)
                lines.AddRange(section.Lines);
        }

        return new SectionText("global", null, "global", [.. lines]);
    }

    private void AddFrontend(ProxySet before, ProxySet after, Frontend frontend)
    {
        Frontend? earlier = before.FindFrontend(frontend.Name);
        ImmutableArray<string> lines = Lines(before, after, earlier?.Config, frontend.Config);
        Add("frontend", frontend.Name, Verdict(earlier is null, lines, after), earlier?.ActiveSessions ?? 0, earlier is null ? [] : lines);
    }

    private void AddBackend(ProxySet before, ProxySet after, Backend backend)
    {
        Backend? earlier = before.FindBackend(backend.Name);
        ImmutableArray<string> lines = Lines(before, after, earlier?.Config, backend.Config);
        _items.Add(new PlanItem("backend", backend.Name, Verdict(earlier is null, lines, after), earlier?.ActiveSessions ?? 0, 0, earlier is null ? [] : lines)
        {
            Note = backend.Config.AddedFrom is null ? null : AddedAtRunTime,
        });
        if (earlier is null)
        {
            foreach (Server server in backend.Servers)
                AddServer(server, PlannedChange.Added, []);
            return;
        }

        BackendChange? change = Array.Find(after.Changes, one => one.After == backend);
        if (change is null)
            return;
        foreach (KeptServer kept in change.Kept)
            AddServer(kept.Living, kept.IsChanged ? PlannedChange.Changed : PlannedChange.Kept, ServerLines(before, after, backend, kept.Living), kept.Built.IsDynamic);
        foreach (Server server in change.Added)
            AddServer(server, PlannedChange.Added, []);
        foreach (Server server in change.Removed)
            AddServer(server, PlannedChange.Removed, []);
    }

    private void AddServer(Server server, PlannedChange change, ImmutableArray<string> lines, bool isDynamic = false) => _items.Add(new PlanItem(
        "server", $"{server.Backend.Name}/{server.Name}", change, server.ActiveSessions,
        change is PlannedChange.Kept or PlannedChange.Added ? 0 : server.IdleCount, lines) { Note = isDynamic ? AddedAtRunTime : null });

    /// <summary>Lists that were changed at run time: those that go on as they are, and those that begin anew.</summary>
    private void AddPatterns(ProxySet before, ProxySet after)
    {
        HashSet<PatternList> taken = new(ReferenceEqualityComparer.Instance);
        foreach (PatternList list in after.Expressions.Patterns.All)
        {
            if (list.Before is { } earlier)
                taken.Add(earlier);
        }

        foreach (PatternList list in before.Expressions.Patterns.All)
        {
            if (list.Changes == 0)
                continue;
            bool isKept = taken.Contains(list);
            string name = list.Name.Length > 0 ? list.Name : list.Description;
            string what = list.Name.Length > 0 ? "its file" : "its line";
            _items.Add(new PlanItem("patterns", name, isKept ? PlannedChange.Kept : PlannedChange.Removed, 0, 0, [])
            {
                Note = isKept ? "changed at run time" : $"what was changed at run time is lost: {what} is gone or reads differently now",
            });
        }
    }

    private void AddListeners(ProxySet before, ProxySet after)
    {
        HashSet<Listener> found = new(ReferenceEqualityComparer.Instance);
        foreach (Listener listener in (Listener[])[.. after.Listeners, .. after.ControlListeners])
        {
            PlannedChange change = listener.Before is not { } earlier ? PlannedChange.Added
                : !listener.KeepsSockets ? PlannedChange.Replaced
                : listener.SocketSettings != earlier.SocketSettings || listener.Frontend.Name != earlier.Frontend.Name ? PlannedChange.Changed
                : PlannedChange.Kept;
            if (listener.Before is not null)
                found.Add(listener.Before);
            Add("listener", Name(listener), change, listener.Before?.Room.Active ?? 0);
        }

        foreach (Listener listener in (Listener[])[.. before.Listeners, .. before.ControlListeners])
        {
            if (!found.Contains(listener))
                Add("listener", Name(listener), PlannedChange.Removed, listener.Room.Active);
        }
    }

    private static string Name(Listener listener) => $"{listener.Frontend.Name} {listener.Text}";

    private static PlannedChange Verdict(bool isNew, ImmutableArray<string> lines, ProxySet after) =>
        isNew ? PlannedChange.Added
        : lines.IsEmpty && after.Text is not null ? PlannedChange.Kept
        : PlannedChange.Changed;

    private static ImmutableArray<string> Lines(ProxySet before, ProxySet after, ProxyConfig? earlier, ProxyConfig now) =>
        earlier is null ? [] : [.. SectionText.Difference(TextOf(before, earlier), TextOf(after, now))];

    private static ImmutableArray<string> ServerLines(ProxySet before, ProxySet after, Backend backend, Server server)
    {
        string? earlier = TextOf(before, before.FindBackend(backend.Name)!.Config)?.ServerLine(server.Name);
        string? now = TextOf(after, backend.Config)?.ServerLine(server.Name);
        return earlier == now || earlier is null || now is null ? [] : [$"- {earlier}", $"+ {now}"];
    }

    private static SectionText? TextOf(ProxySet set, ProxyConfig proxy)
    {
        string keyword = proxy.HasFrontend && proxy.HasBackend ? "listen" : proxy.HasFrontend ? "frontend" : "backend";
        return set.Text?.Find(keyword, proxy.Name);
    }

    private void Add(string kind, string name, PlannedChange change, int sessions, ImmutableArray<string> lines = default) =>
        _items.Add(new PlanItem(kind, name, change, sessions, 0, lines.IsDefault ? [] : lines));
}
