using Engagement.Contracts.Storage;
using Engagement.Domain.Clients;
using Microsoft.Data.Sqlite;

namespace Engagement.Storage.Tests.Sqlite;

/// <summary>Damage concerns whom it concerns, and nobody else.</summary>
public sealed class SqliteDamageTests
{
    [Fact]
    public async Task Write_UnderADamagedKey_FailsAloneAndTheNextGoesThrough()
    {
        await using var stores = new SqliteStores();
        var head = await stores.Shards.Acquire(0);
        using (var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = stores.File, Pooling = false }.ToString()))
        {
            connection.Open();
            using var damage = connection.CreateCommand();
            damage.CommandText = "insert into client_key values ('c-1', x'0102')";
            Assert.Equal(1, damage.ExecuteNonQuery());
        }

        var personal = new PersonalFields("张三", null, null);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => stores.Shards.Commit(Sample.Next(head, Sample.Event(1, "c-1", personal))));
        Assert.Empty(await stores.Shards.ReadTail(0, 0));
        Assert.True(await stores.Shards.Commit(Sample.Next(head, Sample.Event(1, "c-2", personal))));
        Assert.Equal([new("c-2", 1)], await stores.Shards.ReadTail(0, 0));
    }
}
