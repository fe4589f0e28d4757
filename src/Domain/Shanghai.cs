namespace Engagement.Domain;

/// <summary>
/// The business calendar: Asia/Shanghai, UTC+8 without daylight saving since 1991. A day is its number since 1970-01-01
/// there; instants are milliseconds since 1970-01-01T00:00:00Z.
/// </summary>
public static class Shanghai
{
    public const long DayMs = 86_400_000;
    public const long MinuteMs = 60_000;
    private const long OffsetMs = 8 * 3_600_000;

    public static int Day(long ms) => (int)FloorDiv(ms + OffsetMs, DayMs);

    /// <summary>The first instant of a day.</summary>
    public static long StartMs(int day) => (day * DayMs) - OffsetMs;

    public static int MinuteOfDay(long ms) => (int)((ms + OffsetMs - (Day(ms) * DayMs)) / MinuteMs);

    public static DateOnly Date(int day) => DateOnly.FromDayNumber(EpochDayNumber + day);

    public static int Day(DateOnly date) => date.DayNumber - EpochDayNumber;

    /// <summary>Whole years at a day; a birthday of 29 February falls on 1 March in other years.</summary>
    public static int Age(DateOnly birth, int day)
    {
        var date = Date(day);
        var years = date.Year - birth.Year;
        return Day(Birthday(birth, date.Year)) > day ? years - 1 : years;
    }

    /// <summary>The first instant of the next birthday after a day.</summary>
    public static long NextBirthdayMs(DateOnly birth, int day)
    {
        var date = Date(day);
        var next = Birthday(birth, date.Year);
        return StartMs(Day(Day(next) > day ? next : Birthday(birth, date.Year + 1)));
    }

    /// <summary>The first instant of the birthday with which somebody is so many years old; null beyond the calendar.</summary>
    public static long? BirthdayMs(DateOnly birth, long years) =>
        birth.Year + years <= DateOnly.MaxValue.Year ? StartMs(Day(Birthday(birth, (int)(birth.Year + years)))) : null;

    public static long FloorDiv(long value, long by) => value >= 0 ? value / by : -((-value + by - 1) / by);

    private static readonly int EpochDayNumber = new DateOnly(1970, 1, 1).DayNumber;

    private static DateOnly Birthday(DateOnly birth, int year) =>
        birth is { Month: 2, Day: 29 } && !DateTime.IsLeapYear(year) ? new(year, 3, 1) : new(year, birth.Month, birth.Day);
}
