using Microsoft.Data.Sqlite;

namespace Engagement.Storage.Tests.Sqlite;

/// <inheritdoc cref="IGrainState"/>
internal sealed class SqliteGrainState(string file) : IGrainState
{
    public int? Write(int key, int? version, byte[] payload, string? extension = null) => Run("WriteToStorageKey", key, version, payload, extension);

    public int? Clear(int key, int version) => Run("ClearStorageKey", key, version, null, null);

    public (byte[]? Payload, int Version)? Read(int key)
    {
        using var connection = Open();
        using var command = Command(connection, "ReadFromStorageKey", key, null, null, null);
        using var reader = command.ExecuteReader();
        return reader.Read() ? (reader.IsDBNull(0) ? null : reader.GetFieldValue<byte[]>(0), reader.GetInt32(1)) : null;
    }

    private int? Run(string name, int key, int? version, byte[]? payload, string? extension)
    {
        using var connection = Open();
        using var command = Command(connection, name, key, version, payload, extension);
        return command.ExecuteScalar() is long written ? (int)written : null;
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
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
