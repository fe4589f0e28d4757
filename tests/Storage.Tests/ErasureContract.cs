using System.Text;
using Engagement.Contracts.Storage;
using Engagement.Domain.Clients;

namespace Engagement.Storage.Tests;

/// <summary>What every database must do with personal fields when the record comes that erases them.</summary>
public abstract class ErasureContract
{
    private static readonly PersonalFields First = new("欧阳测试甲", "13912345678", new DateOnly(1990, 2, 3));

    protected abstract IStores Make();

    [Fact]
    public async Task Erased_AfterReopening_LeavesNothingButTheLog()
    {
        await using var stores = Make();
        var head = await stores.Shards.Acquire(0);
        Assert.True(await stores.Shards.Commit(Sample.Next(head, Sample.Event(1, "c-1", First), Sample.Event(2, "c-2", First)) with { Snapshots = [new("c-1", 1, 1, [1], []), new("c-2", 2, 2, [1], [])] }));
        Assert.True(await stores.Shards.Commit(Sample.Next(head with { Last = 2 }, Sample.Erased(3, "c-1", previous: 1)) with { Snapshots = [new("c-1", 3, 3, [2], [])] }));
        await stores.Reopen();

        var clients = (await stores.Shards.ReadClients(0, [new("c-1", 3), new("c-2", 2)])).ToDictionary(c => c.Client);
        Assert.Equal(PersonalFields.None, clients["c-1"].Personal);
        Assert.Equal(3, clients["c-1"].Position);
        Assert.Equal(First, clients["c-2"].Personal);
        Assert.Equal([1], (await stores.Queries.Events(0, new("c-1", 3), 0, 10)).Select(e => e.Position));
    }

    [Fact]
    public async Task Fields_SentAfterAnErasure_AreSealedAnewAndReadAlone()
    {
        await using var stores = Make();
        var head = await stores.Shards.Acquire(0);
        var second = new PersonalFields("欧阳测试乙", null, null);
        Assert.True(await stores.Shards.Commit(Sample.Next(head, Sample.Event(1, "c-1", First))));
        // In one commit with the record that erases, and in a later one.
        Assert.True(await stores.Shards.Commit(Sample.Next(head with { Last = 1 }, Sample.Event(2, "c-1", First, previous: 1), Sample.Erased(3, "c-1", previous: 2), Sample.Event(4, "c-1", second, previous: 3)) with
        {
            Snapshots = [new("c-1", 4, 4, [2], [])],
        }));
        Assert.True(await stores.Shards.Commit(Sample.Next(head with { Last = 4 }, Sample.Event(5, "c-1", new(null, "13800001111", null), previous: 4))));

        var client = Assert.Single(await stores.Shards.ReadClients(0, [new("c-1", 5)]));
        Assert.Equal(second, client.Personal);
        Assert.Equal(new PersonalFields(null, "13800001111", null), Assert.Single(client.Tail).Personal);
        Assert.Equal("{}", Encoding.UTF8.GetString(Assert.Single(await stores.Queries.Events(0, new("c-1", 5), 2, 10)).Data));
    }

    [Fact]
    public async Task Erased_OfAClientWithRefusedEvents_EmptiesHisAndNoOthers()
    {
        await using var stores = Make();
        var head = await stores.Shards.Acquire(0);
        await stores.DeadLetters.Add([
            new(0, 5, 0, "e-1", "event.data.invalid", "上官测试丙 is no name", """{"subject":"c-1","data":{"name":"上官测试丙"}}""", "c-1"),
            new(0, 5, 1, "e-2", "event.data.invalid", "bad", """{"subject":"c-11","data":{}}""", "c-11"),
            // His id is the name of a field of somebody else's.
            new(0, 5, 2, "e-3", "event.data.invalid", "bad", """{"subject":"c-2","data":{"c-1":1}}""", "c-2")]);
        Assert.True(await stores.Shards.Commit(Sample.Next(head, Sample.Event(1, "c-1", First), Sample.Erased(2, "c-1", previous: 1)) with { Snapshots = [new("c-1", 2, 2, [2], [])] }));
        await stores.Reopen();
        var letters = await stores.DeadLetters.Read(0, 10);
        Assert.Equal([("e-1", ""), ("e-2", """{"subject":"c-11","data":{}}"""), ("e-3", """{"subject":"c-2","data":{"c-1":1}}""")], letters.Select(l => (l.Id!, l.Raw)));
        Assert.Equal(["", "bad", "bad"], letters.Select(l => l.Detail));
    }

    [Fact]
    public async Task Erased_UnderALostEpoch_DestroysNothing()
    {
        await using var stores = Make();
        var old = await stores.Shards.Acquire(0);
        Assert.True(await stores.Shards.Commit(Sample.Next(old, Sample.Event(1, "c-1", First))));
        await stores.Shards.Acquire(0);
        Assert.False(await stores.Shards.Commit(Sample.Next(old with { Last = 1 }, Sample.Erased(2, "c-1"))));
        Assert.Equal(First, Assert.Single(Assert.Single(await stores.Shards.ReadClients(0, [new("c-1", 1)])).Tail).Personal);
    }
}
