using System.Globalization;

namespace Engagement.Domain.Segments;

/// <summary>
/// The trading days of the Shanghai exchange, as day numbers of <see cref="Shanghai"/>. Closed weekdays come from the
/// embedded <c>closed-weekdays.txt</c>; before and after its range every Monday to Friday is a trading day.
/// </summary>
public static class TradingCalendar
{
    /// <summary>The table spares long walks; beyond it days are counted one by one, with the same answer.</summary>
    private static readonly int TableFirst = Shanghai.Day(new DateOnly(2005, 1, 1));
    private static readonly int TableEnd = Shanghai.Day(new DateOnly(2040, 1, 1));

    private static readonly HashSet<int> ClosedWeekdays = Read();
    private static readonly int[] TradingDays =
        [.. Enumerable.Range(TableFirst, TableEnd - TableFirst).Where(day => IsWeekday(day) && !ClosedWeekdays.Contains(day))];

    public static bool IsTradingDay(int day) => IsWeekday(day) && !ClosedWeekdays.Contains(day);

    /// <summary>The first of the last <paramref name="n"/> trading days; today counts if it is one.</summary>
    /// <param name="n">At least 1.</param>
    public static int StartOfLast(int n, int today)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        var place = Array.BinarySearch(TradingDays, today);
        var last = place >= 0 ? place : ~place - 1;
        if (today < TableEnd && last >= n - 1)
        {
            return TradingDays[last - n + 1];
        }

        var day = today;
        for (var left = n; ; day--)
        {
            if (IsTradingDay(day) && --left == 0)
            {
                return day;
            }
        }
    }

    /// <summary>The <paramref name="n"/>-th trading day after a day: there a window of the last n trading days no longer holds that day.</summary>
    /// <param name="n">At least 1.</param>
    public static int NthAfter(int n, int day)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        var place = Array.BinarySearch(TradingDays, day + 1);
        var at = (place >= 0 ? place : ~place) + n - 1;
        if (day >= TableFirst && at < TradingDays.Length)
        {
            return TradingDays[at];
        }

        for (; n > 0; n--)
        {
            day = NextAfter(day);
        }

        return day;
    }

    /// <summary>The first trading day after a day: the next instant at which a window of trading days moves.</summary>
    public static int NextAfter(int day)
    {
        do
        {
            day++;
        }
        while (!IsTradingDay(day));
        return day;
    }

    /// <summary>1970-01-01, day 0, was a Thursday.</summary>
    private static bool IsWeekday(int day) => ((day % 7) + 7 + 3) % 7 < 5;

    private static HashSet<int> Read()
    {
        using var stream = typeof(TradingCalendar).Assembly.GetManifestResourceStream("closed-weekdays.txt")
            ?? throw new InvalidOperationException("The trading calendar is not part of the assembly.");
        using var reader = new StreamReader(stream);
        var closed = new HashSet<int>();
        while (reader.ReadLine() is { } line)
        {
            if (!line.StartsWith('#'))
            {
                closed.Add(Shanghai.Day(DateOnly.ParseExact(line, "yyyy-MM-dd", CultureInfo.InvariantCulture)));
            }
        }

        return closed;
    }
}
