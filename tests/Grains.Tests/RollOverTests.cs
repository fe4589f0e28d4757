using Engagement.Contracts.Catalogue;
using Engagement.Contracts.Storage;
using Engagement.Domain.Clients;
using Engagement.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace Engagement.Grains.Tests;

/// <summary>What a publish does to clients of whom most are asleep. The replay is the judge: it makes each anew from the log.</summary>
public sealed class RollOverTests
{
    private const int Clients = 400;
    private const int Resident = 40;

    private static string Segments(int bound) => $$"""
        metrics: [ { id: hellos, on: x.hello } ]
        segments:
        - { id: rich, when: 'client.assets >= {{bound}}.0', stay: 'client.assets >= {{bound - 100}}.0' }
        - { id: greeted-{{bound}}, when: 'inSegment("rich") && hellos.within("3d")' }
        campaigns:
        - { id: hello, trigger: {segment: rich, on: enter}, offer: {kind: call}, message: {zh: "{client.id} 您好", en: "Hello {client.id}"}, desks: [advisor, outlet, hq], expires: "48h" }
        """;

    [Fact]
    public async Task Publish_OverSleepers_WakesNobody()
    {
        await using var cluster = await Start();
        await Fill(cluster);
        var awake = await Activations(cluster);

        await cluster.Publish(DocumentKind.Catalogue, Segments(500));
        await cluster.Settle();

        Assert.InRange(await Activations(cluster), 1, awake);
        Assert.Equal(200, (await Judge.Members(cluster, "rich")).Count);
        await Judge.NothingDiffers(cluster, Clients);
    }

    [Fact]
    public async Task Publish_AgainAndAgain_RenewsTheSnapshotsOfSleepers()
    {
        await using var cluster = await Start();
        await Fill(cluster);
        await Covered(cluster);
        for (var i = 1; i <= 9; i++)
        {
            await cluster.Publish(DocumentKind.Catalogue, Segments(100 * i));
            await cluster.Settle();
        }

        await using var database = new SqliteDatabase(cluster.File);
        var store = new SqliteShardStore(database);
        for (var shard = 0; shard < Cluster.Shards; shard++)
        {
            var eighth = (await store.ReadControls(shard))[^2].Position;
            Assert.Contains(await store.ReadClientHeads(shard), c => c.SnapshotPosition == eighth);
        }

        await Judge.NothingDiffers(cluster, Clients);
    }

    [Fact]
    public async Task Publishes_DuringEachOtherAndDuringEvents_EndAsTheLogSays()
    {
        await using var cluster = await Start();
        await Fill(cluster);
        var random = new Random(7);
        var events = Task.Run(async () =>
        {
            for (var i = 0; i < 40; i++)
            {
                await cluster.Append(Enumerable.Range(0, 20).Select(_ => random.Next(3) == 0
                    ? cluster.Event($"c-{random.Next(Clients)}", "x.hello", "{}")
                    : cluster.Event($"c-{random.Next(Clients + 20)}", "cash.moved", $$"""{"amount":{{random.Next(-200, 200)}}}""")));
            }
        });
        foreach (var bound in (int[])[500, 300, 700, 500])
        {
            // Each is published while the one before it is still on its way through the shards.
            await cluster.Publish(DocumentKind.Catalogue, Segments(bound));
        }

        await cluster.Publish(DocumentKind.Organisation, "branches: [ { id: hn, outlets: [ { id: hn-001 }, { id: hn-002 } ] } ]");
        await events;
        await cluster.Settle();

        Assert.Contains(await Judge.Members(cluster, "greeted-500"), _ => true);
        Assert.Empty(await Judge.Members(cluster, "greeted-700"));
        await Judge.NothingDiffers(cluster, Clients);
    }

    [Fact]
    public async Task TakeBack_WhileAVersionRollsOut_LeavesEverybodyUnderTheOneBeforeIt()
    {
        var held = new HeldRollOvers();
        await using var cluster = await Cluster.Start(s =>
        {
            s.AddSingleton<SqliteShardStore>();
            s.AddSingleton<IShardStore>(p => new HeldRollOverStore(p.GetRequiredService<SqliteShardStore>(), held));
        });
        await Fill(cluster);
        await cluster.Publish(DocumentKind.Catalogue, Segments(500));
        await cluster.Settle();
        var catalogue = cluster.Grain<IDocumentGrain>("catalogue");
        Assert.Null(await catalogue.TakeBack(1, "test"));

        held.Hold();
        await cluster.Publish(DocumentKind.Catalogue, Segments(700));
        var taking = catalogue.TakeBack(2, "test");
        // Stored, it waits for the shards, each of which is held in the middle of a piece.
        using var late = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (await catalogue.Get(3) is null)
        {
            late.Token.ThrowIfCancellationRequested();
        }

        held.Release();
        var taken = await taking;
        await cluster.Settle();

        Assert.Equal(3, taken!.Version);
        // Once more, as somebody does who did not see the answer: nothing else is taken back.
        Assert.True((await catalogue.TakeBack(2, "test"))!.Stale);
        Assert.Equal((await catalogue.Get(1))!.Text, (await catalogue.Get(3))!.Text);
        Assert.Equal(200, (await Judge.Members(cluster, "rich")).Count);
        await Judge.NothingDiffers(cluster, Clients);
    }

    /// <summary>Pieces of roll-overs wait while they are held; what else a shard writes does not.</summary>
    private sealed class HeldRollOvers
    {
        private volatile TaskCompletionSource open = Opened();

        public Task Open => open.Task;

        public void Hold() => open = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Release() => open.SetResult();

        private static TaskCompletionSource Opened()
        {
            var opened = new TaskCompletionSource();
            opened.SetResult();
            return opened;
        }
    }

    private sealed class HeldRollOverStore(IShardStore store, HeldRollOvers held) : StoreAround(store)
    {
        public override async Task<bool> Commit(ShardCommit commit)
        {
            if (commit.Records.Count == 0)
            {
                await held.Open;
            }

            return await base.Commit(commit);
        }
    }

    private static Task<Cluster> Start() => Cluster.Start(s => s.PostConfigure<EngineOptions>(o => (o.AwakeMax, o.ResidentMax, o.CheckpointSeconds) = (Resident, Resident, 1)));

    private static async Task Fill(Cluster cluster)
    {
        await cluster.Publish(DocumentKind.Organisation, "branches: [ { id: hn, outlets: [ { id: hn-001 } ] } ]");
        await cluster.Append(Enumerable.Range(0, Clients).SelectMany(i => (IncomingEvent[])
        [
            cluster.Event($"c-{i}", "account.opened", """{"outlet":"hn-001","channel":"online"}"""),
            cluster.Event($"c-{i}", "assets.valued", $$"""{"total":{{i % 10 * 100}}}"""),
        ]));
        await cluster.Settle();
    }

    /// <summary>Waits until every record is covered by a snapshot.</summary>
    private static async Task Covered(Cluster cluster)
    {
        await using var database = new SqliteDatabase(cluster.File);
        var store = new SqliteShardStore(database);
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        for (var shard = 0; shard < Cluster.Shards; shard++)
        {
            while (true)
            {
                await using var view = await store.OpenView(shard);
                if (view.Head.Checkpoint == view.Head.Last)
                {
                    break;
                }

                await Task.Delay(20, late.Token);
            }
        }
    }

    private static async Task<int> Activations(Cluster cluster) =>
        (await cluster.Silos.Client.GetGrain<IManagementGrain>(0).GetSimpleGrainStatistics()).Where(s => s.GrainType.Contains("ClientGrain", StringComparison.Ordinal)).Sum(s => s.ActivationCount);
}
