using Engagement.Contracts.Catalogue;
using Engagement.Contracts.Clock;
using Engagement.Contracts.Shards;
using Engagement.Domain;
using Engagement.Domain.Clients;
using Engagement.Storage.Postgres;
using Engagement.Storage.Replay;
using Engagement.Tests.Postgres;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Orleans.Serialization;

namespace Engagement.Grains.Tests;

/// <summary>A log whose parts are dropped by age under a running engine. The replay is the judge.</summary>
public sealed class PostgresLogRetentionTests : IAsyncDisposable
{
    private const int Clients = 60;
    private const int Part = 16;

    private static readonly TimeSpan Keep = TimeSpan.FromDays(30);

    private readonly string database = PostgresServer.Shared.NewDatabase();
    private readonly ServiceProvider services = new ServiceCollection().AddSerializer().BuildServiceProvider();
    private int sent;

    private LogRetention Retention => new(database, services.GetRequiredService<Serializer>());

    private PostgresReplayStore Replays => new(database, services.GetRequiredService<Serializer>());

    [Fact]
    public async Task Log_DroppedByAge_LeavesAnEngineThatGoesOnAndAReplayThatSaysWhereItBegins()
    {
        await PostgresMigrations.Apply(database);
        await PostgresMigrations.Fix(database, "shards", $"{Cluster.Shards}");
        await PostgresMigrations.Fix(database, "log-part", $"{Part}");
        await using (var cluster = await Start())
        {
            await cluster.Publish(DocumentKind.Catalogue, Catalogue());
            // Two who rest from here on; of one the personal fields go when he has been kept.
            await cluster.Append(Opened(cluster, "c-sleeps"), Opened(cluster, "c-erased"));
            await Send(cluster, 8);
            Assert.True(await Kept(cluster) is { Start: 0, Dropped: 0 });
            Assert.Equal(EraseOutcome.Erased, await cluster.Shard(cluster.ShardOf("c-erased")).Erase("c-erased"));

            await Advance(cluster, 40);
            await Send(cluster, 3);
            await cluster.Publish(DocumentKind.Catalogue, Catalogue("later"));
            await cluster.Settle();
            // What was computed over the log is in no anchor yet, unless all checkpoints have just come into another part.
            var done = Run();
            if (done.Kept == 0)
            {
                Assert.True(done is { WaitsForAnchors: true, Start: 0 });
                Assert.Equal("log_000000", (await Parts())[0]);
                done = await Kept(cluster);
            }

            Assert.True(done.Start >= Part, $"{done}");
            Assert.Equal(done.Start / Part, done.Dropped);
            Assert.Equal($"log_{done.Dropped:D6}", (await Parts())[0]);
            Assert.Equal("0", await Scalar("select count(*)::text from pg_class where relkind = 'r' and relname = 'log_000000'"));
            await Send(cluster, 2);
            await cluster.Settle();
            var report = Judge.NothingDiffers(Replays, Clients + 2);
            Assert.Equal(done.Start, report.LogStart);
            Assert.InRange(report.KeptMs, 1, (await cluster.Silos.Client.GetGrain<IClockGrain>(0).Read()).NowMs);
            Assert.Equal(1, new ReplayRun(Replays).One(cluster.ShardOf("c-sleeps"), "c-sleeps").Clients);

            // What is computed over a log without its beginning is so in a replay, too.
            await cluster.Publish(DocumentKind.Catalogue, Catalogue("later", "latest"));
            await cluster.Settle();
        }

        Judge.NothingDiffers(Replays, Clients + 2);
        await using (var again = await Start())
        {
            await Send(again, 2);
            await again.Settle();
            Assert.Equal(76, (await again.View("c-sleeps")).Age);
            Assert.Equal(0, (await again.View("c-erased")).Age);
        }

        Judge.NothingDiffers(Replays, Clients + 2);
        await Scalar("update member set since_ms = since_ms - 1 where client = 'c-sleeps' returning client");
        Assert.Equal("c-sleeps", new ReplayRun(Replays).All().Difference?.Client);
    }

    public async ValueTask DisposeAsync() => await services.DisposeAsync();

    private static string Catalogue(params string[] metrics) => $$"""
        metrics: [ {{string.Join(", ", metrics.Select(m => $"{{ id: {m}, on: app.active, backfill: true }}"))}} ]
        segments:
        - { id: old, when: 'client.age >= 70' }
        - { id: busy, when: 'visits.count("30d") >= 2' }
        {{string.Join('\n', metrics.Select(m => $"- {{ id: {m}-6, when: '{m}.count(\"all\") >= 6' }}"))}}
        campaigns:
        - { id: hello, trigger: {segment: busy, on: enter}, offer: {kind: call}, message: {zh: "您好", en: "Hello"}, desks: [outlet], expires: "60d" }
        """;

    private static IncomingEvent Opened(Cluster cluster, string client) =>
        cluster.Event(client, "account.opened", """{"outlet":"o","channel":"online"}""") with { Personal = new("张三", null, new DateOnly(1950, 1, 1)) };

    private static async Task Advance(Cluster cluster, int days)
    {
        var clock = cluster.Silos.Client.GetGrain<IClockGrain>(0);
        Assert.True(await clock.Advance((await clock.Read()).NowMs + (days * Shanghai.DayMs)));
    }

    private Task<Cluster> Start() => Cluster.Start(s => s.PostConfigure<EngineOptions>(o => o.CheckpointSeconds = 1), database);

    private LogRetained Run() => Retention.Run(Keep) ?? throw new InvalidOperationException("Somebody else has the lock.");

    /// <summary>Sends until every shard's checkpoint has come into another part.</summary>
    private async Task<LogRetained> Kept(Cluster cluster)
    {
        LogRetained? done = null;
        await Eventually.Holds(async () =>
        {
            await Send(cluster, 1);
            await cluster.Settle();
            done = Run();
            Assert.True(done.Kept > 0);
        });
        return done!;
    }

    private async Task Send(Cluster cluster, int rounds)
    {
        var at = (await cluster.Silos.Client.GetGrain<IClockGrain>(0).Read()).NowMs;
        for (var i = 0; i < rounds; i++)
        {
            await cluster.Append(Enumerable.Range(0, Clients).Select(c => cluster.Event($"c-{c}", "app.active", "{}", $"visit-{++sent}") with { TimeMs = at }));
        }
    }

    private async Task<string[]> Parts() =>
        (await Scalar("select string_agg(c.relname, ' ' order by c.relname) from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = 'log'::regclass")).Split(' ');

    private async Task<string> Scalar(string sql)
    {
        await using var source = NpgsqlDataSource.Create(database);
#pragma warning disable CA2100 // A test's own statement.
        await using var command = source.CreateCommand(sql);
#pragma warning restore CA2100
        return (string)(await command.ExecuteScalarAsync())!;
    }
}
