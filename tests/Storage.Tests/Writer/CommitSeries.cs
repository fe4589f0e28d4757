using Engagement.Contracts.Storage;
using Engagement.Storage.Tests.Model;

namespace Engagement.Storage.Tests.Writer;

/// <summary>The same series of commits for the same seed, whoever makes it. The n-th leaves the shard's time at n, so that a store says how far it came.</summary>
internal sealed class CommitSeries(int seed)
{
    public const int Shard = 2;

    private readonly Random random = new(seed);

    public ShardModel Model { get; } = new(Shard);

    public QueryModel Queries { get; } = new();

    /// <summary>Commits on an empty store until the process ends.</summary>
    public static async Task Write(IStores stores, int seed, Action<long> committed)
    {
        await stores.Shards.Acquire(Shard);
        var series = new CommitSeries(seed);
        while (true)
        {
            var commit = series.Next();
            if (!await stores.Shards.Commit(commit))
            {
                throw new InvalidOperationException("Somebody else writes here.");
            }

            committed(commit.NowMs);
        }
    }

    /// <summary>The next commit, by the epoch of the first who took the shard. The models have it then.</summary>
    public ShardCommit Next()
    {
        if (Model.Head.Epoch == 0)
        {
            Model.OnAcquired();
        }

        var commit = ShardCommits.Next(Model, Queries, random) with { NowMs = Model.Head.NowMs + 1 };
        Model.Take(commit);
        Queries.Take(commit);
        return commit;
    }

    /// <summary>A store on which this series was being written holds a number of its commits, each whole, and nothing of the next.</summary>
    /// <param name="answered">So many were answered, so they must be there.</param>
    public static async Task<long> Compare(IStores stores, int seed, long answered)
    {
        var held = (await stores.Shards.Acquire(Shard)).NowMs;
        Assert.True(held >= answered, $"{answered} commits were answered, {held} are there.");
        var series = new CommitSeries(seed);
        for (var n = 0L; n < held; n++)
        {
            series.Next();
        }

        series.Model.OnAcquired();
        await series.Model.Compare(stores);
        await series.Queries.Compare(stores, series.Model.Clients);
        return held;
    }
}
