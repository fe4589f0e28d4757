using Engagement.Contracts.Storage;
using Engagement.Storage.Replay;
using Engagement.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace Engagement.Grains.Tests;

/// <summary>What came of a run, as it is stored.</summary>
internal static class Judge
{
    public static async Task<IReadOnlyList<(string Client, long SinceMs)>> Members(Cluster cluster, string segment)
    {
        await using var database = new SqliteDatabase(cluster.File);
        return await new SqliteQueries(database).Members(segment, ClientFilter.All, null, 1_000);
    }

    /// <summary>The replay makes every client anew from the log and compares him with what is stored.</summary>
    public static async Task NothingDiffers(Cluster cluster, int clients)
    {
        await using var services = new ServiceCollection().AddSerializer().BuildServiceProvider();
        NothingDiffers(new SqliteReplayStore(cluster.File, services.GetRequiredService<Serializer>()), clients);
    }

    public static ReplayReport NothingDiffers(IReplayStore store, int clients)
    {
        var report = new ReplayRun(store).All();
        Assert.Null(report.Difference);
        Assert.InRange(report.Clients, clients, clients + 20);
        return report;
    }
}
