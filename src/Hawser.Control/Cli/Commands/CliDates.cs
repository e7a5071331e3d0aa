using System;
using System.Globalization;
using Hawser.Base.Time;

namespace Hawser.Control.Cli.Commands;

/// <summary>Points of time in the form of the logs.</summary>
internal static class CliDates
{
    /// <summary><c>[04/Mar/2009:15:46:56.081]</c>, in universal time.</summary>
    public static string Of(UnixTime time) =>
        $"[{DateTime.UnixEpoch.AddTicks(time.Microseconds * 10).ToString("dd/MMM/yyyy:HH:mm:ss.fff", CultureInfo.InvariantCulture)}]";
}
