using Engagement.Contracts.Storage;
using Engagement.Domain.Clients;

namespace Engagement.Storage.Tests;

/// <summary>Reading everybody of a shard in id order: as of one instant, or piece by piece.</summary>
public abstract class ShardViewContract
{
    protected abstract IStores Make();

    [Fact]
    public async Task View_OfEverybody_GivesEachOnceWithTheRecordsAfterHisSnapshot()
    {
        await using var stores = Make();
        await Fill(stores);
        for (var most = 1; most <= 7; most++)
        {
            await using var view = await stores.Shards.OpenView(0);
            Assert.Equal((7L, 2L), (view.Head.Last, view.Head.Checkpoint));
            Assert.Equal([1], view.Controls.Select(c => c.Position));
            var all = await All(view, most);
            Assert.Equal(["a", "b", "c", "d", "e"], all.Select(c => c.Client));
            Assert.Equal("2|0|2|0|2", string.Join('|', all.Select(c => c.Position)));
            Assert.Equal("|3,6|4|5|7", string.Join('|', all.Select(c => string.Join(',', c.Tail.Select(r => r.Position)))));
            Assert.Equal([null, "张三", "李四", null, null], all.Select(c => (c.Tail.Count > 0 ? c.Tail[0].Personal : null)?.Name));
        }
    }

    [Fact]
    public async Task View_WhileOthersWrite_StaysAsItWas()
    {
        await using var stores = Make();
        var head = await Fill(stores);
        await using var view = await stores.Shards.OpenView(0);
        var first = await view.Next(2);
        Assert.True(await stores.Shards.Commit(Sample.Next(head, Sample.Event(8, "c", previous: 4), Sample.Event(9, "f")) with { Snapshots = [new("c", 8, 8, [8], []), new("f", 9, 9, [9], [])] }));

        Assert.Equal("a,b,c,d,e", string.Join(',', first.Concat(await All(view, 2)).Select(c => c.Client)));
        await using var later = await stores.Shards.OpenView(0);
        var seen = await All(later, 100);
        Assert.Equal("a,b,c,d,e,f", string.Join(',', seen.Select(c => c.Client)));
        Assert.Equal(8, seen[2].Position);
        Assert.Empty(seen[2].Tail);
    }

    [Fact]
    public async Task View_OfAShardThatNobodyHas_IsEmpty()
    {
        await using var stores = Make();
        await using var view = await stores.Shards.OpenView(5);
        Assert.Equal(0, view.Head.Last);
        Assert.Empty(await view.Next(10));
    }

    [Fact]
    public async Task Snapshots_OfARange_ComeInIdOrderWithPersonalFields()
    {
        await using var stores = Make();
        var head = await Fill(stores);
        Assert.True(await stores.Shards.Commit(Sample.Next(head) with { Snapshots = [new("b", 6, 6, [6], [66]), new("B", 6, 6, [7], [])] }));
        Assert.Equal("B,a,b,c,e", await Ids("A", "z"));
        Assert.Equal("b,c", await Ids("b", "d"));
        Assert.Equal("b", await Ids("b", "b"));
        Assert.Equal("", await Ids("ea", "z"));
        var read = (await stores.Shards.ReadSnapshots(0, "b", "c"))[0];
        Assert.Equal([6], read.Snapshot);
        Assert.Equal([66], read.Recent);
        // Of the two names the newer, as of the snapshot; what came after it is not in it.
        Assert.Equal(new PersonalFields("张三三", "13912345678", null), read.Personal);
        Assert.Equal(PersonalFields.None, (await stores.Shards.ReadSnapshots(0, "b", "c"))[1].Personal);

        async Task<string> Ids(string from, string upTo) => string.Join(',', (await stores.Shards.ReadSnapshots(0, from, upTo)).Select(c => c.Client));
    }

    [Fact]
    public async Task Records_OfAClientBackwards_ComeNewestFirst()
    {
        await using var stores = Make();
        await Fill(stores);
        var newest = Assert.Single(await stores.Shards.ReadBack(0, 6, 1));
        Assert.Equal((6L, "b", 3L), (newest.Position, newest.Client, newest.Previous));
        Assert.Equal([6, 3], (await stores.Shards.ReadBack(0, 6, 10)).Select(r => r.Position));
        Assert.Equal([3], (await stores.Shards.ReadBack(0, newest.Previous, 10)).Select(r => r.Position));
        Assert.Empty(await stores.Shards.ReadBack(0, 0, 10));
    }

    [Fact]
    public async Task Client_WithASnapshot_SaysWhichOfHisRecordsIsTheLastInIt()
    {
        await using var stores = Make();
        var head = await Fill(stores);
        Assert.True(await stores.Shards.Commit(Sample.Next(head) with { Snapshots = [new("b", 7, 6, [6], [])] }));
        Assert.Equal(6, Assert.Single(await stores.Shards.ReadSnapshots(0, "b", "b")).Last);
        Assert.Equal([6, 0], (await stores.Shards.ReadClients(0, [new("b", 6), new("d", 5)])).Select(c => c.Last));
        await using var view = await stores.Shards.OpenView(0);
        Assert.Equal([2, 6, 0, 0, 0], (await All(view, 2)).Select(c => c.Last));
    }

    /// <summary>Clients with a snapshot, with records after one, and with records alone.</summary>
    private static async Task<ShardHead> Fill(IStores stores)
    {
        var head = await stores.Shards.Acquire(0);
        Assert.True(await stores.Shards.Commit(Sample.Next(head, Sample.Control(1), Sample.Event(2, "x")) with { Checkpoint = 2, Snapshots = [new("a", 2, 2, [1], []), new("c", 2, 0, [1], []), new("e", 2, 0, [1], [])] }));
        head = head with { Last = 2, Checkpoint = 2 };
        Assert.True(await stores.Shards.Commit(Sample.Next(
            head, Sample.Event(3, "b", new("张三", "13912345678", null)), Sample.Event(4, "c", new("李四", null, null)), Sample.Event(5, "d"),
            Sample.Event(6, "b", new("张三三", null, null), previous: 3), Sample.Event(7, "e"))));
        return head with { Last = 7 };
    }

    private static async Task<List<StoredClient>> All(IShardView view, int most)
    {
        List<StoredClient> all = [];
        while (await view.Next(most) is { Count: > 0 } piece)
        {
            Assert.InRange(piece.Count, 1, most);
            all.AddRange(piece);
        }

        return all;
    }
}
