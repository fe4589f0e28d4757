using Engagement.Contracts.Catalogue;
using Engagement.Contracts.Shards;
using Engagement.Contracts.Storage;
using Engagement.Domain.Campaigns;
using Engagement.Domain.Clients;
using Microsoft.Extensions.DependencyInjection;

namespace Engagement.Grains.Tests;

public sealed class PreviewTests
{
    private const string Organisation = "branches: [ { id: hn, outlets: [ { id: hn-001 }, { id: hn-002 } ] } ]";

    private const string Now = """
        tiers: { default: [ {id: low, from: 0}, {id: high, from: 500} ] }
        segments:
        - { id: rich, when: 'client.assets >= 500.0', stay: 'client.assets >= 200.0' }
        - { id: gone, when: 'client.assets >= 900.0' }
        - { id: thirty, when: 'client.age >= 30' }
        """;

    private const string Then = """
        tiers: { default: [ {id: low, from: 0}, {id: high, from: 300}, {id: top, from: 900} ] }
        metrics: [ { id: hellos, on: x.hello }, { id: allHellos, on: x.hello, backfill: true } ]
        segments:
        - { id: rich, when: 'client.assets >= 600.0', stay: 'client.assets >= 100.0' }
        - { id: poor, when: 'client.assets < 200.0' }
        - { id: thirty, when: 'client.age >= 32' }
        - { id: greeted, when: 'hellos.ever()' }
        - { id: known, when: 'allHellos.ever()' }
        """;

    [Fact]
    public async Task Preview_OfACatalogue_SaysWhatItsPublishThenDoes()
    {
        await using var cluster = await Cluster.Start(s => s.PostConfigure<EngineOptions>(o => (o.AwakeMax, o.ResidentMax) = (Cluster.Shards, 2 * Cluster.Shards)));
        await Fill(cluster);
        var appended = await Appended(cluster);
        var before = await Members(cluster);

        var preview = await Preview(cluster, Then, ClientFilter.All);

        Assert.Equal(appended, await Appended(cluster));
        Assert.Equal(before, await Members(cluster));
        await cluster.Publish(DocumentKind.Catalogue, Then);
        await cluster.Settle();
        var after = await Members(cluster);
        Assert.Equal(60, preview.Clients);
        Assert.Equal(["gone", "greeted", "known", "poor", "rich", "thirty"], preview.Segments.Select(s => s.Id));
        foreach (var segment in preview.Segments)
        {
            var (was, becomes) = (before[segment.Id].ToList(), after[segment.Id].ToList());
            Assert.Equal((was.Count, becomes.Count), (segment.Members, segment.Would));
            Assert.Equal((becomes.Except(was).Count(), was.Except(becomes).Count()), (segment.Enter, segment.Leave));
            Assert.Equal(becomes.Except(was).Order(StringComparer.Ordinal).Take(20), segment.EnterIds);
            Assert.Equal(was.Except(becomes).Order(StringComparer.Ordinal).Take(20), segment.LeaveIds);
        }

        Assert.Contains(preview.Segments, s => s.Enter > 0);
        Assert.Contains(preview.Segments, s => s.Leave > 20);
        Assert.Equal(0, preview.Segments.Single(s => s.Id == "greeted").Would);
        Assert.Equal(60, preview.Segments.Single(s => s.Id == "known").Enter);
        Assert.Equal([new("high", "top", 6), new("low", "high", 12)], preview.Tiers.ToList());
    }

    [Fact]
    public async Task Preview_ForOneWhoSeesSomeOrNobody_CountsAllAndNamesHisOwn()
    {
        await using var cluster = await Cluster.Start();
        await Fill(cluster);

        var poor = (await Preview(cluster, Then, new(["hn-002"], []))).Segments.Single(s => s.Id == "poor");
        Assert.True(poor.Enter > poor.EnterIds.Length && poor.EnterIds.Length > 0);
        Assert.All(poor.EnterIds, id => Assert.Equal(1, Number(id) % 2));
        Assert.All((await Preview(cluster, Then, null)).Segments, s => Assert.Empty(s.EnterIds.Concat(s.LeaveIds)));
    }

