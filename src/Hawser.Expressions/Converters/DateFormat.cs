using System;
using System.Globalization;
using Hawser.Base.Bytes;
using Hawser.Base.Time;
using Ascii = Hawser.Base.Bytes.Ascii;

namespace Hawser.Expressions.Converters;

/// <summary>
/// strftime(3) as the GNU library does it in the C locale, with its flags and widths. What is no conversion stays as
/// it is.
/// </summary>
internal ref struct DateFormat
{
    private readonly CivilTime _time;
    private readonly long _unixSeconds;
    private readonly int _offsetSeconds;
    private readonly ReadOnlySpan<byte> _zoneName;
    private ByteWriter _writer;
    private bool _fits;

    private DateFormat(long unixSeconds, int offsetSeconds, ReadOnlySpan<byte> zoneName, Span<byte> destination)
    {
        _time = CivilTime.FromUnixSeconds(unixSeconds + offsetSeconds);
        _unixSeconds = unixSeconds;
        _offsetSeconds = offsetSeconds;
        _zoneName = zoneName;
        _writer = new ByteWriter(destination);
        _fits = true;
    }

    /// <param name="format">As strftime's.</param>
    /// <param name="nanoseconds">What %N shows, 0 to 999,999,999; -1 where %N is no conversion.</param>
    /// <param name="offsetSeconds">From UTC to local time.</param>
    /// <param name="zoneName">What %Z shows.</param>
    /// <returns>False when there is no room.</returns>
    public static bool TryWrite(
        ReadOnlySpan<byte> format,
        long unixSeconds,
        int nanoseconds,
        int offsetSeconds,
        ReadOnlySpan<byte> zoneName,
        Span<byte> destination,
        out int bytesWritten)
    {
        DateFormat writer = new(unixSeconds, offsetSeconds, zoneName, destination);
        writer.Write(format, nanoseconds);
        bytesWritten = writer._writer.Position;
        return writer._fits;
    }

    private static ReadOnlySpan<byte> Weekday(int weekday) => weekday switch
    {
        0 => "Sunday"u8,
        1 => "Monday"u8,
        2 => "Tuesday"u8,
        3 => "Wednesday"u8,
        4 => "Thursday"u8,
        5 => "Friday"u8,
        _ => "Saturday"u8,
    };

    private static ReadOnlySpan<byte> Month(int month) => month switch
    {
        1 => "January"u8,
        2 => "February"u8,
        3 => "March"u8,
        4 => "April"u8,
        5 => "May"u8,
        6 => "June"u8,
        7 => "July"u8,
        8 => "August"u8,
        9 => "September"u8,
        10 => "October"u8,
        11 => "November"u8,
        _ => "December"u8,
    };

    private void Write(ReadOnlySpan<byte> format, int nanoseconds)
    {
        while (!format.IsEmpty)
        {
            int percent = format.IndexOf((byte)'%');
            Append(percent < 0 ? format : format[..percent]);
            if (percent < 0) return;
            format = format[percent..];
            int length = Conversion(format, nanoseconds);
            if (length == 0) Append(format[..(length = 1)]);
            format = format[length..];
        }
    }

    /// <returns>How many bytes of the format it took, 0 when it is none.</returns>
    private int Conversion(ReadOnlySpan<byte> format, int nanoseconds)
    {
        int at = 1;
        byte pad = 0;
        bool isUpper = false;
        bool isSwapped = false;
        for (; at < format.Length && format[at] is (byte)'_' or (byte)'-' or (byte)'0' or (byte)'^' or (byte)'#'; at++)
        {
            if (format[at] == '^') isUpper = true;
            else if (format[at] == '#') isSwapped = true;
            else pad = format[at];
        }

        int width = 0;
        for (; at < format.Length && Ascii.IsDigit(format[at]); at++) width = Math.Min(9999, (width * 10) + format[at] - '0');
        if (at + 1 < format.Length && format[at] is (byte)'E' or (byte)'O') at++;
        if (at >= format.Length) return 0;

        byte letter = format[at];
        if (letter == 'N' && nanoseconds >= 0 && !format[1..at].ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            WriteFraction(nanoseconds, at == 1 ? 9 : width);
            return at + 1;
        }

        int start = _writer.Position;
        if (!Field(letter, pad, width)) return 0;
        Span<byte> written = _writer.Written[start..];
        if (isUpper || (isSwapped && letter is (byte)'a' or (byte)'A' or (byte)'b' or (byte)'B' or (byte)'h')) Upper(written);
        if (isSwapped && letter is (byte)'p' or (byte)'Z') Lower(written);
        Pad(start, pad == '0' ? (byte)'0' : (byte)' ', width);
        return at + 1;
    }

    private bool Field(byte letter, byte pad, int width)
    {
        int hour12 = ((_time.Hour + 11) % 12) + 1;
        switch (letter)
        {
            case (byte)'a': Append(Weekday(_time.Weekday)[..3]); break;
            case (byte)'A': Append(Weekday(_time.Weekday)); break;
            case (byte)'b' or (byte)'h': Append(Month(_time.Month)[..3]); break;
            case (byte)'B': Append(Month(_time.Month)); break;
            case (byte)'c': Write("%a %b %e %H:%M:%S %Y"u8, -1); break;
            case (byte)'C': Number(FloorDivide(_time.Year, 100), 2, '0', pad, width); break;
            case (byte)'d': Number(_time.Day, 2, '0', pad, width); break;
            case (byte)'D' or (byte)'x': Write("%m/%d/%y"u8, -1); break;
            case (byte)'e': Number(_time.Day, 2, ' ', pad, width); break;
            case (byte)'F': Write("%Y-%m-%d"u8, -1); break;
            case (byte)'g': Number(WeekYear(out _) % 100, 2, '0', pad, width); break;
            case (byte)'G': Number(WeekYear(out _), 1, '0', pad, width); break;
            case (byte)'H': Number(_time.Hour, 2, '0', pad, width); break;
            case (byte)'I': Number(hour12, 2, '0', pad, width); break;
            case (byte)'j': Number(_time.DayOfYear, 3, '0', pad, width); break;
            case (byte)'k': Number(_time.Hour, 2, ' ', pad, width); break;
            case (byte)'l': Number(hour12, 2, ' ', pad, width); break;
            case (byte)'m': Number(_time.Month, 2, '0', pad, width); break;
            case (byte)'M': Number(_time.Minute, 2, '0', pad, width); break;
            case (byte)'n': Append("\n"u8); break;
            case (byte)'p': Append(_time.Hour < 12 ? "AM"u8 : "PM"u8); break;
            case (byte)'P': Append(_time.Hour < 12 ? "am"u8 : "pm"u8); break;
            case (byte)'r': Write("%I:%M:%S %p"u8, -1); break;
            case (byte)'R': Write("%H:%M"u8, -1); break;
            case (byte)'s': Number(_unixSeconds, 1, '0', pad, width); break;
            case (byte)'S': Number(_time.Second, 2, '0', pad, width); break;
            case (byte)'t': Append("\t"u8); break;
            case (byte)'T' or (byte)'X': Write("%H:%M:%S"u8, -1); break;
            case (byte)'u': Number(((_time.Weekday + 6) % 7) + 1, 1, '0', pad, width); break;
            case (byte)'U': Number((_time.DayOfYear + 6 - _time.Weekday) / 7, 2, '0', pad, width); break;
            case (byte)'V':
                _ = WeekYear(out int week);
                Number(week, 2, '0', pad, width);
                break;
            case (byte)'w': Number(_time.Weekday, 1, '0', pad, width); break;
            case (byte)'W': Number((_time.DayOfYear + 6 - ((_time.Weekday + 6) % 7)) / 7, 2, '0', pad, width); break;
            case (byte)'y': Number(_time.Year - (FloorDivide(_time.Year, 100) * 100), 2, '0', pad, width); break;
            case (byte)'Y': Number(_time.Year, 1, '0', pad, width); break;
            case (byte)'z':
                Append(_offsetSeconds < 0 ? "-"u8 : "+"u8);
                int minutes = Math.Abs(_offsetSeconds) / 60;
                Number((minutes / 60 * 100) + (minutes % 60), 4, '0', pad, width - 1);
                break;
            case (byte)'Z': Append(_zoneName); break;
            case (byte)'%': Append("%"u8); break;
            default: return false;
        }

        return true;
    }

    /// <summary>The year that the ISO 8601 week belongs to, which starts on a Monday and has its Thursday in it.</summary>
    private readonly long WeekYear(out int week)
    {
        int monday = (_time.Weekday + 6) % 7;
        int thursday = _time.DayOfYear + 3 - monday;
        long year = _time.Year;
        if (thursday < 1) thursday += DaysIn(--year);
        else if (thursday > DaysIn(year)) thursday -= DaysIn(year++);
        week = ((thursday - 1) / 7) + 1;
        return year;
    }

    private static int DaysIn(long year) => year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 366 : 365;

    private static long FloorDivide(long value, long divisor) => (value >= 0 ? value : value - divisor + 1) / divisor;

    /// <summary>With as many digits as it has by itself, or as asked for.</summary>
    private void Number(long value, int digits, char usualPad, byte pad, int width)
    {
        Span<byte> text = stackalloc byte[20];
        _ = Ascii.TryFormat(value, text, out int length);
        byte filling = pad switch { (byte)'_' => (byte)' ', (byte)'0' => (byte)'0', _ => (byte)usualPad };
        int wanted = width > 0 ? width : pad == '-' ? 0 : digits;
        for (int missing = wanted - length; missing > 0; missing--) Append(new ReadOnlySpan<byte>(in filling));
        Append(text[..length]);
    }

    /// <param name="digits">1 to 9; more are 9, and 0 writes nothing.</param>
    private void WriteFraction(int nanoseconds, int digits)
    {
        Span<byte> text = stackalloc byte[9];
        _ = nanoseconds.TryFormat(text, out _, "D9", CultureInfo.InvariantCulture);
        Append(text[..Math.Min(9, digits)]);
    }

    private void Pad(int start, byte filling, int width)
    {
        int length = _writer.Position - start;
        int missing = width - length;
        if (missing <= 0 || !_fits) return;
        if (!_writer.TryFill(filling, missing))
        {
            _fits = false;
            return;
        }

        Span<byte> field = _writer.Written[start..];
        field[..length].CopyTo(field[missing..]);
        field[..missing].Fill(filling);
    }

    private static void Upper(Span<byte> text)
    {
        foreach (ref byte value in text) value = Ascii.ToUpper(value);
    }

    private static void Lower(Span<byte> text)
    {
        foreach (ref byte value in text) value = Ascii.ToLower(value);
    }

    private void Append(scoped ReadOnlySpan<byte> bytes) => _fits &= _writer.TryWrite(bytes);
}
