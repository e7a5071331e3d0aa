using Hawser.CommandLine;
using Hawser.Control.Processes;

namespace Hawser.Commands;

/// <summary>Version on standard output, usage on standard error, exit status 1, as HAProxy answers what it does not know.</summary>
internal static class UsageCommand
{
    public static int Run()
    {
        ProcessMessages.WriteAll(StandardStreams.Output, VersionText.Short());
        ProcessMessages.WriteAll(StandardStreams.Error, UsageText.Create());
        return ExitStatus.Failure;
    }
}
