using System;
using System.Globalization;

namespace Hawser.Conformance.Commands;

/// <summary>The command line, with the environment behind it.</summary>
internal sealed record CommandOptions
{
    public const string Usage = """
        usage: ./conformance --suite DIR --vtest FILE [options]
          --suite DIR     a checkout of HAProxy, or its folder reg-tests            ($HAWSER_UPSTREAM)
          --vtest FILE    the program vtest, or Debian's varnishtest                ($HAWSER_VTEST)
          --program FILE  what is tested                                            ($HAWSER, else what was published last)
          --only GLOB     tests whose name matches, for example 'startup/*'; may be repeated
          --listed        only tests that the list calls a pass
          --jobs N        so many at once                                           (2)
          --limit S       seconds that a test may take                              (10)
          --logs DIR      keeps the log of each test that did not pass there
          --update        writes the list anew from what was seen
        The status is 0 when every listed pass has passed.
        """;

    public const string SuiteVariable = "HAWSER_UPSTREAM";
    public const string VtestVariable = "HAWSER_VTEST";

    public string? Suite { get; private init; }

    public string? Vtest { get; private init; }

    /// <summary>Null: the published binary of this checkout.</summary>
    public string? Program { get; private init; }

    /// <summary>Empty: all.</summary>
    public string[] Only { get; private init; } = [];

    public bool OnlyListed { get; init; }

    public int Jobs { get; private init; } = 2;

    public int LimitSeconds { get; private init; } = 10;

    public string? Logs { get; private init; }

    public bool Updates { get; private init; }

    /// <summary>Null when the words make no sense: <paramref name="problem"/> says why, or is empty when help was asked for.</summary>
    public static CommandOptions? Read(string[] words, Func<string, string?> variable, out string problem)
    {
        CommandOptions options = new() { Suite = Given(variable(SuiteVariable)), Vtest = Given(variable(VtestVariable)) };
        problem = "";
        for (int i = 0; i < words.Length; i++)
        {
            string word = words[i];
            if (word is "-h" or "--help")
                return null;
            if (Flag(options, word) is { } flagged)
            {
                options = flagged;
                continue;
            }

            problem = $"{word}: not understood";
            if (++i == words.Length || Take(options, word, words[i]) is not { } taken)
                return null;
            options = taken;
        }

        problem = "";
        return options;
    }

    private static CommandOptions? Flag(CommandOptions options, string word) => word switch
    {
        "--listed" => options with { OnlyListed = true },
        "--update" => options with { Updates = true },
        _ => null,
    };

    private static CommandOptions? Take(CommandOptions options, string word, string value)
    {
        bool isCount = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count > 0;
        return word switch
        {
            "--suite" => options with { Suite = value },
            "--vtest" => options with { Vtest = value },
            "--program" => options with { Program = value },
            "--logs" => options with { Logs = value },
            "--only" => options with { Only = [.. options.Only, value] },
            "--jobs" when isCount => options with { Jobs = count },
            "--limit" when isCount => options with { LimitSeconds = count },
            _ => null,
        };
    }

    private static string? Given(string? value) => string.IsNullOrEmpty(value) ? null : value;
}
