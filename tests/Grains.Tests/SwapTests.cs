using Engagement.Contracts.Catalogue;
using Engagement.Contracts.Faults;
using Microsoft.Extensions.DependencyInjection;

namespace Engagement.Grains.Tests;

/// <summary>Two branches swap the outlets of their advisors while all who hold a place give it back.</summary>
public sealed class SwapTests
{
    private const int Places = 40;

    private const string First = "{ id: o-1, advisors: [ { id: a-1, capacity: 40 } ] }";
    private const string Second = "{ id: o-2, advisors: [ { id: a-2, capacity: 40 } ] }";

    /// <param name="then">What is published at once after it, before what was held back has come again: nothing, something else, or the swap back.</param>
    [Theory]
    [InlineData("nothing")]
    [InlineData("another")]
    [InlineData("back")]
    public async Task Branches_SwapOutletsWhileTheirPlacesAreGivenBack_WaitForNobodyAndLoseNoPlace(string then)
    {
        var publish = new CutOff();
        await using var cluster = await Cluster.Start(s => s.AddSingleton<IFaultPoints>(publish));
        await cluster.Publish(DocumentKind.Organisation, Branches(north: First, south: Second));
        await Open(cluster, "holds", 700_000, "o-1", "o-2");
        await Open(cluster, "waits", 600_000, "north", "south");
        Assert.Equal((Places, Places), await Served(cluster, "holds"));
        Assert.Equal((0, 0), await Served(cluster, "waits"));

        // Places are handed over, no log has the new organisation yet: what is given back now goes to the branch that has told the other of it.
        publish.Cuts = true;
        await Assert.ThrowsAnyAsync<Exception>(() => cluster.Publish(DocumentKind.Organisation, Branches(north: Second, south: First)));
        await cluster.Append(Names("holds").Select(c => cluster.Event(c, "assets.valued", """{"total":1}""")));
        await Eventually.Holds(() =>
        {
            Assert.True(publish.NotDelivered > 3 * 2 * Cluster.Shards, "Not every shard has tried both branches.");
            return Task.CompletedTask;
        });
        publish.Cuts = false;
        await cluster.Grain<IDocumentGrain>("organisation").Touch();
        switch (then)
        {
            case "another":
                await cluster.Publish(DocumentKind.Organisation, Branches(north: Second, south: First) + "\n- { id: west, outlets: [ { id: west } ] }");
                break;
            case "back":
                await cluster.Publish(DocumentKind.Organisation, Branches(north: First, south: Second));
                break;
        }

        await cluster.Settle();

        Assert.Equal((0, 0), await Served(cluster, "holds"));
        var (first, second) = await Served(cluster, "waits");
        if (then == "back")
        {
            // Who got a place between the swaps keeps it where his advisor goes: one is free only where nobody waits.
            Assert.InRange(first, await Waiting(cluster, "north") ? Places : 0, Places);
            Assert.InRange(second, await Waiting(cluster, "south") ? Places : 0, Places);
        }
        else
        {
            Assert.Equal((Places, Places), (first, second));
        }

        await Judge.NothingDiffers(cluster, 4 * Places);
    }

    private static string Branches(string north, string south) => $$"""
        branches:
        - { id: north, outlets: [ {{north}}, { id: north } ] }
        - { id: south, outlets: [ {{south}}, { id: south } ] }
        """;

    private static IEnumerable<string> Names(string kind) => Enumerable.Range(0, 2 * Places).Select(i => $"{kind}-{i}");

    private static async Task Open(Cluster cluster, string kind, int yuan, params string[] outlets)
    {
        await cluster.Append(Names(kind).SelectMany((c, i) => (Domain.Clients.IncomingEvent[])
        [
            cluster.Event(c, "assets.valued", $$"""{"total":{{yuan}}}"""),
            cluster.Event(c, "account.opened", $$"""{"outlet":"{{outlets[i % 2]}}","channel":"online"}"""),
        ]));
        await cluster.Settle();
    }

    private static async Task<(int First, int Second)> Served(Cluster cluster, string kind)
    {
        var views = await Task.WhenAll(Names(kind).Select(cluster.View));
        return (views.Count(v => v.Advisor == "a-1"), views.Count(v => v.Advisor == "a-2"));
    }

    private static async Task<bool> Waiting(Cluster cluster, string outlet) =>
        (await Task.WhenAll(Names("waits").Select(cluster.View))).Any(v => v.Outlet == outlet && string.IsNullOrEmpty(v.Advisor));

    /// <summary>A publish that gets as far as the branches' places, and messages that were not taken.</summary>
    private sealed class CutOff : IFaultPoints
    {
        private int notDelivered;

        public bool Cuts { get; set => (field, notDelivered) = (value, 0); }

        public int NotDelivered => notDelivered;

        public void Reach(string step)
        {
            switch (step)
            {
                case FaultPoint.DocumentPlaced when Cuts:
                    throw new IOException("The publish is cut off.");
                case FaultPoint.OutboxDelivering:
                    Interlocked.Increment(ref notDelivered);
                    break;
                case FaultPoint.OutboxDelivered:
                    Interlocked.Decrement(ref notDelivered);
                    break;
            }
        }
    }
}
