namespace Hawser.Base.Time;

/// <summary>
/// A second of the proleptic Gregorian calendar, of any year: what <see cref="System.DateTime"/> cannot hold before the
/// year 1 and after 9999.
/// </summary>
public readonly record struct CivilTime
{
    private const int SecondsPerDay = 86_400;
    private const int DaysPerEra = 146_097;

    /// <summary>Of 0000-03-01, the day that the calendar's arithmetic counts from, before 1970-01-01.</summary>
    private const long EpochDays = 719_468;

    public long Year { get; private init; }

    /// <summary>1 to 12.</summary>
    public int Month { get; private init; }

    /// <summary>1 to 31.</summary>
    public int Day { get; private init; }

    public int Hour { get; private init; }

    public int Minute { get; private init; }

    public int Second { get; private init; }

    /// <summary>0 for Sunday.</summary>
    public int Weekday { get; private init; }

    /// <summary>1 to 366.</summary>
    public int DayOfYear { get; private init; }

    public static CivilTime FromUnixSeconds(long seconds)
    {
        long days = FloorDivide(seconds, SecondsPerDay);
        int second = (int)(seconds - (days * SecondsPerDay));

        // Years that start in March have their odd day at the end; an era of 400 of them always has the same length.
        long marchDays = days + EpochDays;
        long era = FloorDivide(marchDays, DaysPerEra);
        int dayOfEra = (int)(marchDays - (era * DaysPerEra));
        int yearOfEra = (dayOfEra - (dayOfEra / 1460) + (dayOfEra / 36_524) - (dayOfEra / 146_096)) / 365;
        int dayOfMarchYear = dayOfEra - ((365 * yearOfEra) + (yearOfEra / 4) - (yearOfEra / 100));
        int marchMonth = ((5 * dayOfMarchYear) + 2) / 153;
        int month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
        long year = yearOfEra + (era * 400) + (month <= 2 ? 1 : 0);
        return new CivilTime
        {
            Year = year,
            Month = month,
            Day = dayOfMarchYear - (((153 * marchMonth) + 2) / 5) + 1,
            Hour = second / 3600,
            Minute = second / 60 % 60,
            Second = second % 60,
            Weekday = (int)(days + 4 - (FloorDivide(days + 4, 7) * 7)),
            DayOfYear = (int)(days - DaysBefore(year, 1)) + 1,
        };
    }

    /// <param name="year">Of any size that leaves the result within 64 bits.</param>
    /// <param name="month">1 to 12.</param>
    /// <param name="day">As hour, minute and second: a number beyond its range counts on into the next unit.</param>
    public static long ToUnixSeconds(long year, int month, int day, int hour, int minute, int second) =>
        ((DaysBefore(year, month) + day - 1) * SecondsPerDay) + (hour * 3600L) + (minute * 60L) + second;

    /// <summary>Days from 1970-01-01 to the first of a month.</summary>
    private static long DaysBefore(long year, int month)
    {
        long marchYear = month <= 2 ? year - 1 : year;
        int marchMonth = month <= 2 ? month + 9 : month - 3;
        long era = FloorDivide(marchYear, 400);
        long yearOfEra = marchYear - (era * 400);
        long dayOfEra = (yearOfEra * 365) + (yearOfEra / 4) - (yearOfEra / 100) + (((153 * marchMonth) + 2) / 5);
        return (era * DaysPerEra) + dayOfEra - EpochDays;
    }

    private static long FloorDivide(long value, long divisor) => (value >= 0 ? value : value - divisor + 1) / divisor;
}
