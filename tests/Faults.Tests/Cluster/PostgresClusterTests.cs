using System.Text.Json.Nodes;
using Engagement.Faults.Tests.Model;
using Xunit.Abstractions;

namespace Engagement.Faults.Tests.Cluster;

/// <summary>Silos die, freeze and stop, and the database restarts, while events come in: each accepted one has its effect once.</summary>
public sealed class PostgresClusterTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Back = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Cluster_WhoseSilosDieFreezeAndStopAndWhoseDatabaseRestarts_AppliesEachAcceptedEventOnce()
    {
        await using var cluster = await RunningCluster.StartAsync(3, ("Engagement__Shards", "32"));
        var player = new Player(cluster);
        await player.PublishAsync("/v1/organisation", Organisation.Start.Document());
        await player.PublishAsync("/v1/catalogue", CatalogueDocument.Write(Model.Catalogue.Start));
        await using var load = new SteadyLoad(cluster);
        await load.Goes(Back);

        Assert.All(cluster.Silos, s => Assert.False(s.HasExited, s.Log()));
        await cluster.Silos[0].KillAsync();
        output.WriteLine($"after kill -9 every sender goes on within {(await load.Goes(Back)).TotalSeconds:0.0} s");

        var fresh = cluster.AddSilo();
        await cluster.UntilAsync(() => fresh.HasPrinted(" acquired under epoch"), "The new silo holds no shard.");
        cluster.Silos[1].Freeze();
        output.WriteLine($"while a silo is frozen every sender goes on within {(await load.Goes(Back)).TotalSeconds:0.0} s");
        cluster.Silos[1].Thaw();
        output.WriteLine($"after it goes on, within {(await load.Goes(Back)).TotalSeconds:0.0} s");

        cluster.Database.Stop();
        cluster.Database.Start();
        output.WriteLine($"after the database was restarted, within {(await load.Goes(Back)).TotalSeconds:0.0} s");

        var refused = load.Refused.Count;
        cluster.Silos[2].Terminate();
        await cluster.Silos[2].WaitForExitAsync();
        output.WriteLine($"after a silo stopped, within {(await load.Goes(Back)).TotalSeconds:0.0} s");
        Assert.True(load.Refused.Count == refused, $"A silo that stops is no error to anybody: {string.Join(" | ", load.Refused.Skip(refused))}{cluster.Log()}");

        await load.EndAsync();
        await player.SettleAsync();
        await Task.WhenAll(Enumerable.Range(0, SteadyLoad.Clients).Select(async c =>
        {
            var client = JsonNode.Parse(await cluster.Auditor.GetStringAsync($"/v1/clients/c-{c}"))!;
            Assert.True(load.Sent(c) == (decimal)client["assets"]!, $"client c-{c} was sent {load.Sent(c)} events, and has {client["assets"]}.{cluster.Log()}");
        }));
        var (code, text) = await cluster.ReplayAsync();
        Assert.True(code == 0, text);
        output.WriteLine($"{text} Refused: {load.Refused.Count}.");
        cluster.Passed();
    }
}

public sealed class PostgresClusterStreamTests(ITestOutputHelper output)
{
    [WholeModelFact]
    public async Task Stream_ToAClusterOfTwoSilos_ComesToWhatTheModelSays()
    {
        await using var cluster = await RunningCluster.StartAsync(2, ("Engagement__Shards", "16"), ("Engagement__Clock", "manual"), ("Engagement__Now", ShanghaiTime.Text(Script.Start)));
        await Streams.CompareAsync(output, Streams.Restless, cluster, (player, step, _) => player.PlayAsync(step));
    }
}
