using Microsoft.Data.Sqlite;

namespace Engagement.Storage.Tests.Sqlite;

/// <summary>The statements that Orleans' ADO.NET storage reads from <c>OrleansQuery</c>, run as it runs them.</summary>
public sealed class GrainStateStatementsTests
{
    [Fact]
    public async Task Write_FirstOfTwoAtOnce_TakesOne()
    {
        await using var stores = new SqliteStores();
        for (var key = 0; key < 50; key++)
        {
            var versions = await Task.WhenAll(Enumerable.Range(0, 2).Select(w => Task.Run(() => Run(stores, "WriteToStorageKey", key, null, [(byte)w]))));
            var winner = Assert.Single(versions.Index(), v => v.Item is not null);
            Assert.Equal(1, winner.Item);
            Assert.Equal((byte)winner.Index, Read(stores, key)?.Payload?[0]);
        }
    }

    [Fact]
    public async Task Write_AtAVersion_TakesOnlyTheNewest()
    {
        await using var stores = new SqliteStores();
        Assert.Null(Run(stores, "WriteToStorageKey", 1, 1, [9]));
        Assert.Null(Read(stores, 1));
        Assert.Equal(1, Run(stores, "WriteToStorageKey", 1, null, [1]));
        Assert.Equal(2, Run(stores, "WriteToStorageKey", 1, 1, [2]));
        Assert.Null(Run(stores, "WriteToStorageKey", 1, 1, [3]));
        Assert.Null(Run(stores, "WriteToStorageKey", 1, null, [4]));
        Assert.Equal((2, 2), (Read(stores, 1)!.Value.Payload![0], Read(stores, 1)!.Value.Version));
        // A key with an extension is another key.
        Assert.Equal(1, Run(stores, "WriteToStorageKey", 1, null, [5], "extension"));
    }

    [Fact]
    public async Task Clear_ThenWrite_GoesOnFromItsVersion()
    {
        await using var stores = new SqliteStores();
        Assert.Equal(1, Run(stores, "WriteToStorageKey", 1, null, [1]));
        Assert.Null(Run(stores, "ClearStorageKey", 1, 7, null));
        Assert.Equal(2, Run(stores, "ClearStorageKey", 1, 1, null));
        Assert.Null(Read(stores, 1)!.Value.Payload);
        Assert.Equal(3, Run(stores, "WriteToStorageKey", 1, 2, [3]));
    }

    private static (byte[]? Payload, int Version)? Read(SqliteStores stores, int key)
    {
        using var connection = Open(stores);
        using var command = Command(connection, "ReadFromStorageKey", key, null, null, null);
        using var reader = command.ExecuteReader();
        return reader.Read() ? (reader.IsDBNull(0) ? null : reader.GetFieldValue<byte[]>(0), reader.GetInt32(1)) : null;
    }

    /// <returns>The version written; null where nothing was.</returns>
    private static int? Run(SqliteStores stores, string name, int key, int? version, byte[]? payload, string? extension = null)
    {
        using var connection = Open(stores);
        using var command = Command(connection, name, key, version, payload, extension);
        return command.ExecuteScalar() is long written ? (int)written : null;
    }

    private static SqliteConnection Open(SqliteStores stores)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = stores.File, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    private static SqliteCommand Command(SqliteConnection connection, string name, int key, int? version, byte[]? payload, string? extension)
    {
        using var query = connection.CreateCommand();
        query.CommandText = "select QueryText from OrleansQuery where QueryKey = @key";
        query.Parameters.AddWithValue("@key", name);
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // The statement comes from our own migration.
        command.CommandText = (string)query.ExecuteScalar()!;
#pragma warning restore CA2100
        (string Name, object? Value)[] parameters =
        [
            ("GrainIdHash", 17), ("GrainTypeHash", 18), ("GrainIdN0", 0L), ("GrainIdN1", (long)key), ("GrainTypeString", "clock"),
            ("GrainIdExtensionString", extension), ("ServiceId", "engagement"), ("GrainStateVersion", version), ("PayloadBinary", payload),
        ];
        foreach (var (parameter, value) in parameters)
        {
            command.Parameters.AddWithValue("@" + parameter, value ?? DBNull.Value);
        }

        return command;
    }
}
