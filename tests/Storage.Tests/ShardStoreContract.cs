using System.Text;
using Engagement.Contracts.Storage;
using Engagement.Domain.Clients;

namespace Engagement.Storage.Tests;

/// <summary>What every database must keep of a shard's log. Run once for each.</summary>
public abstract class ShardStoreContract
{
    protected abstract IStores Make();

    [Fact]
    public async Task Acquire_Again_RaisesTheEpochAndFencesTheOldOne()
    {
        await using var stores = Make();
        var old = await stores.Shards.Acquire(3);
        Assert.Equal(new ShardHead(3, 1, 0, 0, 0, 0, null, 0), old);
        var taken = await stores.Shards.Acquire(3);
        Assert.Equal(2, taken.Epoch);

        var stale = Sample.Next(old, Sample.Event(1, "c-1", new("张三", null, null))) with
        {
            Effects = [Sample.Effects("c-1") with { Memberships = [new("dormant", true, 1)], Place = new("o", "hq") }],
            Outbox = [new(1, [1])],
            OutboxSeq = 1,
            Snapshots = [new("c-1", 1, 1, [1], [2])],
            Dues = [new("c-1", 50, 60)],
        };
        Assert.False(await stores.Shards.Commit(stale));

        Assert.Empty(await stores.Shards.ReadClients(3, [new("c-1", 0)]));
        Assert.Empty(await stores.Shards.ReadClientHeads(3));
        Assert.Empty(await stores.Shards.ReadDues(3));
        Assert.Empty(await stores.Shards.ReadTail(3, 0));
        Assert.Empty(await stores.Shards.ReadOutbox(3));
        Assert.Empty(await stores.Queries.MemberCounts(ClientFilter.All));
        Assert.Empty(await stores.Queries.Events(3, new("c-1", 1), 0, 10));
        Assert.Equal(0, (await stores.Shards.Acquire(3)).Last);
    }

    [Fact]
    public async Task Acquire_OfAnotherShard_FencesNobody()
    {
        await using var stores = Make();
        var first = await stores.Shards.Acquire(0);
        await stores.Shards.Acquire(1);
        Assert.True(await stores.Shards.Commit(Sample.Next(first, Sample.Event(1, "c-1"))));
    }

    [Fact]
    public async Task Commit_FromAnotherPosition_WritesNothing()
    {
        await using var stores = Make();
        var head = await stores.Shards.Acquire(0);
        Assert.True(await stores.Shards.Commit(Sample.Next(head, Sample.Event(1, "c-1"))));
        Assert.False(await stores.Shards.Commit(Sample.Next(head, Sample.Event(2, "c-2"))));
        Assert.Empty(await stores.Shards.ReadTail(0, 1));
    }

    [Fact]
    public async Task Record_OfTheEnginesOwn_IsHeldByClientAndId()
    {
        await using var stores = Make();
        var head = await stores.Shards.Acquire(0);
        var grant = Sample.Event(1, "c-1") with { Kind = RecordKind.Granted, Source = "engagement", Id = "grant:1" };
        Assert.True(await stores.Shards.Commit(Sample.Next(head, grant, Sample.Event(2, "c-1") with { Previous = 1 })));
        var held = new RecordSought("c-1", 2, "grant:1", 0, 0);
        RecordSought[] others = [held with { Id = "grant:2" }, held with { Id = "e-2" }, held with { AfterPosition = 1 }, held with { FromMs = 1_000 }, held with { Client = "c-2", Last = 0 }];
        Assert.Equal([held], await stores.Shards.ReadHeld(0, [held, .. others]));
    }

    [Fact]
    public async Task Commit_AfterReopening_IsReadBackWhole()
    {
        await using var stores = Make();
        var head = await stores.Shards.Acquire(0);
        var (control, record) = (Sample.Control(1), Sample.Event(2, "c-1", data: """{"page":"基金"}"""));
        Assert.True(await stores.Shards.Commit(Sample.Next(head, control, record) with { NowMs = 99, OutboxSeq = 7, RolledPosition = 1, RolledTo = "c-0", Checkpoint = 1, Outbox = [new(7, [4, 2])] }));

        await stores.Reopen();
        Assert.Equal(new ShardHead(0, 2, 2, 7, 99, 1, "c-0", 1), await stores.Shards.Acquire(0));
        Same(control, Assert.Single(await stores.Shards.ReadControls(0)));
        Assert.Equal([new("c-1", 2)], await stores.Shards.ReadTail(0, 1));
        var client = Assert.Single(await stores.Shards.ReadClients(0, [new("c-1", 2), new("c-unknown", 0)]));
        Assert.Equal(("c-1", 0L), (client.Client, client.Position));
        Assert.Null(client.Snapshot);
        Same(record, Assert.Single(client.Tail));
        var message = Assert.Single(await stores.Shards.ReadOutbox(0));
        Assert.Equal(7, message.Seq);
        Assert.Equal([4, 2], message.Payload);
    }

