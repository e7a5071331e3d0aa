using System;
using Hawser.Base.Time;

namespace Hawser.Proxy.Streams.Http;

/// <summary>
/// The dates in cookies with "maxidle" or "maxlife": units of four seconds since 1970, rounded up, in five digits of
/// base64.
/// </summary>
internal static class CookieDate
{
    public const int Digits = 5;
    public const int UnitSeconds = 4;

    /// <summary>No date.</summary>
    public const int None = -1;

    /// <summary>A date further in the future than a wrong time zone explains.</summary>
    private const int FutureUnitsMaximum = 24 * 60 * 60 / UnitSeconds;

    public static int Of(UnixTime time) => (int)((time.Seconds + UnitSeconds - 1) / UnitSeconds) & 0x3FFFFFFF;

    /// <summary>What follows the digits does not count.</summary>
    /// <returns><see cref="None"/> when there is none.</returns>
    public static int Parse(ReadOnlySpan<byte> text)
    {
        if (text.Length < Digits) return None;
        int date = 0;
        foreach (byte digit in text[..Digits])
        {
            int value = Alphabet.IndexOf(digit);
            if (value < 0) return None;
            date = (date << 6) | value;
        }

        return date;
    }

    /// <param name="destination">At least <see cref="Digits"/> long.</param>
    public static void Write(int date, Span<byte> destination)
    {
        for (int place = Digits - 1; place >= 0; place--)
        {
            destination[place] = Alphabet[date & 63];
            date >>= 6;
        }
    }

    /// <summary>Older than allowed, or out of all reason in the future.</summary>
    public static bool IsBeyond(int date, int now, int secondsMaximum) =>
        date - now > FutureUnitsMaximum || (long)(now - date) * UnitSeconds > secondsMaximum;

    private static ReadOnlySpan<byte> Alphabet => "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"u8;
}
