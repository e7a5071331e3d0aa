using System;
using Hawser.Conformance.Commands;

namespace Hawser.Conformance;

internal static class Program
{
    private static int Main(string[] arguments)
    {
        if (CommandOptions.Read(arguments, Environment.GetEnvironmentVariable, out string problem) is { } options)
            return new ConformanceCommand(options, Console.Out).Run();
        if (problem.Length > 0)
            Console.Error.WriteLine(problem);
        Console.Error.WriteLine(CommandOptions.Usage);
        return ExitStatus.Unusable;
    }
}
