using System.Diagnostics;
using Engagement.Contracts.Storage;
using Engagement.Storage.Postgres;
using Engagement.Tests.Postgres;
using Npgsql;

namespace Engagement.Storage.Tests.Postgres;

/// <summary>What goes wrong between a process and its database.</summary>
public sealed class PostgresFaultTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Acquire_OfAShardThatAFrozenCommitterHasLocked_EndsHimByProcessAndStart(bool isRecorded)
    {
        await using var stores = new PostgresStores();
        await stores.Shards.Acquire(0);
        await using var source = NpgsqlDataSource.Create(stores.ConnectionString);
        await using var frozen = await source.OpenConnectionAsync();
        // Somebody who has the process id, but not since then, is somebody else.
        await Run(frozen, $"insert into committer select gen_random_uuid(), pid, backend_start {(isRecorded ? "" : "- interval '1 hour'")} from pg_stat_activity where pid = pg_backend_pid()");
        await using var transaction = await frozen.BeginTransactionAsync();
        await Run(frozen, "update shard set last = last where id = 0");

        if (isRecorded)
        {
            Assert.Equal(2, (await stores.Shards.Acquire(0)).Epoch);
            await Assert.ThrowsAnyAsync<NpgsqlException>(() => Run(frozen, "select 1"));
        }
        else
        {
            await Assert.ThrowsAsync<StoreUnavailableException>(() => stores.Shards.Acquire(0));
            await Run(frozen, "select 1");
        }
    }

    [Fact]
    public async Task Commit_OfADeskThatAFrozenCommitterHasLocked_GoesThrough()
    {
        await using var stores = new PostgresStores();
        var desk = await stores.Desks.Read("hq");
        Assert.True(await stores.Desks.Commit(Sample.Desk(desk, "hq")));
        await using var source = NpgsqlDataSource.Create(stores.ConnectionString);
        await using var frozen = await source.OpenConnectionAsync();
        await Run(frozen, "insert into committer select gen_random_uuid(), pid, backend_start from pg_stat_activity where pid = pg_backend_pid()");
        await using var transaction = await frozen.BeginTransactionAsync();
        await Run(frozen, "update desk set seq = 99");
        Assert.True(await stores.Desks.Commit(Sample.Desk(await stores.Desks.Read("hq"), "hq")));
        Assert.Equal((2, 2), ((await stores.Desks.Read("hq")).Version, (await stores.Desks.Read("hq")).Seq));
    }

    [Fact]
    public async Task Writes_OfOneTransaction_WhereOneCannotBeMade_FailAlone()
    {
        await using var stores = new PostgresStores();
        var heads = await Task.WhenAll(Enumerable.Range(0, 6).Select(stores.Shards.Acquire));
        // PostgreSQL takes no NUL in a text.
        var commits = heads.Select(h => stores.Shards.Commit(Sample.Next(h, Sample.Event(1, "c-1") with { Source = h.Shard == 3 ? "a\0b" : "feed" }))).ToList();
        foreach (var (commit, head) in commits.Zip(heads))
        {
            if (head.Shard == 3)
            {
                await Assert.ThrowsAsync<StoreUnavailableException>(() => commit);
            }
            else
            {
                Assert.True(await commit);
            }

            Assert.Equal(head.Shard == 3 ? 0 : 1, (await stores.Shards.ReadTail(head.Shard, 0)).Count);
        }
    }

    [Fact]
    public async Task Store_WhoseDatabaseGoesAwayAndComesBack_SaysSoAndGoesOn()
    {
        using var server = new PostgresServer();
        await using var stores = new PostgresStores(server.NewDatabase());
        var head = await stores.Shards.Acquire(0);
        Assert.True(await stores.Shards.Commit(Sample.Next(head, Sample.Event(1, "c-1"))));

        server.Stop();
        await Assert.ThrowsAsync<StoreUnavailableException>(() => stores.Shards.Commit(Sample.Next(head with { Last = 1 }, Sample.Event(2, "c-1"))));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => stores.Shards.ReadTail(0, 0));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => stores.Shards.Acquire(0));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => stores.DeadLetters.Add([new(0, 1, 0, null, "c", "d", "r")]));

        server.Start();
        Assert.True(await Eventually(() => stores.Shards.Commit(Sample.Next(head with { Last = 1 }, Sample.Event(2, "c-1")))));
        Assert.Equal(2, (await stores.Shards.ReadTail(0, 0)).Count);
    }

    [Fact]
    public async Task Log_FromPartToPart_IsReadAsOne()
    {
        await using var stores = new PostgresStores();
        await stores.Shards.Acquire(0);
        var last = 1_048_576L - 2;
        await stores.RunAsync($"update shard set last = {last}, epoch = 0");
        var head = await stores.Shards.Acquire(0);
        Assert.Equal(last, head.Last);
        Assert.True(await stores.Shards.Commit(Sample.Next(head, Sample.Event(last + 1, "c-1"), Sample.Event(last + 2, "c-1", previous: last + 1), Sample.Event(last + 3, "c-1", previous: last + 2))));
        Assert.Equal([last + 1, last + 2, last + 3], Assert.Single(await stores.Shards.ReadClients(0, [new("c-1", last + 3)])).Tail.Select(r => r.Position));
        Assert.Equal([last + 3, last + 2], (await stores.Queries.Events(0, new("c-1", last + 3), 0, 2)).Select(e => e.Position));
        Assert.Equal("2", await stores.ScalarAsync("select count(*)::text from pg_inherits where inhparent = 'log'::regclass"));
    }

    [Fact]
    public async Task Migrations_OfManyAtOnce_AreAppliedOnceAndFixTheSame()
    {
        var connectionString = PostgresServer.Shared.NewDatabase();
        var applied = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => PostgresMigrations.Apply(connectionString)));
        Assert.Single(applied, a => a.Count > 0);
        Assert.Empty(await PostgresMigrations.Apply(connectionString));
        var values = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => PostgresMigrations.Fix(connectionString, "shards", $"{i}")));
        Assert.Single(values.Distinct());
    }

    [Fact]
    public async Task Cluster_OnADatabaseMadeWithANumberOfShards_TakesNoOther()
    {
        var connectionString = PostgresServer.Shared.NewDatabase();
        var missing = await Assert.ThrowsAsync<ClusterDatabaseException>(() => ClusterDatabase.Prepare(connectionString, migrate: false, null, TimeProvider.System));
        Assert.Contains("engage migrate", missing.Message, StringComparison.Ordinal);
        Assert.Equal(64, await ClusterDatabase.Prepare(connectionString, migrate: true, 64, TimeProvider.System));
        Assert.Equal(64, await ClusterDatabase.Prepare(connectionString, migrate: false, null, TimeProvider.System));
        var other = await Assert.ThrowsAsync<ClusterDatabaseException>(() => ClusterDatabase.Prepare(connectionString, migrate: true, 32, TimeProvider.System));
        Assert.Contains("64 shards", other.Message, StringComparison.Ordinal);
    }

    private static async Task Run(NpgsqlConnection connection, string sql)
    {
#pragma warning disable CA2100 // A test's own statement.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<T> Eventually<T>(Func<Task<T>> ask)
    {
        var since = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                return await ask();
            }
            catch (StoreUnavailableException) when (since.Elapsed < TimeSpan.FromMinutes(2))
            {
                await Task.Delay(20);
            }
        }
    }
}
