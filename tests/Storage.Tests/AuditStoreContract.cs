using Engagement.Contracts.Storage;
using Engagement.Domain.Audit;
using Engagement.Storage.Audit;

namespace Engagement.Storage.Tests;

/// <summary>What every database must keep of the audit trail, and what is found of what was done to it behind the engine's back.</summary>
public abstract class AuditStoreContract
{
    private const int Shards = 3;

    protected abstract IStores Make();

    /// <summary>The same database, opened by another process.</summary>
    protected abstract IAuditView View(IStores stores);

    /// <summary>Runs statements as whoever owns the database.</summary>
    protected abstract Task Run(IStores stores, string sql);

    /// <summary>Lets rows be changed, as who owns the database can.</summary>
    protected abstract string Unguard { get; }

    [Fact]
    public async Task Append_OfManyAtOnce_ChainsEachOnceAndGoesOnAfterReopening()
    {
        await using var stores = Make();
        using var key = AuditKey.New();
        Assert.True(await stores.Audit.Begin(Shards, key));
        await Task.WhenAll(Enumerable.Range(0, 300).Select(i => stores.Audit.Append(i % Shards, Entry(i), key)));
        await stores.Reopen();
        Assert.True(await stores.Audit.Begin(Shards, key));
        await stores.Audit.Append(1, Entry(300), key);

        var report = Verify(stores, key);
        Assert.Empty(report.Faults);
        Assert.Equal((301, Shards), (report.Rows, report.Heads.Count));
        Assert.Equal([100L, 101, 100], report.Heads.Select(h => h.Seq));
        var all = await stores.Audit.Read(new(null, null, null, null, null, true), 1_000);
        Assert.Equal(Enumerable.Range(0, 301).Select(i => $"c-{i}"), all.Select(r => r.Entry.Client));
        Assert.Equal(Entry(300), all[^1].Entry);
    }

    [Fact]
    public async Task Append_WhereTheChainHasNoHead_IsRefused()
    {
        await using var stores = Make();
        using var key = AuditKey.New();
        await Assert.ThrowsAsync<StoreUnavailableException>(() => stores.Audit.Append(0, Entry(1), key));
        await stores.Audit.Begin(Shards, key);
        await Run(stores, "delete from audit_head where shard = 1");
        await Assert.ThrowsAsync<StoreUnavailableException>(() => stores.Audit.Append(1, Entry(1), key));
        await stores.Audit.Append(0, Entry(1), key);
        Assert.Equal(["head missing"], Verify(stores, key).Faults.Select(f => f.Kind));
    }

    [Fact]
    public async Task Begin_WithAnotherKey_IsRefused()
    {
        await using var stores = Make();
        using var key = AuditKey.New();
        using var other = AuditKey.New();
        Assert.True(await stores.Audit.Begin(Shards, key));
        Assert.False(await stores.Audit.Begin(Shards, other));
    }

    [Fact]
    public async Task Begin_WithAKeyThatFollowsTheFirst_GoesOnAndTheFirstAloneDoesNot()
    {
        await using var stores = Make();
        using var key = AuditKey.New();
        using var next = AuditKey.New();
        using var both = AuditKey.Read(next.PrivatePem() + key.PublicPem());
        Assert.True(await stores.Audit.Begin(Shards, key));
        await stores.Audit.Append(1, Entry(1), key);

        Assert.True(await stores.Audit.Begin(Shards, both));
        Assert.Equal([0, 1, 2], (await stores.Audit.Heads()).Where(h => AuditChain.IsSignedByFormer(h, both)).Select(h => h.Shard));
        await stores.Audit.Append(1, Entry(2), both);

        Assert.Equal([0, 2], (await stores.Audit.Heads()).Where(h => AuditChain.IsSignedByFormer(h, both)).Select(h => h.Shard));
        Assert.Empty(Verify(stores, both).Faults);
        Assert.Equal([0, 2], Verify(stores, next).Faults.Select(f => f.Shard));
        Assert.False(await stores.Audit.Begin(Shards, key));
    }

    [Fact]
    public async Task Read_ByFilters_GivesPagesInEitherOrder()
    {
        await using var stores = Make();
        using var key = AuditKey.New();
        await stores.Audit.Begin(Shards, key);
        for (var i = 0; i < 10; i++)
        {
            // Three of one instant, in different chains.
            await stores.Audit.Append(i % Shards, Entry(i) with { AtMs = i / 3, Who = i % 2 == 0 ? "even" : "odd", Client = i == 4 ? null : $"c-{i % 5}" }, key);
        }

        async Task<IEnumerable<long>> Read(AuditQuery query) => (await stores.Audit.Read(query, 100)).Select(r => (r.Seq - 1) * Shards + r.Shard);
        Assert.Equal([9L, 8, 7, 6, 5, 4, 3, 2, 1, 0], await Read(new(null, null, null, null, null, false)));
        Assert.Equal([1L, 6], await Read(new("c-1", null, null, null, null, true)));
        Assert.Equal([8L, 6, 4, 2, 0], await Read(new(null, "even", null, null, null, false)));
        Assert.Equal([3L, 4, 5], await Read(new(null, null, 1, 2, null, true)));
        Assert.Equal([6L], await Read(new("c-1", "even", 1, null, null, true)));
        List<long> paged = [];
        AuditPlace? after = null;
        while (await stores.Audit.Read(new(null, null, null, null, after, false), 3) is { Count: > 0 } page)
        {
            paged.AddRange(page.Select(r => (r.Seq - 1) * Shards + r.Shard));
            after = new(page[^1].Entry.AtMs, page[^1].Shard, page[^1].Seq);
        }

        Assert.Equal([9L, 8, 7, 6, 5, 4, 3, 2, 1, 0], paged);
    }

