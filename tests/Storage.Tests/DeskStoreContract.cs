using Engagement.Contracts.Desks;
using Engagement.Contracts.Storage;
using Engagement.Domain.Desks;

namespace Engagement.Storage.Tests;

/// <summary>What every database must keep of a desk.</summary>
public abstract class DeskStoreContract
{
    private const string Desk = "advisor:a-1";

    protected abstract IStores Make();

    [Fact]
    public async Task Commit_OfTwoWritersAtOneVersion_TakesOne()
    {
        await using var stores = Make();
        for (var round = 0; round < 5; round++)
        {
            var now = await stores.Desks.Read(Desk);
            var taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => stores.Desks.Commit(Sample.Desk(now, Desk) with { Clients = writer })));
            var winner = Assert.Single(taken.Index(), t => t.Item).Index;
            var after = await stores.Desks.Read(Desk);
            Assert.Equal((now.Version + 1, now.Seq + 1, (long)winner), (after.Version, after.Seq, after.Clients));
        }
    }

    [Fact]
    public async Task Commit_AtAnOldVersion_WritesNothing()
    {
        await using var stores = Make();
        var old = await stores.Desks.Read(Desk);
        Assert.True(await stores.Desks.Commit(Sample.Desk(old, Desk)));
        Assert.False(await stores.Desks.Commit(Sample.Desk(old, Desk) with { Prompts = [Sample.Prompt("p", Desk, 1)], Cursors = [("shard:0", 9)], Records = [new("x", "c", [])] }));
        var now = await stores.Desks.Read(Desk);
        Assert.Empty(now.Live);
        Assert.Empty(now.Cursors);
        Assert.Empty(await stores.Desks.ReadPending());
    }

    [Fact]
    public async Task Commit_AfterReopening_IsReadBackWhole()
    {
        await using var stores = Make();
        var prompt = Sample.Prompt("p", Desk, 1);
        Assert.True(await stores.Desks.Commit(Sample.Desk(await stores.Desks.Read(Desk), Desk) with
        {
            Clients = 4,
            Prompts = [prompt],
            Cursors = [("shard:0", 9)],
            OnDesk = [("c-1", new(5, null)), ("c-2", new(6, "hq"))],
            Handovers = [new(6, "hq", new("c-2", 6, [Sample.Prompt("q", "hq", 2)]))],
            Records = [new("act-1", "c-1", [1, 2])],
        }));
        await stores.Reopen();
        var now = await stores.Desks.Read(Desk);
        Assert.Equal((1, 1, 4), (now.Version, now.Seq, now.Clients));
        Same(prompt, Assert.Single(now.Live));
        Assert.Equal(9, now.Cursors["shard:0"]);
        Assert.Equal(new(5, null), now.OnDesk["c-1"]);
        Assert.Equal(new(6, "hq"), now.OnDesk["c-2"]);
        var handover = Assert.Single(now.Handovers);
        Assert.Equal((6, "hq", "c-2"), (handover.Id, handover.To, handover.Moved.Client));
        Same(Sample.Prompt("q", "hq", 2), Assert.Single(handover.Moved.Prompts));
        Assert.Equal([1, 2], Assert.Single(now.Records).Data);
        Assert.Equal([Desk], await stores.Desks.ReadPending());

        await stores.Desks.Delivered(Desk, 6);
        await stores.Desks.Appended("act-1");
        Assert.Empty(await stores.Desks.ReadPending());
    }

    [Fact]
    public async Task Action_TakenTwice_KeepsItsFirstAnswer()
    {
        await using var stores = Make();
        var first = new ActAnswer(Sample.Prompt("p", Desk, 1, PromptState.Accepted), null);
        await Commit(stores, c => c with { Actions = [("act-1", first)] });
        await Commit(stores, c => c with { Actions = [("act-1", new(null, new(ActionRefusal.State, "later")))] });
        var kept = await stores.Desks.ReadAction("act-1");
        Assert.Equal(PromptState.Accepted, kept?.Prompt?.State);
        Assert.Null(kept!.Refusal);
        Assert.Null(await stores.Desks.ReadAction("act-2"));
    }

    [Fact]
    public async Task Prompts_ByState_AreRankedAndLiveByDefault()
    {
        await using var stores = Make();
        await Commit(stores, c => c with
        {
            Prompts =
            [
                Sample.Prompt("low", Desk, 1, priority: 10), Sample.Prompt("high", Desk, 2, PromptState.Accepted, 90),
                Sample.Prompt("done", Desk, 3, PromptState.Done), Sample.Prompt("left", "hq", 4), Sample.Prompt("mid", Desk, 5),
            ],
        });
        Assert.Equal(["high", "mid", "low"], Ids(await stores.Desks.ReadPrompts(Desk, null)));
        Assert.Equal(["mid", "low"], Ids(await stores.Desks.ReadPrompts(Desk, PromptState.Open)));
        Assert.Equal(["done"], Ids(await stores.Desks.ReadPrompts(Desk, PromptState.Done)));
        // Whoever watches the desk is told of the one that left, too.
        Assert.Equal(["done", "left", "mid"], Ids(await stores.Desks.ReadChanges(Desk, 2, 10)));
        Assert.Equal(["done"], Ids(await stores.Desks.ReadChanges(Desk, 2, 1)));
        Assert.Equal(PromptState.Done, (await stores.Desks.ReadPrompt(Desk, "done"))?.State);
        Assert.Null(await stores.Desks.ReadPrompt("hq", "done"));
    }

    [Fact]
    public async Task Due_OnADesk_IsFoundFromItsInstantOnUntilItChanged()
    {
        await using var stores = Make();
        await Commit(stores, c => c with { Prompts = [Sample.Prompt("p", Desk, 1, expiresMs: 500), Sample.Prompt("accepted", Desk, 2, PromptState.Accepted, expiresMs: 1)] });
        Assert.Empty(await stores.Desks.ReadDue(499));
        Assert.Equal([Desk], await stores.Desks.ReadDue(500));
        await Commit(stores, c => c with { Prompts = [Sample.Prompt("p", Desk, 3, PromptState.Expired)] });
        Assert.Empty(await stores.Desks.ReadDue(long.MaxValue));
    }

    private static async Task Commit(IStores stores, Func<DeskCommit, DeskCommit> with) =>
        Assert.True(await stores.Desks.Commit(with(Sample.Desk(await stores.Desks.Read(Desk), Desk))));

    private static IEnumerable<string> Ids(IReadOnlyList<Prompt> prompts) => prompts.Select(p => p.Id);

    private static void Same(Prompt expected, Prompt actual)
    {
        Assert.Equal(expected.Because.AsEnumerable(), actual.Because.AsEnumerable());
        Assert.Equal(expected with { Because = [] }, actual with { Because = [] });
    }
}
