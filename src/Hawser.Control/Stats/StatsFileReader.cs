using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.IO;
using System.Linq;
using Hawser.Proxy.Accounting;
using Hawser.Proxy.Backends;
using Hawser.Proxy.Building;
using Hawser.Proxy.Listeners;
using Hawser.Proxy.Streams;

namespace Hawser.Control.Stats;

/// <summary>
/// "stats-file": gives counters what they were when the file was written. Before the loops run: it writes the counters of
/// loop 0. What it does not understand it passes over, as HAProxy does: a file may come from another version.
/// </summary>
public static class StatsFileReader
{
    /// <param name="path">As the configuration names it.</param>
    /// <param name="warn">Told when the file cannot be used at all.</param>
    public static void Load(ProxySet set, string path, Action<string> warn)
    {
        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The reader of the configuration has said so.
            return;
        }

        if (!Read(set, text))
            warn($"config: Invalid stats-file format in file '{path}'.");
    }

    /// <returns>False when it does not begin with the head of a section.</returns>
    public static bool Read(ProxySet set, string text)
    {
        Dictionary<string, TrafficCounters> frontends = Frontends(set);
        Dictionary<string, TrafficCounters> backends = Backends(set);
        Dictionary<string, TrafficCounters>? section = null;
        StatsFile.Column?[] columns = [];
        bool hasHead = false;
        foreach (string line in text.Split('\n'))
        {
            string clean = line.TrimEnd('\r');
            if (clean.Length == 0 || clean.StartsWith("//", StringComparison.Ordinal))
                continue;
            if (clean[0] == '#')
            {
                hasHead = true;
                section = clean.StartsWith("#fe ", StringComparison.Ordinal) ? frontends
                    : clean.StartsWith("#be ", StringComparison.Ordinal) ? backends : null;
                columns = ColumnsOf(clean, section == frontends ? StatsFile.FrontendColumns : StatsFile.BackendColumns);
                continue;
            }

            if (!hasHead)
                return false;
            if (section is not null)
                ReadLine(section, columns, clean.Split(','));
        }

        return hasHead;
    }

    private static void ReadLine(Dictionary<string, TrafficCounters> section, StatsFile.Column?[] columns, string[] cells)
    {
        if (!section.TryGetValue(cells[0], out TrafficCounters? counters))
            return;
        for (int i = 1; i < cells.Length && i - 1 < columns.Length; i++)
        {
            if (columns[i - 1]?.Set is { } set && long.TryParse(cells[i], NumberStyles.None, CultureInfo.InvariantCulture, out long value))
                set(counters, value);
        }
    }

    /// <summary>By place behind the name; null for one that is not known here.</summary>
    private static StatsFile.Column?[] ColumnsOf(string head, ImmutableArray<StatsFile.Column> known) =>
        [.. head[(head.IndexOf(' ', StringComparison.Ordinal) + 1)..].Split(',').Skip(1)
            .Select(name => known.FirstOrDefault(column => column.Name == name))];

    private static Dictionary<string, TrafficCounters> Frontends(ProxySet set)
    {
        Dictionary<string, TrafficCounters> found = new(StringComparer.Ordinal);
        foreach (Frontend frontend in set.Frontends)
        {
            if (frontend.Config.Guid is { } guid)
                found.TryAdd(guid.Value, frontend.Counters[0]);
        }

        foreach (Listener listener in set.Listeners)
        {
            if (listener is { Guid: { } guid, Counters: { } counters })
                found.TryAdd(guid, counters[0]);
        }

        return found;
    }

    private static Dictionary<string, TrafficCounters> Backends(ProxySet set)
    {
        Dictionary<string, TrafficCounters> found = new(StringComparer.Ordinal);
        foreach (Backend backend in set.Backends)
        {
            if (backend.Config.Guid is { } guid)
                found.TryAdd(guid.Value, backend.Counters[0]);
            foreach (Server server in backend.Servers)
            {
                if (server.Config.Guid is { } own)
                    found.TryAdd(own.Value, server.Counters[0]);
            }
        }

        return found;
    }
}
