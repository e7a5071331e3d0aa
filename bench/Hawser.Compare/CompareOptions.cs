using System;
using System.Collections.Generic;
using System.Globalization;

namespace Hawser.Compare;

/// <summary>What the command line asks for.</summary>
internal sealed class CompareOptions
{
    private const int FullPairs = 5;
    private const int QuickPairs = 2;
    private static readonly TimeSpan s_fullSample = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_quickSample = TimeSpan.FromSeconds(0.5);

    public string Hawser { get; private set; } = "";

    /// <summary>The first is the one of the PATH.</summary>
    public List<string> Haproxies { get; } = ["haproxy"];

    public string Results { get; private set; } = "bench/results";

    /// <summary>Rows whose name contains this word; null for all.</summary>
    public string? Only { get; private set; }

    /// <summary>The assembly of the .NET reference; null: it is not measured.</summary>
    public string? Yarp { get; private set; }

    /// <summary>How cost grows is measured too.</summary>
    public bool HasCurves { get; private set; }

    public bool IsQuick { get; private set; }

    public int Pairs { get; private set; }

    public TimeSpan Sample => IsQuick ? s_quickSample : s_fullSample;

    public static CompareOptions Parse(string[] arguments)
    {
        CompareOptions options = new();
        for (int i = 0; i < arguments.Length; i++)
        {
            switch (arguments[i])
            {
                case "--quick": options.IsQuick = true; break;
                case "--hawser": options.Hawser = Value(arguments, ref i); break;
                case "--yarp": options.Yarp = Value(arguments, ref i); break;
                case "--curves": options.HasCurves = true; break;
                case "--haproxy": options.Haproxies.Add(Value(arguments, ref i)); break;
                case "--results": options.Results = Value(arguments, ref i); break;
                case "--only": options.Only = Value(arguments, ref i); break;
                case "--pairs": options.Pairs = int.Parse(Value(arguments, ref i), CultureInfo.InvariantCulture); break;
                default: throw new ArgumentException($"unknown argument '{arguments[i]}'");
            }
        }

        if (options.Hawser.Length == 0) throw new ArgumentException("--hawser PATH is missing");
        if (options.Pairs <= 0) options.Pairs = options.IsQuick ? QuickPairs : FullPairs;
        return options;
    }

    private static string Value(string[] arguments, ref int index) =>
        ++index < arguments.Length
            ? arguments[index]
            : throw new ArgumentException($"'{arguments[index - 1]}' needs a value");
}
