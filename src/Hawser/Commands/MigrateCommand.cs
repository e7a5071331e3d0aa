using System.Collections.Generic;
using System.Linq;
using Hawser.CommandLine;
using Hawser.Config.Binding;
using Hawser.Config.Diagnostics;
using Hawser.Config.Migration;
using Hawser.Control.Processes;

namespace Hawser.Commands;

/// <summary>
/// <c>hawser migrate FILE</c>: the file in today's spelling on standard output, each change on standard error. Exit
/// status 1: some lines need a person; they were left as they are.
/// </summary>
internal static class MigrateCommand
{
    private const string Usage = "Usage: hawser migrate <file>\n";

    public static int Run(string[] arguments)
    {
        FileArguments? read = FileArguments.Read(arguments, [], out string error);
        if (read is { Files.Length: > 1 }) error = "one file at a time: its result is one file";
        if (read is null || read.Files.Length > 1)
        {
            ProcessMessages.WriteAll(StandardStreams.Error, $"hawser migrate: {error}\n{Usage}");
            return ExitStatus.Unreadable;
        }
        ProcessMessages messages = new(FindingReport.ToolName, ProductVersion.Full);
        List<ConfigurationSource>? sources = ConfigurationFiles.Read(read.Files, messages);
        if (sources is not [var source]) return ExitStatus.Unreadable;
        MigrationResult result = Migrator.Migrate(source.Name, source.Content);
        StandardStreams.Write(result.Content);
        foreach (MigrationChange change in result.Changes) ProcessMessages.WriteAll(StandardStreams.Error, Describe(change));
        int left = result.Changes.Count(static change => !change.IsDone);
        ProcessMessages.WriteAll(StandardStreams.Error,
            $"{result.Changes.Length - left} changes, {left} lines left that need a person\n");
        return left == 0 ? ExitStatus.Success : ExitStatus.Failure;
    }

    private static string Describe(MigrationChange change)
    {
        string after = (change.IsDone, change.After.Length) switch
        {
            (false, _) => "left as it is",
            (true, 0) => "removed",
            _ => string.Join("\n    ", change.After),
        };
        return $"{change.Origin}: {change.Before}\n    {after}\n    ({change.Reason})\n";
    }
}