    [Fact]
    public async Task Preview_WhoseAskerGoesAway_Stops()
    {
        var endless = new EndlessViews();
        await using var cluster = await Cluster.Start(s =>
        {
            var inner = s.Last(d => d.ServiceType == typeof(IShardStore));
            s.AddSingleton<IShardStore>(p => new EndlessShardStore((IShardStore)ActivatorUtilities.CreateInstance(p, inner.ImplementationType!), endless));
        });
        using var asker = new CancellationTokenSource();
        var preview = cluster.Silos.Client.GetGrain<IPreviewGrain>(0).Preview(Then, false, 0, null, asker.Token);
        await endless.Read.Task;
        await asker.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => preview);
        await endless.Closed.Task;
    }

    private static async Task Fill(Cluster cluster)
    {
        await cluster.Publish(DocumentKind.Organisation, Organisation);
        await cluster.Publish(DocumentKind.Catalogue, Now);
        await cluster.Append(Enumerable.Range(0, 60).SelectMany(i => (IncomingEvent[])
        [
            cluster.Event($"c-{i}", "account.opened", $$"""{"outlet":"hn-00{{1 + (i % 2)}}","channel":"online"}""") with { Personal = new($"张{i}", null, new DateOnly(1996 - (i % 3), 1, 1)) },
            cluster.Event($"c-{i}", "assets.valued", $$"""{"total":{{i % 10 * 100}}}"""),
            cluster.Event($"c-{i}", "x.hello", "{}"),
        ]));
        // In the tier's and the segment's margin: members who stay.
        await cluster.Append(Enumerable.Range(0, 60).Where(i => i % 10 == 7).Select(i => cluster.Event($"c-{i}", "assets.valued", """{"total":250}""")));
        await cluster.Settle();
    }

    private static int Number(string client) => int.Parse(client[2..], System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<PreviewCounts> Preview(Cluster cluster, string yaml, ClientFilter? visible)
    {
        Assert.True(Domain.Rfc3339.TryParse(Cluster.Now, out var nowMs));
        return PreviewCounts.Sum(await Task.WhenAll(Enumerable.Range(0, Cluster.Shards)
            .Select(s => cluster.Silos.Client.GetGrain<IPreviewGrain>(s).Preview(yaml, false, nowMs, visible, CancellationToken.None))));
    }

    private static async Task<long> Appended(Cluster cluster) => (await Task.WhenAll(Enumerable.Range(0, Cluster.Shards).Select(s => cluster.Shard(s).Progress()))).Sum(p => p.Appended);

    private static async Task<ILookup<string, string>> Members(Cluster cluster)
    {
        await using var database = new Engagement.Storage.Sqlite.SqliteDatabase(cluster.File);
        var queries = new Engagement.Storage.Sqlite.SqliteQueries(database);
        var members = new List<(string Segment, string Client)>();
        foreach (var segment in (string[])["gone", "greeted", "known", "poor", "rich", "thirty"])
        {
            members.AddRange((await queries.Members(segment, ClientFilter.All, null, 1_000)).Select(m => (segment, m.Client)));
        }

        return members.ToLookup(m => m.Segment, m => m.Client);
    }

    private sealed class EndlessViews
    {
        public TaskCompletionSource Read { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Closed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>A shard that has clients without end.</summary>
    private sealed class EndlessShardStore(IShardStore store, EndlessViews views) : StoreAround(store)
    {
        public override Task<IShardView> OpenView(int shard) => Task.FromResult<IShardView>(new View(views));

        private sealed class View(EndlessViews views) : IShardView
        {
            public ShardHead Head { get; } = new(0, 1, 1, 0, 1, 0, null, 1);

            public IReadOnlyList<LogRecord> Controls => [];

            public async Task<IReadOnlyList<StoredClient>> Next(int most)
            {
                await Task.Yield();
                views.Read.TrySetResult();
                return [new("c-1", 1, ClientSnapshot.Write(new() { Id = "c-1", Position = 1 }), [], PersonalFields.None, [])];
            }

            public ValueTask DisposeAsync()
            {
                views.Closed.TrySetResult();
                return ValueTask.CompletedTask;
            }
        }
    }
}
