using System.Collections.Generic;
using System.Linq;

namespace Hawser.Tests.Architecture;

/// <summary>
/// The direction inside each project: a folder uses only folders of a lower rank, so that no two folders ever need
/// one another and a reader can start at the bottom. A new folder gets its place here first.
/// </summary>
internal static class FolderRanks
{
    private static readonly Dictionary<string, string[][]> s_ranks = new()
    {
        ["Hawser.Base"] =
        [
            ["Assertions"],
            ["Bytes", "Collections", "Random"],
            ["Hashing", "Network", "Time"],
        ],
        ["Hawser.Config"] =
        [
            ["Diagnostics"],
            ["Syntax"],
            ["Model", "Legacy"],
            ["Keywords"],
            ["Validation"],
            ["Binding"],
            ["Lint"],
            ["Printing"],
            ["Migration"],
        ],
        ["Hawser.Protocols"] =
        [
            ["Http"],
            ["Http1", "Http2", "FastCgi", "ProxyProtocol", "Tls", "Dns", "Peers", "Syslog", "Spop"],
        ],
        ["Hawser.Io"] =
        [
            ["Interop"],
            ["Kernels"],
            ["Buffers", "Sockets"],
            ["Loop"],
            ["Tls"],
        ],
        ["Hawser.Expressions"] =
        [
            ["Samples"],
            ["Patterns", "Variables"],
            ["Compilation"],
            ["Converters", "Fetches", "Acls", "LogFormat"],
        ],
        ["Hawser.Proxy"] =
        [
            ["Accounting"],
            ["Logging", "Tables"],
            ["Connections"],
            ["Transports", "Muxes", "Resolvers"],
            ["Backends"],
            ["Streams"],
            ["Balancing", "Actions", "Fetches", "Checks", "Peers"],
            ["Listeners"],
            ["Building"],
        ],
        ["Hawser.Control"] =
        [
            ["Stats", "Capture", "Reloads"],
            ["Explain", "Cli", "Pages"],
            ["Processes"],
            ["Lab", "Demo"],
        ],
        ["Hawser"] =
        [
            ["CommandLine"],
            ["Commands"],
        ],
    };

    /// <summary>Null for a folder that has no place yet.</summary>
    public static int? RankOf(string project, string folder)
    {
        if (!s_ranks.TryGetValue(project, out string[][]? ranks)) return null;
        int rank = System.Array.FindIndex(ranks, folders => folders.Contains(folder));
        return rank < 0 ? null : rank;
    }

    /// <summary>One sentence for each use that goes sideways or up.</summary>
    public static IEnumerable<string> Violations(SourceFile file)
    {
        // The composition root, beside the project file, sees every folder.
        if (file.Folder.Length == 0) yield break;
        int? rank = RankOf(file.Project, file.TopFolder);
        if (rank is null)
        {
            yield return $"{file}: the folder {file.TopFolder} has no rank";
            yield break;
        }

        foreach (string used in file.UsedFolders)
        {
            int? usedRank = RankOf(file.Project, used);
            if (usedRank is null) yield return $"{file}: uses {used}, which has no rank";
            else if (usedRank >= rank) yield return $"{file}: {file.TopFolder} ({rank}) uses {used} ({usedRank})";
        }
    }
}
