using System.Text.Json.Nodes;
using Engagement.Faults.Tests.Overload;
using Xunit.Abstractions;

namespace Engagement.Faults.Tests.Cluster;

/// <summary>A database that takes a quarter of a second for each commit: what cannot be taken is refused, and nothing waits without bound.</summary>
public sealed class PostgresSlowTests(ITestOutputHelper output)
{
    private const int Senders = 8;
    private const long GrowthBytesMax = 400L * 1024 * 1024;

    private const string Slow = """
        create function slow() returns trigger language plpgsql as $$ begin perform pg_sleep(0.25); return null; end $$;
        create trigger slow after update on shard for each statement execute function slow();
        """;

    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(6);

    [Fact]
    public async Task Cluster_OnADatabaseThatIsSlow_RefusesWhatItCannotTakeAndKeepsWhatItTook()
    {
        await using var cluster = await RunningCluster.StartAsync(
            1, ("Engagement__Shards", "8"), ("Engagement__QueueMax", "1000"), ("Engagement__TurnMax", "200"), ("Engagement__Clock", "manual"), ("Engagement__Now", Model.ShanghaiTime.Text(Script.Start)));
        var senders = Enumerable.Range(0, Senders).Select(lane => new Sender(cluster, lane)).ToList();
        await Task.WhenAll(senders.Select(s => s.SendForAsync(Duration / 3)));
        var before = cluster.WorkingSetBytes;
        senders.ForEach(s => s.RetryAfterSeconds.Clear());

        cluster.Sql(Slow);
        using var over = new CancellationTokenSource();
        var peak = PeakAsync(cluster, over.Token);
        await Task.WhenAll(senders.Select(s => s.SendForAsync(Duration)));
        await over.CancelAsync();
        cluster.Sql("drop trigger slow on shard");
        await new Player(cluster).SettleAsync();

        var (grown, waits) = (await peak - before, senders.SelectMany(s => s.RetryAfterSeconds).ToHashSet());
        var (offered, accepted) = (senders.Sum(s => s.Offered), senders.SelectMany(s => s.Accepted).ToDictionary());
        output.WriteLine($"offered {offered:N0}, accepted {accepted.Values.Sum():N0}, Retry-After {string.Join(", ", waits.Order())} s, grown by {grown / 1024 / 1024} MiB from {before / 1024 / 1024}");
        Assert.NotEmpty(waits);
        Assert.All(waits, seconds => Assert.InRange(seconds, 1, 30));
        Assert.True(grown < GrowthBytesMax, $"grown by {grown} bytes");
        // Each event moved one yuan: the log counts them, and so do the client's assets.
        Assert.Equal(
            accepted.Select(a => $"{a.Key}|{a.Value}|{a.Value}").Order(StringComparer.Ordinal),
            cluster.Sql("select client, count(*), count(distinct id) from log where kind = 1 group by client").Split('\n').Order(StringComparer.Ordinal));
        foreach (var (client, events) in accepted)
        {
            var found = JsonNode.Parse(await cluster.Auditor.GetStringAsync($"/v1/clients/{client}"))!;
            Assert.Equal(events, (decimal)found["assets"]!);
        }

        cluster.Passed();
    }

    private static async Task<long> PeakAsync(RunningCluster cluster, CancellationToken over)
    {
        var peak = 0L;
        while (!over.IsCancellationRequested)
        {
            peak = Math.Max(peak, cluster.WorkingSetBytes);
            await Task.Delay(100, CancellationToken.None);
        }

        return peak;
    }
}
