using System.Data;
using Npgsql;

namespace Engagement.Storage.Tests.Postgres;

/// <inheritdoc cref="IGrainState"/>
internal sealed class PostgresGrainState(string connectionString) : IGrainState
{
    public int? Write(int key, int? version, byte[] payload, string? extension = null) => Run("WriteToStorageKey", key, version, payload, extension);

    public int? Clear(int key, int version) => Run("ClearStorageKey", key, version, null, null);

    public (byte[]? Payload, int Version)? Read(int key)
    {
        using var connection = Open();
        using var command = Command(connection, "ReadFromStorageKey", key, null, null, null);
        using var reader = command.ExecuteReader();
        return reader.Read() ? (reader.IsDBNull("PayloadBinary") ? null : reader.GetFieldValue<byte[]>("PayloadBinary"), reader.GetInt32("Version")) : null;
    }

    private int? Run(string name, int key, int? version, byte[]? payload, string? extension)
    {
        using var connection = Open();
        using var command = Command(connection, name, key, version, payload, extension);
        return command.ExecuteScalar() as int?;
    }

    private NpgsqlConnection Open()
    {
        var connection = new NpgsqlConnection(connectionString);
        connection.Open();
        return connection;
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string name, int key, int? version, byte[]? payload, string? extension)
    {
        using var query = new NpgsqlCommand("select QueryText from OrleansQuery where QueryKey = $1", connection);
        query.Parameters.Add(new() { Value = name });
#pragma warning disable CA2100 // The statement comes from our own migration.
        var command = new NpgsqlCommand((string)query.ExecuteScalar()!, connection);
#pragma warning restore CA2100
        (string Name, DbType Type, object? Value)[] parameters =
        [
            ("GrainIdHash", DbType.Int32, 17), ("GrainTypeHash", DbType.Int32, 18), ("GrainIdN0", DbType.Int64, 0L), ("GrainIdN1", DbType.Int64, (long)key), ("GrainTypeString", DbType.String, "clock"),
            ("GrainIdExtensionString", DbType.String, extension), ("ServiceId", DbType.String, "engagement"), ("GrainStateVersion", DbType.Int32, version), ("PayloadBinary", DbType.Binary, payload),
        ];
        foreach (var (parameter, type, value) in parameters)
        {
            command.Parameters.Add(new(parameter, type) { Value = value ?? DBNull.Value });
        }

        return command;
    }
}
