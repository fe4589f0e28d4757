using Engagement.Contracts.Storage;

namespace Engagement.Storage.Tests;

/// <summary>What every database must keep of a branch's places.</summary>
public abstract class BranchStoreContract
{
    protected abstract IStores Make();

    [Fact]
    public async Task Commit_AfterReopening_IsReadBackWhole()
    {
        await using var stores = Make();
        Place held = new("c-1", "o-1", 4, 60_000_000, "a-1", true);
        Place waits = new("c-2", "o-1", 5, 70_000_000, null, false);
        Assert.True(await stores.Branches.Commit(new("hn", 0, [held, waits], [], [("shard:1", 8)])));
        await stores.Reopen();
        var now = await stores.Branches.Read("hn");
        Assert.Equal((1, 8), (now.Version, now.Cursors["shard:1"]));
        Assert.Equal([held, waits], now.Places.OrderBy(p => p.Client));
        Assert.Empty((await stores.Branches.Read("bj")).Places);

        Assert.True(await stores.Branches.Commit(new("hn", 1, [waits with { Advisor = "a-1" }], ["c-1"], [("shard:1", 9)])));
        now = await stores.Branches.Read("hn");
        Assert.Equal((2, 9), (now.Version, now.Cursors["shard:1"]));
        Assert.Equal(waits with { Advisor = "a-1" }, Assert.Single(now.Places));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Commit_OfTwoWritersAtOneVersion_TakesOne(int version)
    {
        await using var stores = Make();
        for (var i = 0; i < version; i++)
        {
            Assert.True(await stores.Branches.Commit(new("hn", i, [], [], [])));
        }

        var taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(w => stores.Branches.Commit(new("hn", version, [new($"c-{w}", "o", 1, 1, "a-1", false)], [], []))));
        var winner = Assert.Single(taken.Index(), t => t.Item).Index;
        Assert.Equal($"c-{winner}", Assert.Single((await stores.Branches.Read("hn")).Places).Client);
    }
}
