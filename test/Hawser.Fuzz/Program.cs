using System;
using Hawser.Fuzz.Commands;

namespace Hawser.Fuzz;

internal static class Program
{
    private static int Main(string[] arguments)
    {
        if (CommandOptions.Read(arguments, out string problem) is { } options)
            return new FuzzCommand(options, Console.Out).Run();
        if (problem.Length > 0)
            Console.Error.WriteLine($"{problem}: not understood");
        Console.Error.WriteLine(CommandOptions.UsageText());
        return 2;
    }
}
