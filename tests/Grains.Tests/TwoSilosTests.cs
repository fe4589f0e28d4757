using Engagement.Contracts.Catalogue;
using Engagement.Contracts.Clients;
using Engagement.Contracts.Shards;
using Engagement.Domain.Clients;
using Orleans.Runtime;

namespace Engagement.Grains.Tests;

public sealed class TwoSilosTests
{
    /// <summary>Two outlets, the first of them with one place to give.</summary>
    private static string Branches(string ofTheFirst) => $$"""
        branches:
        - { id: north, outlets: [ {{(ofTheFirst == "north" ? First : "")}} ] }
        - { id: south, outlets: [ {{(ofTheFirst == "south" ? First + "," : "")}} { id: o-2 } ] }
        """;

    private const string First = "{ id: o-1, advisors: [ { id: a-1, capacity: 1 } ] }";

    private const string Catalogue = "segments: [ { id: rich, when: 'client.assets >= 1000.0' } ]";

    [Fact]
    public async Task Event_SentTwice_HasOneEffect()
    {
        await using var cluster = await Cluster.Start();
        var first = cluster.Event("c-1", "cash.moved", """{"amount":5}""");
        await cluster.Append(first, first, cluster.Event("c-1", "cash.moved", """{"amount":7}"""));
        await cluster.Append(first);
        Assert.Equal(1_200, (await cluster.View("c-1")).AssetsFen);
    }

    [Fact]
    public async Task Catalogue_OnPublish_ReachesEveryClientOfEveryShard()
    {
        await using var cluster = await Cluster.Start();
        string[] clients = [.. Enumerable.Range(0, 40).Select(i => $"c-{i}")];
        await cluster.Append(clients.Select(c => cluster.Event(c, "assets.valued", """{"total":2000}""")));
        await cluster.Publish(DocumentKind.Catalogue, Catalogue);
        await cluster.Append(cluster.Event("c-late", "assets.valued", """{"total":2000}"""));
        await cluster.Settle();
        foreach (var client in clients.Append("c-late"))
        {
            Assert.Equal(["rich"], (await cluster.View(client)).Segments.Select(s => s.Id));
        }
    }

    [Fact]
    public async Task Outlet_ThatGoesToAnotherBranch_TakesThePlacesOfItsAdvisorsAlong()
    {
        await using var cluster = await Cluster.Start();
        await cluster.Publish(DocumentKind.Organisation, Branches("north"));
        string[] clients = ["c-holds", "c-waits", "c-other"];
        string[] outlets = ["o-1", "o-2", "o-2"];
        foreach (var (client, outlet) in clients.Zip(outlets))
        {
            await cluster.Append(
                cluster.Event(client, "account.opened", $$"""{"outlet":"{{outlet}}","channel":"online"}"""),
                cluster.Event(client, "assets.valued", client == "c-other" ? """{"total":600000}""" : """{"total":700000}"""));
            await cluster.Settle();
        }

        Assert.Equal("a-1", Places(await All(cluster, clients)));
        await cluster.Publish(DocumentKind.Organisation, Branches("south"));
        await cluster.Settle();
        Assert.Equal("a-1", (await cluster.View("c-holds")).Advisor);
        Assert.Equal("a-1", Places(await All(cluster, clients)));

        // Where it now is the place is given to the largest of those who wait there.
        await cluster.Append(cluster.Event("c-holds", "assets.valued", """{"total":1}"""));
        await cluster.Settle();
        Assert.Equal("a-1", (await cluster.View("c-waits")).Advisor);
        Assert.Equal("a-1", Places(await All(cluster, clients)));
    }

    [Fact]
    public async Task Silo_Stopped_TheOtherGoesOnWithTheSameState()
    {
        await using var cluster = await Cluster.Start();
        await cluster.Publish(DocumentKind.Catalogue, Catalogue);
        string[] clients = [.. Enumerable.Range(0, 40).Select(i => $"c-{i}")];
        await cluster.Append(clients.SelectMany((c, i) => (IEnumerable<IncomingEvent>)
            [cluster.Event(c, "cash.moved", $$"""{"amount":{{i * 50}}}"""), cluster.Event(c, "cash.moved", """{"amount":1}""", "once")]));
        await cluster.Settle();
        var before = Text(await All(cluster, clients));

        await cluster.Silos.StopSiloAsync(cluster.Silos.Silos[1]);
        Assert.Equal(before, Text(await All(cluster, clients)));
        // A repeat is still known, and what is new still has its effect.
        await cluster.Append(clients.Select(c => cluster.Event(c, "cash.moved", """{"amount":1}""", "once")));
        Assert.Equal(before, Text(await All(cluster, clients)));
        await cluster.Append(clients.Select(c => cluster.Event(c, "cash.moved", """{"amount":10000}""")));
        await cluster.Settle();
        Assert.All(await All(cluster, clients), v => Assert.Equal(["rich"], v.Segments.Select(s => s.Id)));
    }

    private static Task<ClientView[]> All(Cluster cluster, string[] clients) => Task.WhenAll(clients.Select(cluster.View));

    private static string Places(ClientView[] views) => string.Join(' ', views.Select(v => v.Advisor).Where(a => a.Length > 0).Order());

    private static string Text(ClientView[] views) =>
        string.Join('\n', views.Select(v => $"{v.Id} {v.AssetsFen} {string.Join(',', v.Segments.Select(s => $"{s.Id} since {s.SinceMs}"))}"));
}
