using System.Globalization;
using Hawser.Base.Time;

namespace Hawser.Control.Cli.Commands;

/// <summary>A length of time in at most two units: <c>5s</c>, <c>1m30s</c>, <c>2h5m</c>, <c>3d4h</c>.</summary>
internal static class DurationText
{
    public static string Of(Milliseconds time)
    {
        long seconds = long.Max(0, time.Value) / 1000;
        return string.Create(CultureInfo.InvariantCulture, $"{Text(seconds)}");
    }

    private static string Text(long seconds) => seconds switch
    {
        < 60 => $"{seconds}s",
        < 3600 => $"{seconds / 60}m{seconds % 60}s",
        < 86400 => $"{seconds / 3600}h{seconds % 3600 / 60}m",
        _ => $"{seconds / 86400}d{seconds % 86400 / 3600}h",
    };
}
