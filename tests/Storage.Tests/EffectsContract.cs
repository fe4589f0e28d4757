using Engagement.Contracts.Storage;
using Engagement.Domain.Campaigns;
using Engagement.Domain.Clients;
using Engagement.Domain.Organisation;

namespace Engagement.Storage.Tests;

/// <summary>What follows from records, and the lists that are read from it.</summary>
public abstract class EffectsContract
{
    protected abstract IStores Make();

    [Fact]
    public async Task Due_AsLastWritten_IsRead()
    {
        await using var stores = Make();
        var head = await stores.Shards.Acquire(0);
        Assert.True(await stores.Shards.Commit(Sample.Next(head) with { Dues = [new("a", 100, long.MaxValue), new("b", 200, 250)] }));
        Assert.True(await stores.Shards.Commit(Sample.Next(head) with { Dues = [new("a", 150, 160), new("b", long.MaxValue, long.MaxValue), new("c", 9, 9)] }));
        Assert.Equal([new("a", 150, 160), new("c", 9, 9)], await stores.Shards.ReadDues(0));
        Assert.Empty(await stores.Shards.ReadDues(1));
    }

    [Fact]
    public async Task Members_EnteringAndLeaving_AreCountedAndPaged()
    {
        await using var stores = Make();
        var head = await stores.Shards.Acquire(0);
        await Commit(stores, head, [.. "dacb".Select((c, i) => Enter(c.ToString(), "dormant", 10 + i))]);
        await Commit(stores, head, Sample.Effects("a") with { Memberships = [new("dormant", false, 20)] }, Enter("b", "dormant", 30), Enter("b", "rich", 31));

        Assert.Equal(new Dictionary<string, long> { ["dormant"] = 3, ["rich"] = 1 }, await stores.Queries.MemberCounts(ClientFilter.All));
        Assert.Equal([("b", 30), ("c", 12)], await stores.Queries.Members("dormant", ClientFilter.All, null, 2));
        Assert.Equal([("d", 10)], await stores.Queries.Members("dormant", ClientFilter.All, "c", 2));
    }

    [Fact]
    public async Task Members_UnderAFilter_AreThoseOfItsOutletsAndDesksNow()
    {
        await using var stores = Make();
        var head = await stores.Shards.Acquire(0);
        await Commit(stores, head,
            Enter("a", "s", 1) with { Place = new("o-1", "outlet:o-1") },
            Enter("b", "s", 1) with { Place = new("o-2", "advisor:x") },
            Enter("c", "s", 1) with { Place = new("o-3", "hq") });
        await Commit(stores, head, Sample.Effects("a") with { Place = new("o-2", "outlet:o-2") });

        Assert.Equal(["a", "b"], (await stores.Queries.Members("s", new(["o-2"], null), null, 10)).Select(m => m.Client));
        Assert.Equal(["c"], (await stores.Queries.Members("s", new(null, ["hq"]), null, 10)).Select(m => m.Client));
        Assert.Empty(await stores.Queries.Members("s", new(["o-1"], ["advisor:y"]), null, 10));
        Assert.Equal(2, (await stores.Queries.MemberCounts(new(["o-3"], ["advisor:x"])))["s"]);
        Assert.Equal(["a"], (await stores.Queries.Places(["a", "nobody"])).Select(p => p.Key));
        // Related to nothing is not related to everything.
        Assert.Empty(await stores.Queries.MemberCounts(new([], [])));
    }

    [Fact]
    public async Task Members_AtHeadquarters_AreThoseOfTheScopesThatAMandateCovers()
    {
        await using var stores = Make();
        var head = await stores.Shards.Acquire(0);
        await Commit(stores, head,
            Enter("tail", "s", 1) with { Place = new("o-1", "hq") { HqFor = MandateScope.Tail } },
            Enter("over", "s", 1) with { Place = new("o-1", "hq") { HqFor = MandateScope.Overflow } },
            Enter("unknown", "s", 1) with { Place = new("o-1", "hq") },
            Enter("away", "s", 1) with { Place = new("o-1", "outlet:o-1") });

        async Task<string[]> Members(ClientFilter filter) => [.. (await stores.Queries.Members("s", filter, null, 10)).Select(m => m.Client)];
        Assert.Equal(["tail", "unknown"], await Members(new([], [], ["o-1"], [])));
        Assert.Equal(["over", "unknown"], await Members(new([], [], [], ["o-1"])));
        Assert.Equal(["over", "tail", "unknown"], await Members(new([], [], ["o-1"], ["o-1"])));
        Assert.Empty(await Members(new([], [], ["o-2"], ["o-2"])));
        Assert.Equal(2, (await stores.Queries.MemberCounts(new([], [], ["o-1"], [])))["s"]);
        Assert.Equal(MandateScope.Overflow, (await stores.Queries.Places(["over"]))["over"].HqFor);
    }

