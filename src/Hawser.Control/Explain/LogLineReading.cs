namespace Hawser.Control.Explain;

/// <summary>A line that was understood, or one sentence about why not.</summary>
public readonly record struct LogLineReading(LogLine? Line, string? Problem)
{
    public static LogLineReading Of(LogLine line) => new(line, null);

    public static LogLineReading Failed(string problem) => new(null, problem);
}
