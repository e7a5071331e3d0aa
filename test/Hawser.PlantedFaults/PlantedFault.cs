using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace Hawser.PlantedFaults;

/// <summary>One planted fault, as its file describes it.</summary>
/// <param name="Number">What <see cref="Planting"/> knows it by.</param>
/// <param name="Name">What is wrong.</param>
/// <param name="Scenario">Where it is looked for.</param>
/// <param name="SessionsMaximum">It must be found within so many sessions.</param>
internal sealed record PlantedFault(int Number, string Name, string Scenario, int SessionsMaximum)
{
    public static IEnumerable<PlantedFault> All() =>
        Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Faults"), "*.txt")
            .Order(StringComparer.Ordinal)
            .Select(Read);

    private static PlantedFault Read(string path)
    {
        string[] lines = File.ReadAllLines(path);
        string name = Path.GetFileNameWithoutExtension(path);
        int dash = name.IndexOf('-');
        return new PlantedFault(
            int.Parse(name[..dash], CultureInfo.InvariantCulture),
            name[(dash + 1)..].Replace('-', ' '),
            Value(lines[0], "scenario: "),
            int.Parse(Value(lines[1], "found within: ").Split(' ')[0], CultureInfo.InvariantCulture));
    }

    private static string Value(string line, string key) =>
        line.StartsWith(key, StringComparison.Ordinal)
            ? line[key.Length..]
            : throw new FormatException($"'{key}' is missing: {line}");
}
