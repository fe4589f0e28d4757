using Engagement.Domain.Clients;

namespace Engagement.Domain.Tests.Clients;

public sealed class AssetsAndHoldingsTests
{
    [Fact]
    public void Assets_BeforeTheFirstValuation_AreAllMoves()
    {
        var assets = new AssetsState();
        assets.OnMoved(500, 10);
        assets.OnMoved(-200, 5);
        Assert.Equal(300, assets.TotalFen);
    }

    [Fact]
    public void Assets_AfterAValuation_AreItsTotalAndTheLaterMoves()
    {
        var assets = new AssetsState();
        assets.OnMoved(1, 99);
        assets.OnMoved(2, 100);
        assets.OnMoved(4, 101);
        assets.OnValued(1_000, 100);
        Assert.Equal(1_004, assets.TotalFen);
        // Late: what the valuation covers changes nothing, and an older valuation is ignored.
        Assert.False(assets.OnMoved(8, 100));
        Assert.False(assets.OnValued(7, 99));
        Assert.Equal(1_004, assets.TotalFen);
        // The same instant again replaces.
        assets.OnValued(2_000, 100);
        Assert.Equal(2_004, assets.TotalFen);
    }

    [Fact]
    public void Assets_BeyondWhatIsRemembered_AreCoveredByTheNextValuation()
    {
        var assets = new AssetsState();
        for (var i = 1; i <= AssetsState.RememberedMax + 1; i++)
        {
            assets.OnMoved(1, i);
        }

        Assert.Equal(AssetsState.RememberedMax + 1, assets.TotalFen);
        assets.OnValued(0, 0);
        Assert.Equal(AssetsState.RememberedMax, assets.TotalFen);
    }

    [Fact]
    public void Holdings_WithTradesBeforeAndAfterAValuation_KeepTheLaterAndNoZero()
    {
        var holdings = new HoldingsState();
        holdings.OnTraded("A", 100, 10);
        holdings.OnTraded("A", -300, 20);
        Assert.Equal([new("A", -200)], holdings.Quantities);
        holdings.OnValued([new("A", 300), new("B", 0), new("C", 7)], 15);
        Assert.Equal([new("C", 7)], holdings.Quantities);
        Assert.False(holdings.OnTraded("C", 1, 15));
        Assert.True(holdings.OnTraded("C", 1, 16));
        Assert.Equal(8 / 10_000.0, holdings.AsDoubles.TryGet("C", out var held) ? held : double.NaN);
    }
}
