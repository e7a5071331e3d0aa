using Hawser.CommandLine;
using Hawser.Control.Processes;

namespace Hawser.Commands;

/// <summary><c>hawser version</c>: the text of <c>-vv</c>.</summary>
internal static class VersionCommand
{
    public static int Run(string[] arguments)
    {
        if (arguments.Length > 0)
        {
            ProcessMessages.WriteAll(StandardStreams.Error, "hawser version takes no argument\n");
            return ExitStatus.Failure;
        }
        ProcessMessages.WriteAll(StandardStreams.Output, VersionText.Long());
        return ExitStatus.Success;
    }
}
