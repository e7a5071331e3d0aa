using System;
using System.Buffers;
using System.Globalization;
using Hawser.Control.Stats;

namespace Hawser.Control.Pages;

/// <summary>Text and numbers as the page shows them.</summary>
internal static class HtmlText
{
    private const long SecondsPerMinute = 60;
    private const long SecondsPerHour = 3600;
    private const long SecondsPerDay = 86400;

    /// <summary>Names and texts that somebody else has chosen.</summary>
    public static string Encode(string text) => text.AsSpan().IndexOfAny("&<>\"'") < 0
        ? text
        : text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal).Replace("\"", "&quot;", StringComparison.Ordinal)
            .Replace("'", "&#39;", StringComparison.Ordinal);

    /// <summary>A column; nothing for one without a value.</summary>
    public static string Of(in StatValue value) => !value.IsSet ? "" : value.Text is { } text ? Encode(text) : Number(value.Number);

    /// <summary>Thousands stand apart.</summary>
    public static string Number(long number)
    {
        string digits = number.ToString(CultureInfo.InvariantCulture);
        return number is > -10000 and < 10000
            ? digits
            : number.ToString("#,0", CultureInfo.InvariantCulture).Replace(",", "&#8239;", StringComparison.Ordinal);
    }

    /// <summary>A limit: 0 and none are a dash.</summary>
    public static string Limit(in StatValue value) => value.IsSet && value.Number > 0 ? Number(value.Number) : "-";

    /// <summary>"3d4h", "4h2m", "2m5s", "5s".</summary>
    public static string Age(long seconds)
    {
        if (seconds < 0)
            return "?";
        if (seconds >= SecondsPerDay)
            return string.Create(CultureInfo.InvariantCulture, $"{seconds / SecondsPerDay}d{seconds % SecondsPerDay / SecondsPerHour}h");
        if (seconds >= SecondsPerHour)
            return string.Create(CultureInfo.InvariantCulture, $"{seconds / SecondsPerHour}h{seconds % SecondsPerHour / SecondsPerMinute}m");
        return seconds >= SecondsPerMinute
            ? string.Create(CultureInfo.InvariantCulture, $"{seconds / SecondsPerMinute}m{seconds % SecondsPerMinute}s")
            : string.Create(CultureInfo.InvariantCulture, $"{seconds}s");
    }

    /// <summary>"(12%)"; "(0%)" of nothing.</summary>
    public static string Share(long part, long whole) => part == 0 || whole == 0 ? "(0%)" : string.Create(CultureInfo.InvariantCulture, $"({(whole > 0 ? part * 100 / whole : 0)}%)");
}
