using Hawser.Base.Time;
using Hawser.Expressions.Compilation;
using Hawser.Expressions.Samples;

namespace Hawser.Expressions.Fetches;

/// <summary>The clock as a sample (manual, section 7.3.2), and the units that dates are asked in.</summary>
public static class DateFetches
{
    private const long MicrosecondsPerSecond = 1_000_000;

    public static FetchRow[] Rows { get; } =
    [
        new(
            "date",
            ArgumentSignature.Optional(ArgumentType.Integer, ArgumentType.Text),
            SampleType.Integer,
            FetchContexts.Anywhere,
            Date,
            "1.5",
            "now, with an offset in seconds, in a unit")
        {
            Prepare = static (arguments, _) => PrepareUnit(arguments, 1),
        },
        new(
            "date_us",
            ArgumentSignature.None,
            SampleType.Integer,
            FetchContexts.Anywhere,
            Microseconds,
            "1.9",
            "the microseconds of the current second"),
    ];

    /// <summary>Understands "s" (which it also is when left out), "ms" or "us" at a place.</summary>
    /// <returns>What is wrong with it, or null.</returns>
    public static string? PrepareUnit(Arguments arguments, int index)
    {
        string unit = arguments.String(index);
        long? microseconds = unit switch
        {
            "s" => MicrosecondsPerSecond,
            "" when index >= arguments.Count => MicrosecondsPerSecond,
            "ms" => 1000,
            "us" => 1,
            _ => null,
        };
        arguments.Prepared = microseconds;
        return microseconds is null ? $"expects 's', 'ms' or 'us', got '{unit}'" : null;
    }

    /// <summary>A date in the unit that <see cref="PrepareUnit"/> has understood.</summary>
    public static long InUnit(UnixTime time, Arguments arguments, long offsetSeconds = 0) =>
        (time.Microseconds + (offsetSeconds * MicrosecondsPerSecond)) / (long)arguments.Prepared!;

    private static bool Date(SampleSource source, Arguments arguments, ref Sample sample)
    {
        sample.SetInteger(InUnit(source.Now, arguments, arguments.Integer(0)));
        return true;
    }

    private static bool Microseconds(SampleSource source, Arguments arguments, ref Sample sample)
    {
        sample.SetInteger(source.Now.Microseconds % MicrosecondsPerSecond);
        return true;
    }
}
