namespace Engagement.Faults.Tests.Model;

/// <summary>One thing that a metric counted; the value is in 1/10,000.</summary>
internal readonly record struct Counted(long Time, long Value);

/// <summary>A metric of one client as an expression sees it at one instant (page 2, "Metrics").</summary>
internal readonly record struct Series(IReadOnlyList<Counted> All, long Now)
{
    public long Count(string window) => In(window).Count();

    public double Sum(string window) => In(window).Sum(counted => counted.Value) / 10_000.0;

    public double Max(string window) => In(window).Select(counted => counted.Value).DefaultIfEmpty(0).Max() / 10_000.0;

    public bool Within(string window) => Count(window) > 0;

    public bool Ever() => All.Count > 0;

    public long Last() => All.Select(counted => counted.Time).DefaultIfEmpty(0).Max();

    private IEnumerable<Counted> In(string window)
    {
        var now = Now;
        if (window == "all")
        {
            return All;
        }

        var length = int.Parse(window[..^1]);
        return window[^1] switch
        {
            'd' => All.Where(counted => ShanghaiTime.DayOf(counted.Time) > ShanghaiTime.DayOf(now) - length),
            't' => All.Where(counted => ShanghaiTime.DayOf(counted.Time) >= TradingDays.FirstOfLast(length, ShanghaiTime.DayOf(now))),
            'h' => All.Where(counted => InMinutes(now, counted.Time, length * 60)),
            'm' => All.Where(counted => InMinutes(now, counted.Time, length)),
            _ => throw new ArgumentOutOfRangeException(nameof(window), window, null),
        };
    }

    private static bool InMinutes(long now, long time, int minutes) => (now / ShanghaiTime.Minute) - (time / ShanghaiTime.Minute) < minutes;
}
