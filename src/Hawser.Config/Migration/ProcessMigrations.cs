using System.Collections.Generic;

namespace Hawser.Config.Migration;

/// <summary>Old keywords about processes, which are threads since 2.5, and about tuning.</summary>
internal static class ProcessMigrations
{
    public static IEnumerable<MigrationRow> Rows =>
    [
        new("nbproc", static line => line.Text(0) == "1"
            ? MigrationStep.Remove("one process is the only choice since 2.5")
            : MigrationStep.Replace("there is one process since 2.5; its threads share the load", line.WithKeyword("nbthread"))),
        new("debug", static line => line.Section.Keyword == "global"
            ? MigrationStep.Remove("'debug' left the file in 2.5: use the switch -d")
            : null),
        new("tune.chksize", static _ => MigrationStep.Remove("checks use buffers of 'tune.bufsize' since 2.4")),
        new("tune.ssl.capture-cipherlist-size", static line =>
            MigrationStep.Replace("renamed in 2.5", line.WithKeyword("tune.ssl.capture-buffer-size"))),
        new("bind-process", static _ => MigrationStep.Remove("there is one process since 2.5: nothing to bind to")),
        new("stats bind-process", static _ => MigrationStep.Remove("there is one process since 2.5: nothing to bind to")),
        new("bind", static line => WithoutProcess(line)),
        new("stats socket", static line => WithoutProcess(line)),
    ];

    private static MigrationStep? WithoutProcess(MigrationLine line)
    {
        const string Process = "process";
        for (int index = 1; index + 1 < line.Count; index++)
        {
            if (line.Text(index) != Process) continue;
            int word = line.First + line.Length + index;
            string before = line.Source.RawFrom(0)[..RawLength(line, word)].TrimEnd();
            string after = line.RawFrom(index + 2);
            return MigrationStep.Replace("there is one process since 2.5; 'thread' is what binds a listener to some threads",
                after.Length == 0 ? before : $"{before} {after}");
        }
        return null;
    }

    private static int RawLength(MigrationLine line, int word) =>
        line.Source.RawFrom(0).Length - line.Source.RawFrom(word).Length;
}
