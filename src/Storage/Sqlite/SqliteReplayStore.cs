using Engagement.Contracts.Storage;
using Microsoft.Data.Sqlite;
using Orleans.Serialization;

namespace Engagement.Storage.Sqlite;

/// <summary>Reads an engine's file for a replay, whether an engine runs on it or not, and writes nothing into it.</summary>
public sealed class SqliteReplayStore(string path, Serializer serializer) : IReplayStore
{
    private const int TriesMax = 1_000;

    /// <summary>
    /// A view is a read transaction. Each has a connection of its own and so begins a moment after the one before; where an
    /// engine committed in between, all begin again. What the shards' rows say changes with every commit that a replay can see.
    /// </summary>
    public IReadOnlyList<IReplayView> Open(int count)
    {
        var sessions = Enumerable.Range(0, count).Select(_ => Connect()).ToList();
        for (var i = 0; i < TriesMax; i++)
        {
            sessions.ForEach(s => s.Run("begin"));
            if (sessions.ConvertAll(Instant).Distinct().Count() == 1)
            {
                return sessions.ConvertAll(s => new SqliteReplayView(s, serializer));
            }

            sessions.ForEach(s => s.Run("rollback"));
        }

        sessions.ForEach(s => s.Dispose());
        throw new InvalidOperationException("The engine commits so often that no common instant was found.");
    }

    private static string Instant(SqliteSession session) => session.First(
        "select count(*) || ' ' || total(epoch) || ' ' || total(last) || ' ' || total(outbox_seq) || ' ' || total(now_ms) || ' ' || total(rolled_position) || ' ' || coalesce(group_concat(rolled_to), '') from shard",
        r => r.GetString(0))!;

    private SqliteSession Connect()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        connection.Open();
        var session = new SqliteSession(connection);
        session.Script("pragma busy_timeout=30000; pragma cache_size=-65536; pragma mmap_size=1073741824; pragma temp_store=memory;");
        return session;
    }
}
