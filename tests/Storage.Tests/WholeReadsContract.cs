using Engagement.Contracts.Storage;

namespace Engagement.Storage.Tests;

/// <summary>Who reads while others write sees commits as wholes, and whoever writes first is one.</summary>
public abstract class WholeReadsContract
{
    private const int Commits = 150;

    protected abstract IStores Make();

    [Fact]
    public async Task Desk_ReadDuringWrites_IsOfOneVersion()
    {
        await using var stores = Make();
        await WhileReading(
            async () =>
            {
                var read = await stores.Desks.Read("hq");
                if (read.Version > 0)
                {
                    Assert.Equal((read.Version, read.Version, read.Version), (read.Seq, read.Clients, read.Cursors["shard:0"]));
                    Assert.Equal(read.Version, Assert.Single(read.Live).Seq);
                    Assert.Equal(read.Version, read.OnDesk["c-1"].Position);
                }

                return read.Version;
            },
            async n => Assert.True(await stores.Desks.Commit(new()
            {
                Desk = "hq",
                OldVersion = n - 1,
                Seq = n,
                Clients = n,
                Prompts = [Sample.Prompt("p", "hq", n)],
                Cursors = [("shard:0", n)],
                OnDesk = [("c-1", new(n, null))],
            })));
    }

    [Fact]
    public async Task Branch_ReadDuringWrites_IsOfOneVersion()
    {
        await using var stores = Make();
        await WhileReading(
            async () =>
            {
                var read = await stores.Branches.Read("hn");
                if (read.Version > 0)
                {
                    Assert.Equal((read.Version, read.Version), (Assert.Single(read.Places).AssetsFen, read.Cursors["shard:0"]));
                }

                return read.Version;
            },
            async n => Assert.True(await stores.Branches.Commit(new("hn", n - 1, [new("c-1", "o-1", 1, n, "a-1", true)], [], [("shard:0", n)]))));
    }

    [Fact]
    public async Task Clients_ReadDuringWrites_AreOfOneCommit()
    {
        await using var stores = Make();
        var head = await stores.Shards.Acquire(0);
        await WhileReading(
            async () =>
            {
                var read = await stores.Shards.ReadClients(0, [new("a", 0), new("b", 0), new("c", 0)]);
                Assert.Single(read.Select(c => BitConverter.ToInt64(c.Snapshot!)).DefaultIfEmpty(0).Distinct());
                Assert.True(read.Count is 0 or 3, $"{read.Count} of three clients were read.");
                return read.Count == 0 ? 0 : BitConverter.ToInt64(read[0].Snapshot!);
            },
            async n =>
            {
                var commit = Sample.Next(head, Sample.Event(n, "a")) with { Snapshots = [.. "abc".Select(c => new SnapshotRow(c.ToString(), n, 0, BitConverter.GetBytes(n), []))] };
                Assert.True(await stores.Shards.Commit(commit));
                head = head with { Last = n };
            });
    }

    [Fact]
    public async Task Shard_AcquiredByManyForTheFirstTime_BelongsToTheLast()
    {
        await using var stores = Make();
        for (var shard = 0; shard < 5; shard++)
        {
            var heads = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => stores.Shards.Acquire(shard)));
            Assert.Equal(Enumerable.Range(1, 8).Select(e => (long)e), heads.Select(h => h.Epoch).Order());
            var taken = await Task.WhenAll(heads.Select(h => stores.Shards.Commit(Sample.Next(h, Sample.Event(1, $"c-{h.Epoch}")))));
            Assert.Equal(8, heads[Assert.Single(taken.Index(), t => t.Item).Index].Epoch);
            Assert.Equal(new ClientAt("c-8", 1), Assert.Single(await stores.Shards.ReadTail(shard, 0)));
        }
    }

    [Fact]
    public async Task Desk_WrittenByManyForTheFirstTime_TakesOne()
    {
        await using var stores = Make();
        for (var i = 0; i < 5; i++)
        {
            var desk = $"advisor:a-{i}";
            var taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(w => stores.Desks.Commit(new() { Desk = desk, OldVersion = 0, Seq = 1, Clients = w })));
            Assert.Equal(Assert.Single(taken.Index(), t => t.Item).Index, (await stores.Desks.Read(desk)).Clients);
        }
    }

    /// <summary>Reads without pause until the last commit was seen; what was seen never goes back.</summary>
    private static async Task WhileReading(Func<Task<long>> read, Func<long, Task> commit)
    {
        var readers = Enumerable.Range(0, 2).Select(_ => Task.Run(async () =>
        {
            for (var seen = 0L; seen < Commits;)
            {
                var now = await read();
                Assert.True(now >= seen, $"{seen} was seen, and then {now}.");
                seen = now;
            }
        })).ToList();
        for (var n = 1L; n <= Commits; n++)
        {
            await commit(n);
            if (readers.Find(r => r.IsFaulted) is { } failed)
            {
                await failed;
            }
        }

        await Task.WhenAll(readers).WaitAsync(TimeSpan.FromSeconds(60));
    }
}
