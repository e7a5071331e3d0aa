using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Hawser.Simulation.Faults;
using Hawser.Simulation.Scenarios;

namespace Hawser.Simulation.Commands;

/// <summary>The command line.</summary>
internal sealed record CommandOptions
{
    public const string Usage = """
        usage: ./simulate [options]
          --scenario NAME   one of: {0}
                            default: each seed chooses
          --seed N          this seed; without it, seeds from the clock on
          --seeds N         so many seeds in a row                                  (1; 100 without --seed)
          --sessions N      clients per seed                                        (2000)
          --minutes N       goes on with further seeds for so long
          --only N,N,...    of the clients, these only
          --without F,...   leaves kinds of faults out: {1}
          --timeline        tells the failing session's events without shrinking first
          --quiet           tells failures and the sum only
        The status is 0 when every invariant held.
        """;

    public string? Scenario { get; private init; }

    public ulong? Seed { get; private init; }

    public int? Seeds { get; private init; }

    public int Sessions { get; private init; } = 2000;

    public double Minutes { get; private init; }

    public IReadOnlySet<int>? Only { get; private init; }

    public FaultKind[] Without { get; private init; } = [];

    public bool OnlyTimeline { get; private init; }

    public bool IsQuiet { get; private init; }

    public static string UsageText() => string.Format(
        CultureInfo.InvariantCulture, Usage, string.Join(' ', ScenarioTable.All.Keys), string.Join(' ', Enum.GetNames<FaultKind>()));

    /// <summary>Null when the words make no sense: <paramref name="problem"/> says which.</summary>
    public static CommandOptions? Read(string[] words, out string problem)
    {
        CommandOptions options = new();
        problem = "";
        for (int i = 0; i < words.Length; i++)
        {
            string word = words[i];
            if (word is "--timeline" or "--quiet")
            {
                options = word == "--quiet" ? options with { IsQuiet = true } : options with { OnlyTimeline = true };
                continue;
            }

            problem = word;
            if (++i == words.Length || Take(options, word, words[i]) is not { } taken)
                return null;
            options = taken;
        }

        return options;
    }

    private static CommandOptions? Take(CommandOptions options, string word, string value)
    {
        bool isNumber = ulong.TryParse(value, CultureInfo.InvariantCulture, out ulong number);
        return word switch
        {
            "--scenario" when ScenarioTable.All.ContainsKey(value) => options with { Scenario = value },
            "--seed" when isNumber => options with { Seed = number },
            "--seeds" when isNumber => options with { Seeds = (int)number },
            "--sessions" when isNumber => options with { Sessions = (int)number },
            "--minutes" when double.TryParse(value, CultureInfo.InvariantCulture, out double minutes) =>
                options with { Minutes = minutes },
            "--only" => Numbers(value) is { } only ? options with { Only = only } : null,
            "--without" => Kinds(value) is { } kinds ? options with { Without = kinds } : null,
            _ => null,
        };
    }

    private static HashSet<int>? Numbers(string text)
    {
        HashSet<int> numbers = [];
        foreach (string word in text.Split(','))
        {
            if (!int.TryParse(word, CultureInfo.InvariantCulture, out int number))
                return null;
            numbers.Add(number);
        }

        return numbers;
    }

    private static FaultKind[]? Kinds(string text)
    {
        List<FaultKind> kinds = [];
        foreach (string word in text.Split(','))
        {
            if (!Enum.TryParse(word, ignoreCase: true, out FaultKind kind))
                return null;
            kinds.Add(kind);
        }

        return kinds.Distinct().ToArray();
    }
}
