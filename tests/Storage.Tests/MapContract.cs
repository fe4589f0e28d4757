using Engagement.Contracts.Storage;

namespace Engagement.Storage.Tests;

/// <summary>What shards count for the map, beside their records.</summary>
public abstract class MapContract
{
    protected abstract IStores Make();

    [Fact]
    public async Task Rows_OfSeveralShards_AreReadByShardAndByMinute()
    {
        await using var stores = Make();
        var (one, other) = (await stores.Shards.Acquire(0), await stores.Shards.Acquire(3));
        Assert.True(await stores.Shards.Commit(Sample.Next(one) with { Map = [new(MapRow.GaugeMinute, 1, [1]), new(100, 2, [2]), new(101, 3, [3])] }));
        Assert.True(await stores.Shards.Commit(Sample.Next(one) with { Map = [new(100, 4, [4])] }));
        Assert.True(await stores.Shards.Commit(Sample.Next(other) with { Map = [new(101, long.MaxValue, [5]), new(int.MaxValue, 2, [6])] }));
        await stores.Reopen();

        Assert.Equal("0:1=1 101:3=3", Text(await stores.Shards.ReadMap(0, 101)));
        Assert.Equal("0:1=1 100:2=2 100:4=4 101:3=3", Text(await stores.Shards.ReadMap(0, 1)));
        Assert.Equal($"{int.MaxValue}:2=6", Text(await stores.Shards.ReadMap(3, 102)));
        Assert.Equal("100=2 100=4 2147483647=6", Text(await stores.Map.ReadMinutes([new(99, 100), new(int.MaxValue, int.MaxValue)])));
        Assert.Equal("101=3 101=5", Text(await stores.Map.ReadMinutes([new(101, 200)])));
        Assert.Equal(100, await stores.Map.FirstMinute());
    }

    [Fact]
    public async Task Rows_ReplacedAndOutOfDate_AreGoneWithTheCommitThatSaysSo()
    {
        await using var stores = Make();
        Assert.Null(await stores.Map.FirstMinute());
        var (one, other) = (await stores.Shards.Acquire(0), await stores.Shards.Acquire(1));
        Assert.Null(await stores.Map.FirstMinute());
        Assert.True(await stores.Shards.Commit(Sample.Next(one) with { Map = [new(MapRow.GaugeMinute, 1, [1]), new(100, 2, [2]), new(100, 3, [3]), new(101, 4, [4])] }));
        Assert.True(await stores.Shards.Commit(Sample.Next(other) with { Map = [new(100, 2, [9])] }));
        Assert.True(await stores.Shards.Commit(Sample.Next(one) with { Map = [new(100, 5, [5])], MapReplaced = [new(100, 2), new(100, 3)] }));
        Assert.Equal("0:1=1 100:5=5 101:4=4", Text(await stores.Shards.ReadMap(0, 1)));
        Assert.Equal("100:2=9", Text(await stores.Shards.ReadMap(1, 1)));

        Assert.True(await stores.Shards.Commit(Sample.Next(one) with { MapKeptFrom = 101 }));
        Assert.Equal("0:1=1 101:4=4", Text(await stores.Shards.ReadMap(0, 1)));
        Assert.Equal("100:2=9", Text(await stores.Shards.ReadMap(1, 1)));
    }

    [Fact]
    public async Task Rows_OfWhoLostTheShard_AreNotWritten()
    {
        await using var stores = Make();
        var lost = await stores.Shards.Acquire(0);
        Assert.True(await stores.Shards.Commit(Sample.Next(lost) with { Map = [new(100, 1, [1])] }));
        await stores.Shards.Acquire(0);
        Assert.False(await stores.Shards.Commit(Sample.Next(lost) with { Map = [new(100, 2, [2])], MapReplaced = [new(100, 1)], MapKeptFrom = 200 }));
        Assert.Equal("100:1=1", Text(await stores.Shards.ReadMap(0, 1)));
    }

    private static string Text(IReadOnlyList<MapRow> rows) => string.Join(' ', rows.Select(r => $"{r.Minute}:{r.Part}={r.Tally[0]}"));

    private static string Text(IReadOnlyList<MinuteTally> rows) => string.Join(' ', rows.Select(r => $"{r.Minute}={r.Tally[0]}").Order(StringComparer.Ordinal));
}
