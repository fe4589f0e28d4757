using System.Globalization;
using Engagement.Domain.Diagnostics;

namespace Engagement.Domain.Documents;

/// <summary>Durations, times of the day and dates in documents.</summary>
internal static class Times
{
    private const int MaxDays = 3_650;

    /// <summary><c>"14d"</c> (N x 24 h), <c>"48h"</c>, <c>"30m"</c> or <c>"90s"</c>, as milliseconds; at least one unit, at most ten years.</summary>
    public static long Duration(DocumentNode node, ProblemList problems)
    {
        var text = Values.Text(node, problems);
        if (text.Length is 0)
        {
            return 0;
        }

        var unit = text[^1] switch { 'd' => Shanghai.DayMs, 'h' => 3_600_000L, 'm' => Shanghai.MinuteMs, 's' => 1_000L, _ => 0L };
        if (unit > 0
            && Digits.TryParse(text.AsSpan(0, text.Length - 1), out var count)
            && count >= 1
            && count <= MaxDays * Shanghai.DayMs / unit)
        {
            return count * unit;
        }

        Values.WrongValue(node, problems, Diagnostic.DurationForm);
        return 0;
    }

    /// <summary>A duration that may be nothing at all: <c>"0d"</c>.</summary>
    public static long DurationFromZero(DocumentNode node, ProblemList problems) =>
        node is DocumentScalar { Kind: ScalarKind.String, Value: "0d" or "0h" or "0m" or "0s" } ? 0 : Duration(node, problems);

    /// <summary><c>"Nd"</c>: calendar days, 1 to 400.</summary>
    public static int CalendarDays(DocumentNode node, ProblemList problems)
    {
        var text = Values.Text(node, problems);
        if (text.Length > 1
            && text[^1] == 'd'
            && Digits.TryParse(text.AsSpan(0, text.Length - 1), out var days)
            && days is >= 1 and <= 400)
        {
            return days;
        }

        if (text.Length > 0)
        {
            Values.WrongValue(node, problems, Diagnostic.CalendarDays);
        }

        return 1;
    }

    /// <summary><c>"HH:MM"</c>, as minutes of the Shanghai day.</summary>
    public static int MinuteOfDay(DocumentNode node, ProblemList problems)
    {
        var text = Values.Text(node, problems);
        if (TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
        {
            return (time.Hour * 60) + time.Minute;
        }

        if (text.Length > 0)
        {
            Values.WrongValue(node, problems, Diagnostic.TimeOfDay);
        }

        return 0;
    }

    /// <summary><c>YYYY-MM-DD</c>, as a day number of <see cref="Shanghai"/>.</summary>
    public static int Day(DocumentNode node, ProblemList problems)
    {
        var text = Values.Text(node, problems);
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return Shanghai.Day(date);
        }

        if (text.Length > 0)
        {
            Values.WrongValue(node, problems, Diagnostic.DateForm);
        }

        return 0;
    }
}
