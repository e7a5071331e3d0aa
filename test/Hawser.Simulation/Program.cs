using System;
using Hawser.Simulation.Commands;

namespace Hawser.Simulation;

internal static class Program
{
    private static int Main(string[] arguments)
    {
        if (CommandOptions.Read(arguments, out string problem) is { } options)
            return new SimulateCommand(options, Console.Out).Run();
        if (problem is not ("-h" or "--help"))
            Console.Error.WriteLine($"{problem}: not understood");
        Console.Error.WriteLine(CommandOptions.UsageText());
        return 2;
    }
}
