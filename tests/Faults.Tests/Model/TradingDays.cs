namespace Engagement.Faults.Tests.Model;

/// <summary>
/// The trading days, counted from the data themselves (page 2, "Metrics"): a weekday without a bar is closed; after the last
/// bar the announced closures, which the engine keeps as a list of dates, and beyond these every Monday to Friday.
/// </summary>
internal static class TradingDays
{
    public const string Bars = "market/sse_composite_daily_2010_2026.csv";

    private static readonly Lazy<(HashSet<long> Traded, long First, long Last, HashSet<long> Announced)> Known = new(Read);

    public static bool IsOne(long day)
    {
        var (traded, first, last, announced) = Known.Value;
        return day >= first && day <= last ? traded.Contains(day) : IsWeekday(day) && !announced.Contains(day);
    }

    /// <summary>The first of the last <paramref name="count"/> trading days; today counts if it is one.</summary>
    public static long FirstOfLast(int count, long today)
    {
        var day = today;
        for (var left = count; ; day--)
        {
            if (IsOne(day) && --left == 0)
            {
                return day;
            }
        }
    }

    private static bool IsWeekday(long day) => DateTime.UnixEpoch.AddDays(day).DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);

    private static (HashSet<long> Traded, long First, long Last, HashSet<long> Announced) Read()
    {
        var traded = File.ReadLines(RepositoryFiles.FindShared(Bars)!).Skip(1).Select(line => Day(line[..10])).ToHashSet();
        var announced = File.ReadLines(RepositoryFiles.InRepository("src/Domain/Segments/closed-weekdays.txt")).Where(line => !line.StartsWith('#')).Select(Day);
        return (traded, traded.Min(), traded.Max(), [.. announced]);
    }

    private static long Day(string date) => DateOnly.Parse(date).DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;
}
