using System.Text.RegularExpressions;
using Engagement.Domain;
using Engagement.Engage.Demo;

namespace Engagement.Engage.Tests.Demo;

public sealed partial class DemoClientsTests
{
    private const int StartDay = 20_000;

    private static readonly DemoHistory History = new(Figures.Default);

    [Fact]
    public void Clients_SameSeed_AreTheSame()
    {
        var again = DemoClients.Make(DemoSeed.Value);

        Assert.Equal(Histories(DemoClients.Default, 500), Histories(again, 500));
        Assert.NotEqual(Histories(again, 500), Histories(DemoClients.Make(1), 500));
    }

    [Fact]
    public void Clients_AccountSizes_HaveThePublishedShape()
    {
        foreach (var band in Figures.Default.AccountSizes)
        {
            var share = DemoClients.Default.All.Count(c => c.AssetsFen / 100.0 >= band.From && c.AssetsFen / 100.0 < band.To) / (double)DemoClients.Count;
            Assert.InRange(share, band.Share - 0.01, band.Share + 0.01);
        }
    }

    [Fact]
    public void Clients_Numbers_AreTheirPlaces()
    {
        Assert.Equal(Enumerable.Range(0, DemoClients.Count), DemoClients.Default.All.Select(c => c.Number));
        Assert.Equal(DemoClients.Count, DemoClients.Default.All.Select(c => c.Id).Distinct().Count());
        Assert.InRange(DemoClients.Default.FirstSlice, 1_000, 2_500);
    }

    [Fact]
    public void Clients_CashAndPositions_MakeTheirAssets()
    {
        Assert.All(DemoClients.Default.All, client =>
        {
            Assert.True(client.CashFen >= 0);
            Assert.Equal(client.AssetsFen, client.CashFen + client.Positions.Sum(p => ClientMaker.ValueFen(p, Figures.Default)));
        });
    }

    [Fact]
    public void History_EveryClient_IsInOrderAndWithinTheEnginesBounds()
    {
        var (oldest, midnight) = (Shanghai.StartMs(StartDay - 799), Shanghai.StartMs(StartDay));
        var events = 0;
        foreach (var client in DemoClients.Default.All)
        {
            var history = History.Of(client, StartDay);
            events += history.Length;
            Assert.Equal("account.opened", history[0].Fact.Type);
            Assert.Equal(history.Select(e => e.TimeMs).Order(), history.Select(e => e.TimeMs));
            Assert.InRange(history[0].TimeMs, oldest, midnight - 1);
            Assert.InRange(history[^1].TimeMs, oldest, midnight - 1);
            Assert.All(history, e => Assert.Matches(Id(), e.Id));
            Assert.Equal(history.Length, history.Select(e => e.Id).Distinct().Count());
        }

        Assert.InRange(events / (double)DemoClients.Count, 7, 11);
    }

    [Fact]
    public void History_Dormant_HasNoTradeInSixtyDays()
    {
        var since = Shanghai.StartMs(StartDay - 60);
        var dormant = DemoClients.Default.All.Where(c => c.Dormant).ToArray();

        Assert.InRange(dormant.Length, 5_000, 7_000);
        Assert.All(dormant, c => Assert.DoesNotContain(History.Of(c, StartDay), e => e.Fact is TradeExecuted && e.TimeMs >= since));
    }

    [GeneratedRegex("^[A-Za-z0-9._:-]{1,64}$")]
    private static partial Regex Id();

    private static string Histories(DemoClients clients, int count) =>
        Lines.Of(clients.All.Take(count).SelectMany(c => History.Of(c, StartDay)));
}
