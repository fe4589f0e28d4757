using System.Text.Json.Nodes;
using Engagement.Faults.Tests.Model;
using Xunit.Abstractions;

namespace Engagement.Faults.Tests.Cluster;

/// <summary>Silos die, freeze and stop, and the database restarts, while events come in: each accepted one has its effect once.</summary>
public sealed class PostgresClusterTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Cluster_WhoseSilosDieFreezeAndStopAndWhoseDatabaseRestarts_AppliesEachAcceptedEventOnce()
    {
        await using var cluster = await RunningCluster.StartAsync(3, ("Engagement__Shards", "32"), ("Engagement__LogDays", "30"));
        var player = new Player(cluster);
        await player.PublishAsync("/v1/organisation", Organisation.Start.Document());
        await player.PublishAsync("/v1/catalogue", CatalogueDocument.Write(Model.Catalogue.Start));
        await using var load = new SteadyLoad(cluster);
        await load.Goes(FaultRun.Back);

        Assert.All(cluster.Silos, s => Assert.False(s.HasExited, s.Log()));
        var faults = new FaultRun(cluster, load.Goes, output.WriteLine);
        var (killed, frozen, stopped) = (cluster.Silos[0], cluster.Silos[1], cluster.Silos[2]);
        await faults.KillSilo(killed);
        await faults.FreezeSilo(frozen, TimeSpan.Zero);
        await faults.RestartDatabase();

        var refused = load.Refused.Count;
        await faults.StopSilo(stopped);
        Assert.True(load.Refused.Count == refused, $"A silo that stops is no error to anybody: {string.Join(" | ", load.Refused.Skip(refused))}{cluster.Log()}");

        output.WriteLine($"{await EachAppliedOnce(cluster, load)} Refused: {load.Refused.Count}.");
        cluster.Passed();
    }

    /// <summary>Ends the load; then each client has what he was sent, and the log says the same.</summary>
    /// <returns>What the replay says.</returns>
    internal static async Task<string> EachAppliedOnce(RunningCluster cluster, SteadyLoad load)
    {
        await load.EndAsync();
        await new Player(cluster).SettleAsync();
        await Task.WhenAll(Enumerable.Range(0, SteadyLoad.Clients).Select(async c =>
        {
            var client = JsonNode.Parse(await cluster.Auditor.GetStringAsync($"/v1/clients/c-{c}"))!;
            Assert.True(load.Sent(c) == (decimal)client["assets"]!, $"client c-{c} was sent {load.Sent(c)} events, and has {client["assets"]}.{cluster.Log()}");
        }));
        var (code, text) = await cluster.ReplayAsync();
        Assert.True(code == 0, text);
        return text;
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
