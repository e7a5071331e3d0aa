using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using Hawser.Control.Processes;

namespace Hawser.Commands;

/// <summary><c>-dL</c>: the executable and the shared objects it has loaded, one path per line.</summary>
internal static class LoadedLibraries
{
    private const string OwnMaps = "/proc/self/maps";

    public static void Print(bool withRanges) =>
        ProcessMessages.WriteAll(StandardStreams.Output, Render(File.ReadAllLines(OwnMaps), withRanges));

    /// <summary>Each executable range and its file.</summary>
    public static string Listing() => Render(File.ReadAllLines(OwnMaps), withRanges: true);

    /// <summary>Their paths.</summary>
    public static string[] Paths() =>
        Render(File.ReadAllLines(OwnMaps), withRanges: false).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <param name="maps">Lines of /proc/PID/maps: range, permissions, offset, device, inode, path.</param>
    /// <param name="withRanges">Puts each executable range before the path, as <c>-V</c> does.</param>
    public static string Render(IReadOnlyList<string> maps, bool withRanges)
    {
        StringBuilder text = new();
        HashSet<string> seen = [];
        foreach (string line in maps)
        {
            int path = line.IndexOf('/');
            int space = line.IndexOf(' ');
            bool isCode = space > 0 && line.Length > space + 3 && line[space + 3] == 'x';
            if (path < 0 || !isCode || (!seen.Add(line[path..]) && !withRanges)) continue;
            if (withRanges) text.Append(line.AsSpan(0, space)).Append(' ');
            text.Append(line.AsSpan(path)).Append('\n');
        }
        return text.ToString();
    }
}
