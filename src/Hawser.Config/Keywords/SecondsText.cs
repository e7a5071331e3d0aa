using System;
using System.Globalization;
using Hawser.Config.Syntax;

namespace Hawser.Config.Keywords;

/// <summary>Times that count in seconds and may be years: a number, or a number and a unit.</summary>
internal static class SecondsText
{
    private static readonly (string Unit, long Microseconds)[] Units =
    [
        ("us", 1), ("ms", 1_000), ("s", 1_000_000), ("m", 60_000_000), ("h", 3_600_000_000), ("d", 86_400_000_000),
    ];

    /// <summary>Parts of a second are rounded up.</summary>
    public static ValueError TryParse(string text, out int seconds)
    {
        const long SecondUs = 1_000_000;
        seconds = 0;
        int digits = 0;
        while (digits < text.Length && char.IsAsciiDigit(text[digits])) digits++;
        if (digits == 0) return ValueError.UnexpectedCharacter;
        string unit = digits == text.Length ? "s" : text[digits..];
        foreach ((string name, long microseconds) in Units)
        {
            if (name != unit) continue;
            if (!long.TryParse(text.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture, out long number)
                || number > long.MaxValue / microseconds - SecondUs) return ValueError.Overflow;
            long rounded = (number * microseconds + SecondUs - 1) / SecondUs;
            if (rounded > int.MaxValue) return ValueError.Overflow;
            seconds = (int)rounded;
            return ValueError.None;
        }
        return ValueError.UnexpectedCharacter;
    }

    /// <summary>The next word of a line; false after a report.</summary>
    /// <param name="what">Whose value it is: "maxidle".</param>
    public static bool TryTake(LineCursor line, string what, out int seconds)
    {
        seconds = 0;
        if (!line.TryExpect($"expects <{what}>.", out Word word)) return false;
        ValueError error = TryParse(word.Text, out seconds);
        if (error == ValueError.None) return true;
        line.Reject(Diagnostics.DiagnosticCodes.BadTime, word.Origin, error == ValueError.Overflow
            ? $"timer overflow in argument '{word.Text}' to '{what}' (maximum value is {int.MaxValue} s or ~68 years)"
            : $"unexpected character in argument '{word.Text}' to '{what}'");
        return false;
    }
}
