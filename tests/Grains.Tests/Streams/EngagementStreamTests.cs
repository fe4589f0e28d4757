using System.Collections.Concurrent;
using Engagement.Contracts.Catalogue;
using Engagement.Contracts.Storage;
using Engagement.Contracts.Streams;
using Engagement.Domain.Clients;
using Engagement.Domain.Desks;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.Streams;

namespace Engagement.Grains.Tests.Streams;

public sealed class EngagementStreamTests
{
    private const string Organisation = """
        branches:
        - { id: north, outlets: [ { id: o-1, advisors: [ { id: a-1, capacity: 9 } ] } ] }
        - { id: south, outlets: [ { id: o-2 } ] }
        """;

    private const string Catalogue = """
        segments: [ { id: rich, when: 'client.assets >= 1000.0' } ]
        campaigns:
        - { id: hello, trigger: {event: x.hello}, offer: {kind: call}, message: {zh: "x", en: "x"}, desks: [advisor, outlet], expires: "48h" }
        """;

    private int probes;

    [Fact]
    public async Task Changes_WhenTheyCome_AreInTheTablesAlready()
    {
        await using var cluster = await Started();
        var tables = cluster.Silos.Silos[0].ServiceProvider.GetRequiredService<IEngagementQueries>();
        ConcurrentBag<(string Client, bool Stored)> entered = [];
        ConcurrentQueue<Prompt> prompts = [];
        await Subscribe(cluster.Silos.Client, "north", async change =>
        {
            if (change is SegmentChanged { Segment: "rich", Entered: true } segment)
            {
                entered.Add((segment.Client, (await tables.Members("rich", ClientFilter.All, null, 1_000)).Any(m => m.Client == segment.Client)));
            }
            else if (change is PromptChanged prompt)
            {
                prompts.Enqueue(prompt.Prompt);
            }
        });
        await Heard(cluster, "o-1", () => entered.Select(e => e.Client));
        // The desk may be in a silo that has not looked yet who subscribes.
        await Eventually.Holds(async () =>
        {
            var probe = $"probe-{++probes}";
            await cluster.Append(Opened(cluster, probe, "o-1"), cluster.Event(probe, "x.hello", "{}"));
            Assert.NotEmpty(prompts);
        });

        string[] clients = [.. Enumerable.Range(0, 30).Select(i => $"c-{i}")];
        await cluster.Append(clients.SelectMany(c => (IEnumerable<IncomingEvent>)[Opened(cluster, c, "o-1"), Valued(cluster, c, 2_000), cluster.Event(c, "x.hello", "{}")]));
        await Eventually.Holds(() =>
        {
            Assert.Superset(clients.ToHashSet(), entered.Select(e => e.Client).ToHashSet());
            Assert.Equal(clients.Order(), prompts.Where(p => p.State == PromptState.Open).Select(p => p.Client).Intersect(clients).Order());
            return Task.CompletedTask;
        });
        Assert.All(entered, e => Assert.True(e.Stored, e.Client));
    }

    [Fact]
    public async Task Subscriber_WhoNeverAnswers_HoldsUpNeitherShardsNorOthers()
    {
        await using var cluster = await Started();
        var release = new TaskCompletionSource();
        var stuck = false;
        ConcurrentQueue<string> south = [];
        // With a client of its own: one client's subscribers are called one after the other.
        await Subscribe(cluster.Silos.Silos[0].ServiceProvider.GetRequiredService<IClusterClient>(), "north", _ =>
        {
            stuck = true;
            return release.Task;
        });
        await Subscribe(cluster.Silos.Client, "south", change =>
        {
            south.Enqueue(((SegmentChanged)change).Client);
            return Task.CompletedTask;
        });
        await Until(cluster, "o-1", () => Assert.True(stuck));
        await Heard(cluster, "o-2", () => south);

        string[] clients = [.. Enumerable.Range(0, 200).Select(i => $"c-{i}")];
        await cluster.Append(clients.SelectMany((c, i) => (IEnumerable<IncomingEvent>)[Opened(cluster, c, i % 2 == 0 ? "o-1" : "o-2"), Valued(cluster, c, 2_000)]));
        await cluster.Settle();
        await Eventually.Holds(() =>
        {
            Assert.Superset(clients.Where((_, i) => i % 2 == 1).ToHashSet(), south.ToHashSet());
            return Task.CompletedTask;
        });
        Assert.False(release.Task.IsCompleted);
        release.SetResult();
    }

    [Fact]
    public async Task Silo_Stopped_SubscribersHearOfWhatIsCommittedAfterIt()
    {
        await using var cluster = await Started();
        ConcurrentQueue<string> heard = [];
        await Subscribe(cluster.Silos.Client, "south", change =>
        {
            if (change is SegmentChanged segment)
            {
                heard.Enqueue(segment.Client);
            }

            return Task.CompletedTask;
        });
        await Heard(cluster, "o-2", () => heard);
        await cluster.Silos.StopSiloAsync(cluster.Silos.Silos[1]);
        heard.Clear();
        await Heard(cluster, "o-2", () => heard);

        // Each of the shards, wherever it is now.
        string[] clients = [.. Enumerable.Range(0, 40).Select(i => $"c-{i}")];
        await cluster.Append(clients.SelectMany(c => (IEnumerable<IncomingEvent>)[Opened(cluster, c, "o-2"), Valued(cluster, c, 2_000)]));
        await Eventually.Holds(() =>
        {
            Assert.Superset(clients.ToHashSet(), heard.ToHashSet());
            return Task.CompletedTask;
        });
    }

    private static async Task<Cluster> Started()
    {
        var cluster = await Cluster.Start();
        await cluster.Publish(DocumentKind.Organisation, Organisation);
        await cluster.Publish(DocumentKind.Catalogue, Catalogue);
        return cluster;
    }

    private static Task<StreamSubscriptionHandle<EngagementChange>> Subscribe(IClusterClient client, string branch, Func<EngagementChange, Task> on) =>
        client.GetStreamProvider(StreamNames.Engagement).GetStream<EngagementChange>(StreamId.Create(StreamNames.Engagement, branch))
            .SubscribeAsync((change, _) => on(change));

    /// <summary>A subscription counts once every silo knows of it: clients come into being until somebody of every shard has been heard of.</summary>
    private Task Heard(Cluster cluster, string outlet, Func<IEnumerable<string>> heard) => Until(cluster, outlet, () =>
        Assert.Equal(Cluster.Shards, heard().Select(cluster.ShardOf).Distinct().Count()));

    private Task Until(Cluster cluster, string outlet, Action holds) => Eventually.Holds(async () =>
    {
        var more = Enumerable.Range(0, 40).Select(_ => $"probe-{++probes}").ToList();
        await cluster.Append(more.SelectMany(c => (IEnumerable<IncomingEvent>)[Opened(cluster, c, outlet), Valued(cluster, c, 2_000)]));
        holds();
    });

    private static IncomingEvent Opened(Cluster cluster, string client, string outlet) =>
        cluster.Event(client, EventTypes.AccountOpened, $$"""{"outlet":"{{outlet}}","channel":"online"}""");

    private static IncomingEvent Valued(Cluster cluster, string client, int total) => cluster.Event(client, EventTypes.AssetsValued, $$"""{"total":{{total}}}""");
}
