using System.Globalization;
using CsCheck;
using Engagement.Domain.Segments;

namespace Engagement.Domain.Tests.Segments;

public sealed class TradingCalendarTests
{
    private const string Bars = "market/sse_composite_daily_2010_2026.csv";

    [SharedDataFact(Bars)]
    public void IsTradingDay_RangeOfTheBars_IsExactlyTheBars()
    {
        var bars = File.ReadLines(SharedData.Find(Bars)!).Skip(1).Select(line => Day(line[..10])).ToHashSet();
        for (var day = bars.Min(); day <= bars.Max(); day++)
        {
            Assert.Equal(bars.Contains(day), TradingCalendar.IsTradingDay(day));
        }
    }

    [Theory]
    [InlineData("2026-06-19", false)]
    [InlineData("2026-09-25", false)]
    [InlineData("2026-09-20", false)]
    [InlineData("2026-10-07", false)]
    [InlineData("2026-10-08", true)]
    [InlineData("2027-01-01", true)]
    [InlineData("2027-01-02", false)]
    [InlineData("1999-12-31", true)]
    [InlineData("1970-01-01", true)]
    [InlineData("1969-12-28", false)]
    public void IsTradingDay_OtherDays_FollowNoticeOrWeek(string date, bool expected) =>
        Assert.Equal(expected, TradingCalendar.IsTradingDay(Day(date)));

    [Theory]
    [InlineData(1, "2024-10-08", "2024-10-08")]
    [InlineData(2, "2024-10-08", "2024-09-30")]
    [InlineData(1, "2024-10-05", "2024-09-30")]
    [InlineData(5, "2026-10-10", "2026-09-28")]
    [InlineData(1, "2099-01-04", "2099-01-02")]
    public void StartOfLast_OverHolidays_SkipsThem(int n, string today, string expected) =>
        Assert.Equal(Day(expected), TradingCalendar.StartOfLast(n, Day(today)));

    [Fact]
    public void StartOfLast_AnyDay_HoldsExactlyNTradingDays() =>
        Gen.Select(Gen.Int[1, 250], Gen.Int[-3_000, 40_000]).Sample((n, today) =>
        {
            var start = TradingCalendar.StartOfLast(n, today);
            return TradingCalendar.IsTradingDay(start) && Enumerable.Range(start, today - start + 1).Count(TradingCalendar.IsTradingDay) == n;
        });

    [Fact]
    public void NthAfter_AnyDay_IsTheFirstAtWhichTheWindowHasLeftIt() =>
        Gen.Select(Gen.Int[1, 250], Gen.Int[-3_000, 40_000]).Sample((n, day) =>
        {
            var drops = TradingCalendar.NthAfter(n, day);
            return TradingCalendar.IsTradingDay(drops) && TradingCalendar.StartOfLast(n, drops) > day && TradingCalendar.StartOfLast(n, drops - 1) <= day;
        });

    [Fact]
    public void NextAfter_BeforeNationalDay_IsTheDayAfterIt() =>
        Assert.Equal(Day("2026-10-08"), TradingCalendar.NextAfter(Day("2026-09-30")));

    private static int Day(string date) => Shanghai.Day(DateOnly.ParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture));
}
