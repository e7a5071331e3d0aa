using System;
using System.Globalization;
using System.Linq;
using Hawser.Fuzz.Targets;

namespace Hawser.Fuzz.Commands;

/// <summary>The command line.</summary>
internal sealed record CommandOptions
{
    private const string Usage = """
        usage: ./fuzz [options]
          --target NAME     one of: {0}
                            default: each in turn
          --seconds N       so long for each target                                  (10)
          --seed N          repeats the inputs of an earlier run                     (from the clock)
          --file FILE       tries this input only
          --out DIR         where inputs that break something are written            (artifacts/fuzz)
          --export DIR      writes the corpus as files, one for each input, for another fuzzer
          --afl             runs the target under AFL: SharpFuzz's protocol over the inherited descriptors
          --libfuzzer       runs the target under libFuzzer's driver of SharpFuzz
        The status is 0 when nothing broke.
        """;

    public FuzzTarget? Target { get; private init; }

    public double Seconds { get; private init; } = 10;

    public ulong? Seed { get; private init; }

    public string? File { get; private init; }

    public string Folder { get; private init; } = "artifacts/fuzz";

    public string? Export { get; private init; }

    public FuzzDriver Driver { get; private init; }

    public static string UsageText() =>
        string.Format(CultureInfo.InvariantCulture, Usage, string.Join(' ', TargetTable.All.Select(static target => target.Name)));

    /// <summary>Null when the words make no sense: <paramref name="problem"/> says which, or is empty when help was asked for.</summary>
    public static CommandOptions? Read(string[] words, out string problem)
    {
        CommandOptions options = new();
        problem = "";
        for (int i = 0; i < words.Length; i++)
        {
            string word = words[i];
            if (word is "-h" or "--help")
                return null;
            if (word is "--afl" or "--libfuzzer")
            {
                options = options with { Driver = word == "--afl" ? FuzzDriver.Afl : FuzzDriver.LibFuzzer };
                continue;
            }

            problem = word;
            if (++i == words.Length || Take(options, word, words[i]) is not { } taken)
                return null;
            options = taken;
        }

        bool isComplete = options.Target is not null || (options.Driver == FuzzDriver.Own && options.File is null);
        problem = isComplete ? "" : "without --target";
        return isComplete ? options : null;
    }

    private static CommandOptions? Take(CommandOptions options, string word, string value) => word switch
    {
        "--target" => TargetTable.Find(value) is { } target ? options with { Target = target } : null,
        "--seconds" when double.TryParse(value, CultureInfo.InvariantCulture, out double seconds) && seconds > 0 =>
            options with { Seconds = seconds },
        "--seed" when ulong.TryParse(value, CultureInfo.InvariantCulture, out ulong seed) => options with { Seed = seed },
        "--file" => options with { File = value },
        "--out" => options with { Folder = value },
        "--export" => options with { Export = value },
        _ => null,
    };
}