    [Fact]
    public async Task Decision_WithItsFinalOutcome_StaysOneInItsPlace()
    {
        await using var stores = Make();
        var head = await stores.Shards.Acquire(0);
        await Commit(stores, head, Decides("c", Sample.Decision("d-1", "c", Outcomes.Quiet), Sample.Decision("d-2", "c", Outcomes.Cap)));
        await Commit(stores, head, Decides("c", Sample.Decision("d-1", "c", Outcomes.Raised, "d-1")), Decides("other", Sample.Decision("d-3", "other", Outcomes.Raised)));

        var decisions = await stores.Queries.Decisions("c", 0, 10);
        Assert.Equal([("d-2", Outcomes.Cap, null), ("d-1", Outcomes.Raised, "d-1")], decisions.Select(d => (d.Decision.Id, d.Decision.Outcome, d.Decision.Prompt)));
        Assert.Equal(new("client.assets", "120000.0"), Assert.Single(decisions[0].Decision.Because));
        Assert.Equal(["d-1"], (await stores.Queries.Decisions("c", decisions[0].Cursor, 10)).Select(d => d.Decision.Id));
        Assert.Equal(["d-2"], (await stores.Queries.Decisions("c", 0, 1)).Select(d => d.Decision.Id));
    }

    [Fact]
    public async Task Events_OfAClient_AreNewestFirstWithoutTheEnginesOwn()
    {
        await using var stores = Make();
        var head = await stores.Shards.Acquire(0);
        var due = Sample.Event(2, "c", previous: 1) with { Kind = RecordKind.Due, Type = LogRecord.DueType };
        Assert.True(await stores.Shards.Commit(Sample.Next(head, Sample.Event(1, "c"), due, Sample.Event(3, "x"), Sample.Event(4, "c", previous: 2))));
        Assert.Equal([4, 1], (await stores.Queries.Events(0, new("c", 4), 0, 10)).Select(e => e.Position));
        Assert.Equal([4], (await stores.Queries.Events(0, new("c", 4), 0, 1)).Select(e => e.Position));
        Assert.Equal([1], (await stores.Queries.Events(0, new("c", 4), 4, 10)).Select(e => e.Position));
        // A cursor that is somebody else's, or nobody's, shows nothing.
        Assert.Empty(await stores.Queries.Events(0, new("c", 4), 3, 10));
        Assert.Empty(await stores.Queries.Events(0, new("c", 4), long.MaxValue, 10));
    }

    [Fact]
    public async Task DeadLetters_AfterReopening_ArePagedInOrder()
    {
        await using var stores = Make();
        await stores.DeadLetters.Add([new(0, 5, 1, "e-1", "event.data.invalid", "bad", "{}"), new(0, 6, 2, null, "event.json.invalid", "worse", "{\uFFFD")]);
        await stores.Reopen();
        await stores.DeadLetters.Add([new(0, 7, 0, "e-3", "event.too.deep", "deep", "[[[")]);
        var all = await stores.DeadLetters.Read(0, 10);
        Assert.Equal(["e-1", null, "e-3"], all.Select(l => l.Id));
        Assert.Equal(new DeadLetter(all[1].Position, 6, 2, null, "event.json.invalid", "worse", "{\uFFFD"), all[1]);
        Assert.Equal([all[1]], await stores.DeadLetters.Read(all[0].Position, 1));
    }

    private static async Task Commit(IStores stores, ShardHead head, params ClientEffects[] effects) =>
        Assert.True(await stores.Shards.Commit(Sample.Next(head) with
        {
            Effects = effects,
            Snapshots = [.. effects.Select(e => new SnapshotRow(e.Client, 1, 1, [1], []))],
        }));

    private static ClientEffects Enter(string client, string segment, long atMs) => Sample.Effects(client) with { Memberships = [new(segment, true, atMs)] };

    private static ClientEffects Decides(string client, params Decision[] decisions) => Sample.Effects(client) with { Decisions = [.. decisions] };
}
