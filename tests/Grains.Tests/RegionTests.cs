using System.Diagnostics;
using Engagement.Contracts.Catalogue;
using Engagement.Contracts.Regions;
using Engagement.Domain.Map;

namespace Engagement.Grains.Tests;

/// <summary>The map's regions over two silos.</summary>
public sealed class RegionTests
{
    private const string Organisation = "branches: [ { id: hn, outlets: [ { id: hn-001 } ] }, { id: tj, outlets: [ { id: tj-001 } ] } ]";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50);

    [Fact]
    public async Task Totals_WhenASiloDies_AreTheSameAndGoOn()
    {
        await using var cluster = await Cluster.Start();
        await cluster.Publish(DocumentKind.Organisation, Organisation);
        string[] clients = [.. Enumerable.Range(0, 40).Select(i => $"c-{i}")];
        await cluster.Append(clients.Select((c, i) => cluster.Event(c, "account.opened", $$"""{"outlet":"{{(i < 30 ? "hn-001" : "tj-001")}}","channel":"online"}""")));
        await cluster.Append(clients.Select(c => cluster.Event(c, "cash.moved", """{"amount":2}""")));
        await Shows(cluster, "branch:hn", m => (m.Clients, m.Events, m.AccountsOpened, m.NetInflowFen) == (30, 60, 30, 6_000));
        await Shows(cluster, "hq", m => (m.Clients, m.Events, m.NetInflowFen) == (40, 80, 8_000));

        await cluster.Silos.KillSiloAsync(cluster.Silos.Silos[1]);
        await Shows(cluster, "branch:hn", m => (m.Clients, m.Events, m.AccountsOpened, m.NetInflowFen) == (30, 60, 30, 6_000));
        await Shows(cluster, "branch:tj", m => (m.Clients, m.Events) == (10, 20));
        await Shows(cluster, "hq", m => (m.Clients, m.Events, m.NetInflowFen) == (40, 80, 8_000));
        await cluster.Append(clients.Select(c => cluster.Event(c, "cash.moved", """{"amount":-1}""")));
        await Shows(cluster, "hq", m => (m.Clients, m.Events, m.NetInflowFen) == (40, 120, 4_000));
    }

    [Fact]
    public async Task Outlet_ThatGoesToAnotherBranch_IsCountedThereAlone()
    {
        await using var cluster = await Cluster.Start();
        await cluster.Publish(DocumentKind.Organisation, Organisation);
        await cluster.Append(cluster.Event("c-1", "account.opened", """{"outlet":"hn-001","channel":"online"}"""), cluster.Event("c-2", "account.opened", """{"outlet":"nowhere","channel":"online"}"""));
        await Shows(cluster, "branch:hn", m => m.Clients == 1);
        await Shows(cluster, "none", m => m.Clients == 1);
        await cluster.Publish(DocumentKind.Organisation, "branches: [ { id: hn }, { id: tj, outlets: [ { id: tj-001 }, { id: hn-001 }, { id: nowhere } ] } ]");
        await Shows(cluster, "branch:tj", m => m.Clients == 2);
        await Shows(cluster, "branch:hn", m => m.Clients == 0);
        await Shows(cluster, "none", m => m.Clients == 0);
    }

    [Fact]
    public async Task Region_ThatMissedAReport_AsksForEverythingAndTakesTheNewest()
    {
        await using var cluster = await Cluster.Start();
        var region = cluster.Grain<IRegionGrain>("branch:made-up");
        Assert.False(await region.Report(Report(1, after: 0, all: false, events: 5)));
        Assert.True(await region.Report(Report(2, after: 0, all: true, events: 7)));
        Assert.True(await region.Report(Report(3, after: 2, all: false, events: 9)));
        // One was lost between: what it said is not known.
        Assert.False(await region.Report(Report(6, after: 5, all: false, events: 12)));
        Assert.True(await region.Report(Report(7, after: 6, all: true, events: 11)));
        // One that was overtaken changes nothing.
        Assert.True(await region.Report(Report(4, after: 3, all: true, events: 1)));
        Assert.Equal(11, Assert.Single((await region.Read()).Leaves).Measures.Events);
    }

    private static RegionReport Report(long seq, long after, bool all, long events) =>
        new("0", 1, seq, all, 0, 20_000, 0, 1, 0, [new(new("o", ""), new Measures { Events = events }, 0, [])], after);

    private static async Task Shows(Cluster cluster, string region, Func<Measures, bool> shown)
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            var (complete, measures) = await Read(cluster, region);
            if (complete && shown(measures))
            {
                return;
            }

            Assert.True(waited.Elapsed < Patience, $"{region} shows {measures}{(complete ? "" : ", and not all of it")}");
            await Task.Delay(LookEvery);
        }
    }

    private static async Task<(bool Complete, Measures Measures)> Read(Cluster cluster, string region)
    {
        try
        {
            var view = await cluster.Grain<IRegionGrain>(region).Read().WaitAsync(TimeSpan.FromSeconds(5));
            // Headquarters is told by both branches and by what belongs to neither.
            var complete = view.Sources.Count == (view.Expected == 0 ? 3 : view.Expected) && view.Sources.All(s => s.AgeMs < 2_000);
            return (complete, view.Leaves.Aggregate(default(Measures), (sum, leaf) => sum + leaf.Measures));
        }
        catch (Exception e) when (e is TimeoutException or Orleans.Runtime.OrleansException)
        {
            return (false, default);
        }
    }
}
