using System.Globalization;

namespace Engagement.Faults.Tests.Model;

/// <summary>The business calendar, Asia/Shanghai, which has had no summer time since 1991. Instants are Unix milliseconds.</summary>
internal static class ShanghaiTime
{
    public const long Second = 1_000;
    public const long Minute = 60 * Second;
    public const long Hour = 60 * Minute;
    public const long Day = 24 * Hour;

    private const long Offset = 8 * Hour;

    public static long DayOf(long ms) => Math.DivRem(ms + Offset, Day).Quotient;

    public static long MidnightOf(long day) => (day * Day) - Offset;

    public static long MidnightOf(DateOnly day) => MidnightOf(day.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber);

    public static long MinuteOfDay(long ms) => (ms + Offset) % Day / Minute;

    public static int HourOfDay(long ms) => (int)(MinuteOfDay(ms) / 60);

    public static DateOnly DateOf(long ms) => DateOnly.FromDateTime(DateTime.UnixEpoch.AddMilliseconds(ms + Offset));

    /// <summary>The next instant after <paramref name="ms"/> at that minute of the Shanghai day.</summary>
    public static long NextAt(long ms, int minuteOfDay)
    {
        var today = MidnightOf(DayOf(ms)) + (minuteOfDay * Minute);
        return today > ms ? today : today + Day;
    }

    public static int AgeOn(DateOnly today, DateOnly birth)
    {
        var years = today.Year - birth.Year;
        return BirthdayIn(today.Year, birth) > today ? years - 1 : years;
    }

    public static string Text(long ms) =>
        DateTime.UnixEpoch.AddMilliseconds(ms).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public static long Parse(string text) =>
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).ToUnixTimeMilliseconds();

    private static DateOnly BirthdayIn(int year, DateOnly birth) =>
        birth is { Month: 2, Day: 29 } && !DateTime.IsLeapYear(year) ? new(year, 3, 1) : new(year, birth.Month, birth.Day);
}
