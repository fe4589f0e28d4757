using Engagement.Contracts.Storage;
using Npgsql;
using Orleans.Serialization;

namespace Engagement.Storage.Postgres;

/// <summary>Reads a cluster's database for a replay, whether silos run on it or not, and writes nothing into it.</summary>
public sealed class PostgresReplayStore(string connectionString, Serializer serializer) : IReplayStore
{
    /// <summary>A view is a read transaction on a connection of its own; all take the snapshot that the first one has exported.</summary>
    public IReadOnlyList<IReplayView> Open(int count)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, MaxAutoPrepare = 50, AutoPrepareMinUsages = 2 };
        List<NpgsqlConnection> opened = [];
        try
        {
            string? snapshot = null;
            for (var i = 0; i < count; i++)
            {
                var connection = new NpgsqlConnection(builder.ToString());
                opened.Add(connection);
                connection.Open();
                connection.Run("begin transaction isolation level repeatable read read only");
                if (snapshot is null)
                {
                    // Before anything is seen: no part of the log goes while this is open.
                    connection.Run("lock table log in access share mode");
                    using var export = new NpgsqlCommand("select pg_export_snapshot()", connection);
                    snapshot = (string)export.ExecuteScalar()!;
                }
                else
                {
                    connection.Run($"set transaction snapshot '{snapshot}'");
                }
            }

            return opened.ConvertAll(c => new PostgresReplayView(c, serializer));
        }
        catch
        {
            opened.ForEach(c => c.Dispose());
            throw;
        }
    }

    /// <inheritdoc cref="ClusterDatabase.Shards"/>
    public int? ReadShards() => ClusterDatabase.Shards(connectionString);
}
