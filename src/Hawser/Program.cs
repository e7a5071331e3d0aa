using Hawser.Commands;
using Hawser.Control.Processes;

namespace Hawser;

internal static class Program
{
    private static int Main(string[] arguments)
    {
        SignalSource.RestoreInherited();
        if (arguments.Length > 0 && CommandTable.Find(arguments[0]) is { } command)
            return command.Run(arguments[1..]);
        return StartCommand.Run(arguments, new ProxyComposition());
    }
}