    [Fact]
    public async Task ReadClients_WithSnapshot_GivesOnlyTheRecordsAfterIt()
    {
        await using var stores = Make();
        var head = await stores.Shards.Acquire(0);
        Assert.True(await stores.Shards.Commit(Sample.Next(head, Sample.Event(1, "c-1"), Sample.Event(2, "c-2"), Sample.Event(3, "c-1", previous: 1), Sample.Event(4, "c-1", previous: 3)) with
        {
            Snapshots = [new("c-1", 3, 3, [3], [33])],
        }));
        var client = Assert.Single(await stores.Shards.ReadClients(0, [new("c-1", 4)]));
        Assert.Equal(3, client.Position);
        Assert.Equal([3], client.Snapshot);
        Assert.Equal([33], client.Recent);
        Assert.Equal([4], client.Tail.Select(r => r.Position));
        Assert.Equal(new StoredClientHead("c-1", 3, 3), Assert.Single(await stores.Shards.ReadClientHeads(0)));
    }

    [Fact]
    public async Task Personal_OnDisk_IsSealedAndOpenedAgain()
    {
        await using var stores = Make();
        var head = await stores.Shards.Acquire(0);
        var first = new PersonalFields("欧阳测试甲", "13912345678", new DateOnly(1990, 2, 3));
        var second = new PersonalFields("欧阳测试乙", null, null);
        Assert.True(await stores.Shards.Commit(Sample.Next(head, Sample.Event(1, "c-1", first), Sample.Event(2, "c-1", second, previous: 1), Sample.Event(3, "c-1", new(null, "13800001111", null), previous: 2)) with
        {
            Snapshots = [new("c-1", 2, 2, [1], [])],
        }));

        var client = Assert.Single(await stores.Shards.ReadClients(0, [new("c-1", 3)]));
        Assert.Equal(new PersonalFields("欧阳测试乙", "13912345678", new DateOnly(1990, 2, 3)), client.Personal);
        Assert.Equal(new PersonalFields(null, "13800001111", null), Assert.Single(client.Tail).Personal);
        foreach (var @event in await stores.Queries.Events(0, new("c-1", 3), 0, 10))
        {
            Assert.Equal("{}", Encoding.UTF8.GetString(@event.Data));
        }

        var bytes = await stores.RawBytes();
        Assert.True(bytes.AsSpan().IndexOf("app.active"u8) >= 0, "What is not personal must be found, or the search proves nothing.");
        foreach (var plain in (string[])["欧阳测试甲", "欧阳测试乙", "13912345678", "13800001111", "1990-02-03"])
        {
            Assert.True(bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(plain)) < 0, $"{plain} lies open on the disk.");
        }
    }

    [Fact]
    public void Personal_MovedToAnotherPlace_DoesNotOpen()
    {
        var key = PersonalSeal.NewKey();
        var fields = new PersonalFields("张三", null, null);
        var closed = PersonalSeal.Seal(fields, key, "c-1", 0, 1);
        Assert.Equal(fields, PersonalSeal.Open(closed, key, "c-1", 0, 1));
        Assert.Equal(PersonalFields.None, PersonalSeal.Open(closed, null, "c-1", 0, 1));
        Assert.ThrowsAny<System.Security.Cryptography.CryptographicException>(() => PersonalSeal.Open(closed, key, "c-2", 0, 1));
        Assert.ThrowsAny<System.Security.Cryptography.CryptographicException>(() => PersonalSeal.Open(closed, key, "c-1", 0, 2));
    }

    [Fact]
    public async Task Outbox_UntilDelivered_IsKeptInOrder()
    {
        await using var stores = Make();
        var head = await stores.Shards.Acquire(0);
        Assert.True(await stores.Shards.Commit(Sample.Next(head) with { OutboxSeq = 3, Outbox = [new(1, [1]), new(2, [2]), new(3, [3])] }));
        Assert.True(await stores.Shards.Commit(Sample.Next(head) with { OutboxSeq = 3, Delivered = [2] }));
        Assert.Equal([1, 3], (await stores.Shards.ReadOutbox(0)).Select(r => r.Seq));
    }

    [Fact]
    public async Task Reads_DuringWrites_SeeWholeCommits()
    {
        await using var stores = Make();
        var head = await stores.Shards.Acquire(0);
        using var done = new CancellationTokenSource();
        var reads = Task.Run(async () =>
        {
            var seen = 0L;
            while (!done.IsCancellationRequested)
            {
                // Each commit holds a record of either client, or neither.
                var tail = await stores.Shards.ReadTail(0, 0);
                Assert.True(tail.Count >= seen, "What was once read is gone.");
                Assert.True(tail.Count % 2 == 0, "Half of a commit was read.");
                seen = tail.Count;
            }

            return seen;
        });
        for (var i = 0; i < 100; i++)
        {
            Assert.True(await stores.Shards.Commit(Sample.Next(head, Sample.Event(head.Last + 1, "c-1", previous: Math.Max(0, head.Last - 1)), Sample.Event(head.Last + 2, "c-2", previous: head.Last))));
            head = head with { Last = head.Last + 2 };
        }

        await done.CancelAsync();
        await reads;
        Assert.Equal(100, (await stores.Queries.Events(0, new("c-1", head.Last - 1), 0, 1_000)).Count);
    }

    internal static void Same(LogRecord expected, LogRecord actual)
    {
        Assert.Equal(expected with { Data = [] }, actual with { Data = [] }, (a, b) => a.ToString() == b.ToString());
        Assert.Equal(expected.Data, actual.Data);
    }
}
