using System.Text;
using Engagement.Contracts.Storage;
using Engagement.Contracts.Streams;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace Engagement.Grains.Tests.Streams;

public sealed class EventStreamTests
{
    private const int Clients = 40;

    // What moved counts when it moved after the valuation.
    private const string AfterNow = "2026-03-02T02:00:01Z";

    [Fact]
    public async Task Events_OfTheStreams_AreAppendedInTheirOrderAndOnce()
    {
        await using var cluster = await Cluster.Start();
        // A valuation replaces what was valued before it, so the order shows.
        for (var round = 1; round <= 3; round++)
        {
            await Send(cluster, (client, total) => Valued(client, $"v-{total}", total), round);
        }

        await Send(cluster, (client, _) => Valued(client, "v-1", 1), 0);
        await Send(cluster, (client, amount) => Moved(client, "m-1", amount), 5);
        await Eventually.Holds(async () => Assert.All(await All(cluster), assets => Assert.Equal(800, assets)));
    }

    [Fact]
    public async Task Event_ThatIsNone_IsADeadLetterAndHoldsNobodyUp()
    {
        await using var cluster = await Cluster.Start();
        await Stream(cluster, 3).OnNextBatchAsync([Json("{"), Json("""{"specversion":"1.0","id":"bad","source":"s","type":"no.such","subject":"c-0","time":"2026-03-02T02:00:00Z","data":{}}""")]);
        // Of a client of another shard than the stream's.
        await Stream(cluster, (cluster.ShardOf(Id(0)) + 1) % Cluster.Shards).OnNextAsync(Json(Moved(Id(0), "m-1", 7)));
        var letters = cluster.Silos.Silos[0].ServiceProvider.GetRequiredService<IDeadLetters>();
        await Eventually.Holds(async () =>
        {
            Assert.Equal(["event.json.invalid", "event.type.unknown"], (await letters.Read(0, 10)).Select(l => l.Code));
            Assert.Equal(700, (await cluster.View(Id(0)))?.AssetsFen);
        });
    }

    [Fact]
    public async Task Silo_Stopped_WhatIsSentUntilItIsSeenHasOneEffect()
    {
        await using var cluster = await Cluster.Start();
        await Send(cluster, (client, amount) => Moved(client, "before", amount), 1);
        await Eventually.Holds(async () => Assert.All(await All(cluster), assets => Assert.Equal(100, assets)));

        await cluster.Silos.StopSiloAsync(cluster.Silos.Silos[1]);
        // What was in the queues of the silo is lost: a producer that must know repeats.
        await Eventually.Holds(async () =>
        {
            await Send(cluster, (client, amount) => Moved(client, "after", amount), 2);
            Assert.All(await All(cluster), assets => Assert.Equal(300, assets));
        });
        await Send(cluster, (client, amount) => Moved(client, "last", amount), 4);
        await Eventually.Holds(async () => Assert.All(await All(cluster), assets => Assert.Equal(700, assets)));
    }

    private static string Id(int i) => $"c-{i}";

    private static string Valued(string client, string id, int total) => Event(client, id, "assets.valued", $$"""{"total":{{total}}}""");

    private static string Moved(string client, string id, int amount) => Event(client, id, "cash.moved", $$"""{"amount":{{amount}}}""");

    private static string Event(string client, string id, string type, string data) =>
        $$"""{"specversion":"1.0","id":"{{id}}","source":"s","type":"{{type}}","subject":"{{client}}","time":"{{(type == "cash.moved" ? AfterNow : Cluster.Now)}}","data":{{data}}}""";

    private static StreamedEvent Json(string text) => new(Encoding.UTF8.GetBytes(text));

    private static Orleans.Streams.IAsyncStream<StreamedEvent> Stream(Cluster cluster, int shard) =>
        cluster.Silos.Client.GetStreamProvider(StreamNames.Events).GetStream<StreamedEvent>(StreamId.Create(StreamNames.Events, shard));

    /// <summary>One event for each client, on the stream of his shard.</summary>
    private static Task Send(Cluster cluster, Func<string, int, string> make, int number) =>
        Task.WhenAll(Enumerable.Range(0, Clients).Select(Id).GroupBy(cluster.ShardOf).Select(g => Stream(cluster, g.Key).OnNextBatchAsync(g.Select(c => Json(make(c, number))))));

    private static async Task<IEnumerable<long?>> All(Cluster cluster) =>
        (await Task.WhenAll(Enumerable.Range(0, Clients).Select(i => cluster.View(Id(i))))).Select(v => v?.AssetsFen);
}
