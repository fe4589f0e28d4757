using Engagement.Contracts.Catalogue;
using Engagement.Contracts.Shards;
using Engagement.Contracts.Storage;
using Engagement.Domain.Clients;
using Engagement.Storage.Replay;
using Engagement.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.Serialization;
using Xunit.Abstractions;

namespace Engagement.Grains.Tests;

/// <summary>Whoever does not learn what became of a commit sends again; each event then has one effect all the same.</summary>
public sealed class UnknownOutcomeTests(ITestOutputHelper output)
{
    private const int Seed = 20260302;
    private const int Clients = 24;
    private const int Rounds = 12;
    private const int TriesMax = 200;

    private const string Organisation = "branches: [ { id: hn, outlets: [ { id: o-1, advisors: [ { id: a-1, capacity: 9 } ] } ] } ]";

    private const string Catalogue = """
        campaigns:
        - { id: hello, trigger: {event: x.hello}, offer: {kind: call}, message: {zh: "x", en: "x"}, desks: [advisor, outlet], expires: "48h" }
        """;

    [Fact]
    public async Task Events_WhoseAnswersAreLost_HaveOneEffectWhenSentAgain()
    {
        output.WriteLine($"seed {Seed}");
        var chance = new LossyShardStore.Chance(Seed) { Over = true };
        await using var cluster = await Cluster.Start(services =>
        {
            services.AddSingleton<SqliteShardStore>();
            services.AddSingleton<IShardStore>(s => new LossyShardStore(s.GetRequiredService<SqliteShardStore>(), chance));
        });
        await cluster.Publish(DocumentKind.Organisation, Organisation);
        await cluster.Publish(DocumentKind.Catalogue, Catalogue);
        await Send(cluster, i => cluster.Event(Id(i), EventTypes.AccountOpened, """{"outlet":"o-1","channel":"online"}""") with { Personal = new($"客户{i}", null, null) });
        chance.Over = false;
        for (var round = 0; round < Rounds; round++)
        {
            await Task.WhenAll(
                Send(cluster, i => cluster.Event(Id(i), EventTypes.CashMoved, $$"""{"amount":{{i + 1}}}""")),
                Send(cluster, i => cluster.Event(Id(i), "x.hello", "{}")),
                Erase(cluster, Id(round)));
        }

        chance.Over = true;
        await cluster.Settle();
        output.WriteLine($"{chance.Losses}");
        Assert.True(chance.Losses is { Happened: > 5, Lost: > 5 }, "Enough was lost, or this proves nothing.");
        var desks = cluster.Silos.Silos[0].ServiceProvider.GetRequiredService<IDeskStore>();
        var prompts = (await desks.ReadPrompts("outlet:o-1", null)).ToLookup(p => p.Client);
        for (var i = 0; i < Clients; i++)
        {
            var client = await cluster.View(Id(i));
            Assert.Equal(Rounds * (i + 1) * 100, client.AssetsFen);
            Assert.Equal(i < Rounds ? null : $"客户{i}", client.Name);
            Assert.Equal(Rounds, prompts[Id(i)].Select(p => p.Id).Distinct().Count());
        }

        var replay = new ReplayRun(new SqliteReplayStore(cluster.File, cluster.Silos.Silos[0].ServiceProvider.GetRequiredService<Serializer>())).All();
        Assert.Null(replay.Difference);
    }

    private static string Id(int i) => $"c-{i}";

    /// <summary>One event for each client, repeated as it is until it was answered.</summary>
    private static Task Send(Cluster cluster, Func<int, IncomingEvent> make) =>
        Task.WhenAll(Enumerable.Range(0, Clients).Select(make).GroupBy(e => cluster.ShardOf(e.Client)).Select(g =>
        {
            List<IncomingEvent> events = [.. g];
            return Until(async () => (await cluster.Shard(g.Key).Append(events)).Outcome == AppendOutcome.Durable);
        }));

    private static Task Erase(Cluster cluster, string client) =>
        Until(async () => await cluster.Shard(cluster.ShardOf(client)).Erase(client) == EraseOutcome.Erased);

    private static async Task Until(Func<Task<bool>> attempt)
    {
        for (var tries = 0; tries < TriesMax; tries++)
        {
            try
            {
                if (await attempt())
                {
                    return;
                }
            }
            catch (OrleansException)
            {
                // The shard's activation ended under the call.
            }
        }

        Assert.Fail($"Not answered after {TriesMax} attempts.");
    }
}
