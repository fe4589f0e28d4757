namespace Engagement.Faults.Tests.Cluster;

/// <summary>What goes wrong in a cluster, and how long it then took until work went on.</summary>
/// <param name="goes">Waits until work that begins from now on is done, and says how long that took.</param>
/// <param name="say">Told of each.</param>
internal sealed class FaultRun(RunningCluster cluster, Func<TimeSpan, Task<TimeSpan>> goes, Action<string> say)
{
    public static readonly TimeSpan Back = TimeSpan.FromSeconds(60);

    private readonly List<(string What, TimeSpan Took)> recoveries = [];

    /// <summary>For each kind of fault, how often, the longest and the one in the middle.</summary>
    public IEnumerable<string> Summary => recoveries.GroupBy(r => r.What).Select(g =>
        $"{g.Key}: {g.Count()} times, longest {g.Max(r => r.Took).TotalSeconds:0.0} s, median {g.OrderBy(r => r.Took).ElementAt(g.Count() / 2).Took.TotalSeconds:0.0} s");

    public async Task KillSilo(ClusterProcess silo)
    {
        await silo.KillAsync();
        await Recovered("silo killed");
        await Replace(silo);
    }

    /// <summary>It may find, when it goes on, that it is taken for dead, and end itself.</summary>
    /// <param name="atLeast">How long it stands still.</param>
    public async Task FreezeSilo(ClusterProcess silo, TimeSpan atLeast)
    {
        silo.Freeze();
        var still = Task.Delay(atLeast);
        await Recovered("silo frozen");
        await still;
        silo.Thaw();
        await Recovered("frozen silo goes on");
    }

    public async Task StopSilo(ClusterProcess silo)
    {
        silo.Terminate();
        await silo.WaitForExitAsync();
        await Recovered("silo stopped");
    }

    /// <summary>Another one in the place of one that has ended; waits until it holds a shard.</summary>
    public async Task Replace(ClusterProcess silo)
    {
        var fresh = cluster.ReplaceSilo(silo);
        await cluster.UntilAsync(() => fresh.HasPrinted(" acquired under epoch") || fresh.HasExited, "The new silo holds no shard.");
    }

    public async Task KillGateway(int number)
    {
        await cluster.Gateway(number).KillAsync();
        cluster.RestartGateway(number);
        await Recovered("gateway killed and restarted");
        await cluster.ReadyAsync();
    }

    public async Task FreezeGateway(int number, TimeSpan during)
    {
        cluster.Gateway(number).Freeze();
        await Task.Delay(during);
        cluster.Gateway(number).Thaw();
        await Recovered("frozen gateway goes on");
    }

    public async Task RestartDatabase()
    {
        cluster.Database.Stop();
        cluster.Database.Start();
        await Recovered("database restarted");
    }

    public async Task CutConnections()
    {
        cluster.Sql("select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()");
        await Recovered("all connections to the database cut");
    }

    /// <summary>One fault after the other, until nobody wants more; at the end everything runs.</summary>
    public async Task Go(SeededRandom random, CancellationToken ending)
    {
        while (!ending.IsCancellationRequested)
        {
            var silo = cluster.Silos[random.Next(cluster.Silos.Count)];
            var fault = random.Next(7) switch
            {
                0 => KillSilo(silo),
                1 => FreezeSilo(silo, TimeSpan.FromSeconds(random.Pick(2, 20, 60))),
                2 => StopSilo(silo),
                3 => KillGateway(random.Next(cluster.Gateways)),
                4 => FreezeGateway(random.Next(cluster.Gateways), TimeSpan.FromSeconds(3)),
                5 => RestartDatabase(),
                _ => CutConnections(),
            };
            await fault;
            foreach (var ended in cluster.Silos.Where(s => s.HasExited).ToList())
            {
                await Replace(ended);
            }
        }
    }

    private async Task Recovered(string what)
    {
        var took = await goes(Back);
        recoveries.Add((what, took));
        say($"{what}: work goes on within {took.TotalSeconds:0.0} s");
    }
}
