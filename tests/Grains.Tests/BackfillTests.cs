using Engagement.Contracts.Catalogue;
using Engagement.Contracts.Shards;
using Engagement.Contracts.Storage;
using Engagement.Domain.Clients;
using Microsoft.Extensions.DependencyInjection;

namespace Engagement.Grains.Tests;

/// <summary>A metric that is computed over the log, beside the same one that was there from the start.</summary>
public sealed class BackfillTests
{
    private const int Clients = 200;
    private const string Definition = "on: trade.executed, where: 'event.data.side == \"buy\"', value: 'event.data.amount'";

    private static readonly string[] Asked = ["count(\"all\") >= 3", "sum(\"5d\") >= 5000.0", "max(\"2h\") >= 900.0", "within(\"3t\")", "ever()"];

    private static string Catalogue(params string[] metrics) => $$"""
        metrics: [ {{string.Join(", ", metrics.Select(m => $"{{ id: {m}, {Definition}{(m == "later" ? ", backfill: true" : "")} }}"))}} ]
        segments:
        {{string.Join('\n', metrics.SelectMany(m => Asked.Select((a, i) => $"- {{ id: {m}-{i}, when: '{m}.{a}' }}")))}}
        """;

    [Theory]
    [InlineData(0)]
    [InlineData(11)]
    public async Task Backfill_DuringEventsAndOtherPublishes_EqualsAMetricFromTheStart(int seedOfLosses)
    {
        var chance = new LossyShardStore.Chance(seedOfLosses) { Over = seedOfLosses == 0 };
        await using var cluster = await Cluster.Start(s =>
        {
            var inner = s.Last(d => d.ServiceType == typeof(IShardStore));
            s.AddSingleton<IShardStore>(p => new LossyShardStore((IShardStore)ActivatorUtilities.CreateInstance(p, inner.ImplementationType!), chance));
            s.PostConfigure<EngineOptions>(o => (o.AwakeMax, o.ResidentMax, o.CheckpointSeconds) = (32, 32, 1));
        });
        await Publish(cluster, Catalogue("since"));
        var random = new Random(5);
        await Trade(cluster, random, 30);
        var events = Trade(cluster, random, 15);
        await Publish(cluster, Catalogue("since", "later"));
        await Publish(cluster, Catalogue("since", "later") + "\n# again, while the metric is being computed\n");
        await events;
        chance.Over = true;
        await cluster.Settle();

        for (var i = 0; i < Asked.Length; i++)
        {
            var since = (await Judge.Members(cluster, $"since-{i}")).Select(m => m.Client);
            Assert.NotEmpty(since);
            Assert.Equal(since, (await Judge.Members(cluster, $"later-{i}")).Select(m => m.Client));
        }

        await Trade(cluster, random, 5);
        await cluster.Settle();
        Assert.Equal((await Judge.Members(cluster, "since-0")).Select(m => m.Client), (await Judge.Members(cluster, "later-0")).Select(m => m.Client));
        await Judge.NothingDiffers(cluster, Clients - 20);
    }

    [Fact]
    public async Task Backfill_OfOneWhosePersonalFieldsWereErased_BeginsThere()
    {
        await using var cluster = await Cluster.Start();
        await cluster.Append(cluster.Event("c-1", "account.opened", """{"outlet":"hn-001","channel":"online"}""") with { Personal = new("张三", null, null) }, Buy(cluster, "c-1"), Buy(cluster, "c-1"));
        Assert.Equal(EraseOutcome.Erased, await cluster.Shard(cluster.ShardOf("c-1")).Erase("c-1"));
        await cluster.Append(Buy(cluster, "c-1"), Buy(cluster, "c-2"), Buy(cluster, "c-2"), Buy(cluster, "c-2"));

        await Publish(cluster, Catalogue("later"));
        await cluster.Settle();

        Assert.Equal(["c-2"], (await Judge.Members(cluster, "later-0")).Select(m => m.Client));
        Assert.Equal(["c-1", "c-2"], (await Judge.Members(cluster, "later-4")).Select(m => m.Client));
        await Judge.NothingDiffers(cluster, 2);
    }

    [Fact]
    public async Task Publish_WithBackfill_SaysSoOnceAndNotWhereNothingIsComputed()
    {
        await using var cluster = await Cluster.Start();
        var document = cluster.Grain<IDocumentGrain>("catalogue");
        Assert.False((await document.Publish(Catalogue("since"), false, null, "test")).Backfills);
        Assert.True((await document.Publish(Catalogue("since", "later"), false, null, "test")).Backfills);
        Assert.False((await document.Publish(Catalogue("later"), false, null, "test")).Backfills);
        Assert.True((await document.Publish(Catalogue("later").Replace("buy", "sell", StringComparison.Ordinal), false, null, "test")).Backfills);
    }

    private static async Task Publish(Cluster cluster, string yaml)
    {
        // With answers that are lost a publish may fail and be completed later.
        while (true)
        {
            try
            {
                await cluster.Publish(DocumentKind.Catalogue, yaml);
                return;
            }
            catch (Exception e) when (e is InvalidOperationException or StoreUnavailableException or Orleans.Runtime.OrleansException)
            {
                await Task.Yield();
            }
        }
    }

    private static IncomingEvent Buy(Cluster cluster, string client, int price = 10) =>
        cluster.Event(client, "trade.executed", $$"""{"symbol":"600519","side":"buy","quantity":100,"price":{{price}},"product":"stock","commission":5}""");

    private static async Task Trade(Cluster cluster, Random random, int batches)
    {
        for (var i = 0; i < batches; i++)
        {
            var sent = Enumerable.Range(0, 20).Select(_ =>
            {
                var e = Buy(cluster, $"c-{random.Next(Clients)}", random.Next(1, 20));
                return (e with { Data = random.Next(3) > 0 ? e.Data : "{\"symbol\":\"600519\",\"side\":\"sell\",\"quantity\":100,\"price\":9,\"product\":\"stock\",\"commission\":5}"u8.ToArray(), TimeMs = e.TimeMs - (random.Next(12) * 3_600_000L * random.Next(24)) });
            }).ToList();
            // Sent until it is taken; what was taken before is a repeat.
            foreach (var part in sent.GroupBy(e => cluster.ShardOf(e.Client)))
            {
                while ((await cluster.Shard(part.Key).Append([.. part])).Outcome != AppendOutcome.Durable)
                {
                    await Task.Yield();
                }
            }
        }
    }
}
