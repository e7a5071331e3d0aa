using System.Globalization;

namespace Hawser.Control.Explain;

/// <summary>Milliseconds as people read them.</summary>
public static class DurationText
{
    private const long SecondMs = 1000;
    private const long MinuteMs = 60 * SecondMs;
    private const long HourMs = 60 * MinuteMs;

    public static string Of(long milliseconds) => milliseconds switch
    {
        < SecondMs => string.Create(CultureInfo.InvariantCulture, $"{milliseconds} ms"),
        < MinuteMs => string.Create(CultureInfo.InvariantCulture, $"{milliseconds / (double)SecondMs:0.###} s"),
        < HourMs => string.Create(CultureInfo.InvariantCulture,
            $"{milliseconds / MinuteMs} min {milliseconds % MinuteMs / SecondMs} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{milliseconds / HourMs} h {milliseconds % HourMs / MinuteMs} min"),
    };
}