    [Fact]
    public async Task Rows_AreNotToBeChangedByMistake()
    {
        await using var stores = Make();
        using var key = AuditKey.New();
        await stores.Audit.Begin(Shards, key);
        await stores.Audit.Append(0, Entry(1), key);
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => Run(stores, "update audit set who = 'x'"));
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => Run(stores, "delete from audit"));
        Assert.Empty(Verify(stores, key).Faults);
    }

    [Theory]
    [InlineData("update audit set who = 'nobody' where shard = 1 and seq = 2", "changed")]
    [InlineData("update audit set at_ms = at_ms + 1 where shard = 1 and seq = 3", "changed")]
    [InlineData("update audit set client = null where shard = 1 and seq = 1", "changed")]
    [InlineData("update audit set hash = (select hash from audit where shard = 1 and seq = 3) where shard = 1 and seq = 2", "changed")]
    [InlineData("delete from audit where shard = 1 and seq = 2", "missing")]
    [InlineData("delete from audit where shard = 1 and seq = 4", "missing")]
    [InlineData("delete from audit where shard = 1", "missing")]
    [InlineData("insert into audit select shard, 5, at_ms, who, role, node, action, refused, client, target, detail, branch, mandate, hash from audit where shard = 1 and seq = 4", "inserted")]
    [InlineData("insert into audit select shard, 0, at_ms, who, role, node, action, refused, client, target, detail, branch, mandate, hash from audit where shard = 1 and seq = 4", "inserted")]
    [InlineData("insert into audit select 9, seq, at_ms, who, role, node, action, refused, client, target, detail, branch, mandate, hash from audit where shard = 1", "inserted")]
    [InlineData("update audit set seq = 99 where shard = 1 and seq = 2; update audit set seq = 2 where shard = 1 and seq = 3; update audit set seq = 3 where shard = 1 and seq = 99", "changed")]
    [InlineData("update audit set seq = seq + 10 where shard = 1 and seq = 4", "missing")]
    [InlineData("update audit_head set seq = 3, hash = (select hash from audit where shard = 1 and seq = 3) where shard = 1; delete from audit where shard = 1 and seq = 4", "head forged")]
    [InlineData("update audit_head set signature = (select signature from audit_head where shard = 2) where shard = 1", "head forged")]
    [InlineData("delete from audit_head where shard = 1", "head missing")]
    [InlineData("delete from audit; delete from audit_head", "head missing")]
    public async Task Verify_AfterSomebodyChangedTheDatabase_FindsIt(string sql, string kind)
    {
        await using var stores = Make();
        using var key = AuditKey.New();
        await stores.Audit.Begin(Shards, key);
        for (var i = 0; i < 12; i++)
        {
            await stores.Audit.Append(i % Shards, Entry(i), key);
        }

        Assert.Empty(Verify(stores, key).Faults);
        await Run(stores, Unguard);
        await Run(stores, sql);
        var faults = Verify(stores, key).Faults;
        Assert.Contains(faults, f => f.Kind == kind);
        Assert.All(faults, f => Assert.True(f.Shard is 1 or 9 || sql.StartsWith("delete from audit;", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Verify_OfADatabasePutBack_IsFoundByTheHeadsThatWereKept()
    {
        await using var stores = Make();
        using var key = AuditKey.New();
        await stores.Audit.Begin(Shards, key);
        await stores.Audit.Append(1, Entry(1), key);
        await Run(stores, "create table kept as select * from audit_head");
        await stores.Audit.Append(1, Entry(2), key);
        var known = Verify(stores, key).Heads;
        await Run(stores, Unguard);
        await Run(stores, "delete from audit where seq = 2; delete from audit_head; insert into audit_head select * from kept");
        Assert.Empty(Verify(stores, key).Faults);
        Assert.Equal(["rolled back"], Verify(stores, key, known).Faults.Select(f => f.Kind));
    }

    private AuditReport Verify(IStores stores, AuditKey key, IReadOnlyList<AuditHead>? known = null)
    {
        using var view = View(stores);
        return AuditVerification.Run(view, Shards, key, known ?? []);
    }

    private static AuditEntry Entry(int i) => new(1_767_225_600_000 + i, "a-1", "advisor", null, "prompt.accept", i % 7 == 0, $"c-{i}", "hq", "张三？", "tj", "tj-tail");
}
