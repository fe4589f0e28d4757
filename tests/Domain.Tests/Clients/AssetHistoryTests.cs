using System.Text;
using Engagement.Domain.Clients;

namespace Engagement.Domain.Tests.Clients;

public sealed class AssetHistoryTests
{
    private static readonly int Today = Shanghai.Day(new DateOnly(2026, 3, 10));

    private readonly AssetHistory history = new();
    private long position;

    [Fact]
    public void Closing_WithNothingKnown_HasNoDays() => Assert.Empty(history.Closing(Today - 5, Today));

    [Fact]
    public void Closing_FromTheFirstFigureOn_CarriesItToEachDay()
    {
        Valued(2, 1_000);
        Moved(1, 30);
        Moved(1, -10);
        Assert.Equal([(2, 100_000, 0), (1, 102_000, 2_000), (0, 102_000, 0)], Days(5));
    }

    [Fact]
    public void Closing_OfWhatIsToldLate_HasItInItsPlace()
    {
        Moved(0, 7);
        Valued(1, 500);
        Valued(3, 100);
        Moved(2, 1);
        Assert.Equal([(3, 10_000, 0), (2, 10_100, 100), (1, 50_000, 0), (0, 50_700, 700)], Days(9));
    }

    [Fact]
    public void Closing_OfADayInTheMiddle_KnowsWhatWasBefore()
    {
        Valued(9, 100);
        Moved(8, 5);
        Moved(1, 1);
        Assert.Equal([(2, 10_500, 0), (1, 10_600, 100), (0, 10_600, 0)], Days(3));
    }

    [Fact]
    public void Closing_OfTwoValuationsOfOneInstant_TakesTheLater()
    {
        Valued(1, 100);
        Valued(1, 200);
        Assert.Equal([(1, 20_000, 0), (0, 20_000, 0)], Days(2));
    }

    [Fact]
    public void Closing_OfMoneyThatStaysInside_ChangesNothing()
    {
        Add(EventTypes.CashMoved, 0, """{"amount":5,"internal":true}""");
        Assert.Empty(history.Closing(Today, Today));
    }

    /// <summary>Whatever the order of the log, today is what the engine has the client at.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Closing_OfToday_IsWhatTheFoldHas(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 200; round++)
        {
            var (assets, told) = (new AssetsState(), new AssetHistory());
            for (var i = 0; i < 12; i++)
            {
                var (at, amount) = (Shanghai.StartMs(Today - random.Next(4)) + random.Next(5), random.Next(-9, 9));
                if (random.Next(3) == 0)
                {
                    assets.OnValued(amount * 100, at);
                    told.Add(i, EventTypes.AssetsValued, at, Encoding.UTF8.GetBytes($$"""{"total":{{amount}}}"""));
                }
                else
                {
                    assets.OnMoved(amount * 100, at);
                    told.Add(i, EventTypes.CashMoved, at, Encoding.UTF8.GetBytes($$"""{"amount":{{amount}}}"""));
                }
            }

            Assert.Equal(assets.TotalFen, told.Closing(Today, Today)[^1].AssetsFen);
        }
    }

    [Fact]
    public void IsEnough_WithAValuationBeforeTheDaysAndAllAfterIt_NeedsNoMore()
    {
        var from = Today - 3;
        Valued(6, 100);
        Assert.False(history.IsEnough(from, Shanghai.StartMs(Today - 6)));
        Assert.True(history.IsEnough(from, Shanghai.StartMs(Today - 8)));
        Assert.False(new AssetHistory().IsEnough(from, Shanghai.StartMs(Today - 8)));
    }

    private IEnumerable<(int Ago, long Assets, long Flow)> Days(int days) =>
        history.Closing(Today - days + 1, Today).Select(d => (Today - d.Day, d.AssetsFen, d.NetFlowFen));

    private void Valued(int ago, int yuan) => Add(EventTypes.AssetsValued, ago, $$"""{"total":{{yuan}}}""");

    private void Moved(int ago, int yuan) => Add(EventTypes.CashMoved, ago, $$"""{"amount":{{yuan}}}""");

    private void Add(string type, int ago, string data) =>
        history.Add(++position, type, Shanghai.StartMs(Today - ago) + 36_000_000, Encoding.UTF8.GetBytes(data));
}
