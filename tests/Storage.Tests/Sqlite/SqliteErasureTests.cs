using System.Diagnostics;
using Engagement.Domain.Clients;
using Microsoft.Data.Sqlite;

namespace Engagement.Storage.Tests.Sqlite;

public sealed class SqliteErasureTests : ErasureContract
{
    private const int Clients = 500;

    protected override IStores Make() => new SqliteStores();

    [Fact]
    public async Task Key_OfErasedClients_IsNowhereInTheFiles()
    {
        await using var stores = new SqliteStores();
        await Fill(stores);
        var keys = Keys(stores);
        Assert.Equal(Clients, keys.Count);
        Assert.All(keys.Values, key => Assert.True(Holds(stores, key)));

        // Every second one, so that pages are merged and freed.
        var erased = Enumerable.Range(0, Clients).Where(i => i % 2 == 0).Select(i => $"c-{i}").ToList();
        var head = await stores.Shards.Acquire(0);
        Assert.True(await stores.Shards.Commit(Sample.Next(head, [.. erased.Select((c, i) => Sample.Erased(head.Last + 1 + i, c))])));
        Assert.Equal(keys.Keys.Except(erased).Order(), Keys(stores).Keys.Order());
        Assert.All(erased, client => Assert.False(Holds(stores, keys[client]), $"The key of {client} is still there."));
    }

    [Fact]
    public async Task Key_WhileSomebodyReadsAnOlderState_GoesWhenHeIsDone()
    {
        await using var stores = new SqliteStores();
        await Fill(stores);
        var key = Keys(stores)["c-7"];
        using (var reader = Open(stores))
        {
            using var transaction = reader.BeginTransaction(deferred: true);
            using var read = reader.CreateCommand();
            read.CommandText = "select count(*) from client_key";
            Assert.Equal((long)Clients, read.ExecuteScalar());
            var head = await stores.Shards.Acquire(0);
            Assert.True(await stores.Shards.Commit(Sample.Next(head, Sample.Erased(head.Last + 1, "c-7"))));
            Assert.False(Keys(stores).ContainsKey("c-7"));
            Assert.True(Holds(stores, key), "The reader still sees it, or this proves nothing.");
        }

        var since = Stopwatch.StartNew();
        while (Holds(stores, key))
        {
            Assert.True(since.Elapsed < TimeSpan.FromMinutes(2), "The key stays in the write-ahead log.");
            await Task.Delay(20);
        }
    }

    private static async Task Fill(SqliteStores stores)
    {
        var head = await stores.Shards.Acquire(0);
        var personal = new PersonalFields("张三", null, null);
        Assert.True(await stores.Shards.Commit(Sample.Next(head, [.. Enumerable.Range(0, Clients).Select(i => Sample.Event(i + 1, $"c-{i * 7 % Clients}", personal))])));
    }

    private static Dictionary<string, byte[]> Keys(SqliteStores stores)
    {
        using var connection = Open(stores);
        using var query = connection.CreateCommand();
        query.CommandText = "select client, key from client_key";
        using var reader = query.ExecuteReader();
        Dictionary<string, byte[]> keys = [];
        while (reader.Read())
        {
            keys.Add(reader.GetString(0), reader.GetFieldValue<byte[]>(1));
        }

        return keys;
    }

    private static bool Holds(SqliteStores stores, byte[] key) => stores.RawBytes().GetAwaiter().GetResult().AsSpan().IndexOf(key) >= 0;

    private static SqliteConnection Open(SqliteStores stores)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = stores.File, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }
}
