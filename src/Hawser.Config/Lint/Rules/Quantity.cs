using System.Globalization;

namespace Hawser.Config.Lint.Rules;

/// <summary>Times and sizes as a reader says them.</summary>
internal static class Quantity
{
    private const int SecondMs = 1000;
    private const int MinuteMs = 60 * SecondMs;
    private const int HourMs = 60 * MinuteMs;

    /// <summary>Up to ten minutes in seconds, as the consequences are compared.</summary>
    public static string Time(long milliseconds) => milliseconds switch
    {
        < SecondMs => Join(milliseconds, "ms"),
        >= HourMs when milliseconds % HourMs == 0 => Join(milliseconds / HourMs, "h"),
        > 10 * MinuteMs when milliseconds % MinuteMs == 0 => Join(milliseconds / MinuteMs, "min"),
        _ => Join(milliseconds / (decimal)SecondMs, "s"),
    };

    public static string Bytes(long bytes) => Join(bytes, "bytes", "#,0");

    private static string Join(decimal value, string unit, string format = "0.###") =>
        value.ToString(format, CultureInfo.InvariantCulture) + " " + unit;
}
