using System.Globalization;
using Engagement.Contracts.Storage;
using Engagement.Storage.Tests.Model;
using Xunit.Abstractions;

namespace Engagement.Storage.Tests;

/// <summary>
/// Random operations on everything that a store keeps, several owners at once, each also done to a plain model; whatever was
/// committed, refused or read, both hold the same. Another run: set ENGAGEMENT_SEED.
/// </summary>
public abstract class StoreModelContract(ITestOutputHelper output)
{
    private const int Rounds = 60;
    private const int CompareEvery = 15;

    private static readonly int First = int.TryParse(Environment.GetEnvironmentVariable("ENGAGEMENT_SEED"), CultureInfo.InvariantCulture, out var seed) ? seed : 20260302;

    protected abstract IStores Make();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Store_UnderRandomOperationsOfManyOwners_HoldsWhatTheModelHolds(int run)
    {
        output.WriteLine($"seed {First + run}");
        var random = new Random(First + run);
        await using var stores = Make();
        ShardModel[] shards = [new(0), new(3)];
        DeskModel[] desks = [new("advisor:a-1"), new("hq")];
        BranchModel[] branches = [new("hn"), new("bj")];
        var (queries, letters) = (new QueryModel(), new List<DeadLetter>());
        foreach (var shard in shards)
        {
            await shard.Compare(stores);
        }

        for (var round = 1; round <= Rounds; round++)
        {
            // What follows from the models is decided before anything runs: only the store is to be asked at once.
            List<Func<Task>> operations = [.. shards.Select(s => Shard(stores, s, queries, random)), .. desks.Select(d => Desk(stores, d, random)), .. branches.Select(b => Branch(stores, b, random)), Letters(stores, letters, random)];
            await Task.WhenAll(operations.Where(_ => random.Next(3) > 0).ToList().ConvertAll(operation => operation()));
            if (random.Next(10) == 0)
            {
                await stores.Reopen();
            }

            if (round % CompareEvery == 0)
            {
                await Compare(stores, shards, desks, branches, queries, letters);
            }
        }
    }

    private static Func<Task> Shard(IStores stores, ShardModel shard, QueryModel queries, Random random)
    {
        var commit = ShardCommits.Next(shard, queries, random);
        return random.Next(8) switch
        {
            0 => async () =>
            {
                shard.OnAcquired();
                Assert.Equal(shard.Head, await stores.Shards.Acquire(shard.Head.Shard));
            },
            // Somebody who lost the shard, or his place in it.
            1 => async () => Assert.False(await stores.Shards.Commit(commit with { Epoch = commit.Epoch - 1 })),
            2 => async () => Assert.False(await stores.Shards.Commit(commit with { OldLast = commit.OldLast + 1 })),
            // Two of the same epoch at the same place: an activation that is thought dead and its successor's successor.
            3 when commit.NewLast > commit.OldLast => async () =>
            {
                var taken = await Task.WhenAll(stores.Shards.Commit(commit), stores.Shards.Commit(commit));
                Assert.Single(taken, t => t);
                shard.Take(commit);
                Take(queries, commit);
            },
            _ => async () =>
            {
                Assert.True(await stores.Shards.Commit(commit));
                shard.Take(commit);
                Take(queries, commit);
            },
        };
    }

    /// <summary>The only model with more than one owner: their clients differ, so the order does not matter.</summary>
    private static void Take(QueryModel queries, ShardCommit commit)
    {
        lock (queries)
        {
            queries.Take(commit);
        }
    }

    private static Func<Task> Desk(IStores stores, DeskModel desk, Random random)
    {
        var commit = desk.Next(random);
        switch (random.Next(6))
        {
            case 0:
                return async () => Assert.False(await stores.Desks.Commit(commit with { OldVersion = desk.Version + 1 }));
            case 1 when desk.Version > 0:
                return async () => Assert.False(await stores.Desks.Commit(commit with { OldVersion = desk.Version - 1 }));
            case 2 when desk.Handovers.Any():
                var handover = desk.Handovers.First();
                return async () =>
                {
                    await stores.Desks.Delivered(desk.Desk, handover);
                    desk.OnDelivered(handover);
                };
            case 3 when desk.Records.Any():
                var action = desk.Records.First();
                return async () =>
                {
                    await stores.Desks.Appended(action);
                    desk.OnAppended(action);
                };
            default:
                return async () =>
                {
                    Assert.True(await stores.Desks.Commit(commit));
                    desk.Take(commit);
                };
        }
    }

    private static Func<Task> Branch(IStores stores, BranchModel branch, Random random)
    {
        var commit = branch.Next(random);
        return random.Next(4) switch
        {
            0 => async () => Assert.False(await stores.Branches.Commit(commit with { OldVersion = branch.Version + 1 })),
            1 when branch.Version > 0 => async () => Assert.False(await stores.Branches.Commit(commit with { OldVersion = branch.Version - 1 })),
            _ => async () =>
            {
                Assert.True(await stores.Branches.Commit(commit));
                branch.Take(commit);
            },
        };
    }

    private static Func<Task> Letters(IStores stores, List<DeadLetter> letters, Random random)
    {
        List<DeadLetter> added = [.. Enumerable.Range(0, random.Next(3)).Select(i => new DeadLetter(0, random.Next(1_000), i, random.Next(2) == 0 ? null : $"e-{i}", "event.data.invalid", "bad", $"raw {random.Next()}"))];
        return async () =>
        {
            await stores.DeadLetters.Add(added);
            letters.AddRange(added);
        };
    }

    private static async Task Compare(IStores stores, ShardModel[] shards, DeskModel[] desks, BranchModel[] branches, QueryModel queries, List<DeadLetter> letters)
    {
        foreach (var shard in shards)
        {
            await shard.Compare(stores);
        }

        await queries.Compare(stores, shards.SelectMany(s => s.Clients));
        foreach (var desk in desks)
        {
            await desk.Compare(stores);
        }

        Assert.Equal(desks.Where(d => d.IsPending).Select(d => d.Desk).Order(), (await stores.Desks.ReadPending()).Order());
        Assert.Equal(desks.Where(d => d.IsDue(500)).Select(d => d.Desk).Order(), (await stores.Desks.ReadDue(500)).Order());
        foreach (var branch in branches)
        {
            await branch.Compare(stores);
        }

        var kept = await stores.DeadLetters.Read(0, 1_000);
        Assert.Equal(letters, kept.Select(l => l with { Position = 0 }));
        Assert.Equal(kept.Select(l => l.Position).Distinct().Order(), kept.Select(l => l.Position));
    }
}
