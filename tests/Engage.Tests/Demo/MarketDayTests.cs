using System.Text.Json;
using Engagement.Engage.Demo;

namespace Engagement.Engage.Tests.Demo;

public sealed class MarketDayTests
{
    private const long StartMs = 1_790_000_000_000;
    private const int BusiestDay = 6;

    private static readonly DaySchedule Schedule = new(Figures.Default, DemoClients.Default);

    [Fact]
    public void Day_SameSeed_IsTheSame() => Assert.Equal(Lines.Of(Play(run: 1, 0)), Lines.Of(Play(run: 1, 0)));

    [Fact]
    public void Schedule_EveryDay_IsInOrderWithinTheDay()
    {
        for (var day = 0; day < Figures.Default.Days.Length; day++)
        {
            var offsets = Schedule.Of(day).Select(i => i.OffsetMs).ToArray();
            Assert.Equal(offsets.Order(), offsets);
            Assert.InRange(offsets[0], 0, MarketClock.DayMs);
            Assert.InRange(offsets[^1], 0, MarketClock.DayMs);
        }
    }

    [Fact]
    public void Schedule_BusiestSecond_StaysBelowAThousandEvents()
    {
        var perSecond = Schedule.Of(BusiestDay).CountBy(i => i.OffsetMs / 1000).Max(s => s.Value);

        Assert.InRange(perSecond, 200, 1_000);
    }

    [Fact]
    public void Schedule_SurgeDay_OpensTenTimesTheAccounts()
    {
        int Opened(int day) => Schedule.Of(day).Count(i => i.Kind == IntentKind.Open);

        Assert.Equal(10 * Opened(0), Opened(BusiestDay));
    }

    [Fact]
    public void Day_TwoDays_IdsNeverRepeatAndNumbersFitTheContract()
    {
        var events = Play(run: 1, 0, 1).Concat(Play(run: 2, 0)).ToArray();

        Assert.Equal(events.Length, events.Select(e => e.Id).Distinct().Count());
        Assert.All(events.Where(e => e.Fact is CashMoved or TradeExecuted or FeeCharged or AssetsValued), e =>
        {
            using var json = JsonDocument.Parse(Lines.Of([e]));
            foreach (var number in json.RootElement.GetProperty("data").EnumerateObject().Where(p => p.Value.ValueKind == JsonValueKind.Number))
            {
                var value = number.Value.GetDecimal();
                Assert.Equal(Math.Round(value, number.Name == "price" ? 4 : 2), value);
                Assert.True(value > 0 || e.Fact is CashMoved or AssetsValued);
            }
        });
    }

    [Fact]
    public void Day_EveryClient_NeverSellsWhatHeDoesNotHoldOrSpendsWhatHeDoesNotHave()
    {
        var book = new Book(aligns: false);
        _ = PlayInto(book, 1, 0, 1, 2).Count;

        Assert.All(DemoClients.Default.All, client =>
        {
            var account = book.Of(client, out _);
            Assert.True(account.CashFen >= 0, $"{client.Id}: {account.CashFen}");
            Assert.All(account.Positions, p => Assert.True(p.Quantity > 0));
        });
    }

    [Fact]
    public void Day_BookThatAligns_SendsAValuationBeforeTheFirstTrade()
    {
        var events = PlayInto(new Book(aligns: true), 2, 0).GroupBy(e => e.Client);

        Assert.All(events, of => Assert.False(
            of.FirstOrDefault(e => e.Fact is TradeExecuted or AssetsValued or CashMoved).Fact is (TradeExecuted or CashMoved) && of.Key.StartsWith("c-", StringComparison.Ordinal)));
    }

    private static List<DemoEvent> Play(int run, params int[] days) => PlayInto(new Book(aligns: false), run, days);

    private static List<DemoEvent> PlayInto(Book book, int run, params int[] days)
    {
        var maker = new ClientMaker(DemoSeed.Value, Figures.Default, DemoOrganisation.Default);
        var events = new List<DemoEvent>();
        foreach (var number in days)
        {
            var day = new MarketDay(Figures.Default, maker, book, run, number, Schedule.Market(number));
            foreach (var intent in Schedule.Of(number))
            {
                day.Play(intent, StartMs + (number * MarketClock.DayMs) + intent.OffsetMs, events);
            }
        }

        return events;
    }
}
