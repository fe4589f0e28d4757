using Engagement.Contracts.Storage;
using Engagement.Domain.Clients;
using Microsoft.Data.Sqlite;

namespace Engagement.Storage.Sqlite;

/// <inheritdoc cref="IShardView"/>
/// <remarks>A read transaction on a connection of its own. While it is open the write-ahead log grows and is not copied into the file.</remarks>
internal sealed class SqliteShardView : IShardView
{
    private readonly SqliteSession session;
    private readonly int shard;

    /// <summary>Those who have records that no snapshot covers, by id, with their last one.</summary>
    private readonly List<(string Client, long Last)> uncovered;
    private string? after;
    private int next;

    public SqliteShardView(SqliteSession session, int shard)
    {
        (this.session, this.shard) = (session, shard);
        Head = SqliteClients.ReadHead(session, shard) ?? new(shard, 0, 0, 0, 0, 0, null, 0);
        Controls = SqliteClients.ReadControls(session, shard);
        uncovered = session.List(
            "select client, max(k) from log where k > $1 and k <= $2 and client <> '' group by client order by client",
            r => (r.GetString(0), LogKey.Position(r.GetInt64(1))),
            LogKey.Of(shard, Head.Checkpoint), LogKey.Of(shard, LogKey.PositionMax));
    }

    public ShardHead Head { get; }

    public IReadOnlyList<LogRecord> Controls { get; }

    public Task<IReadOnlyList<StoredClient>> Next(int most) => Task.Run<IReadOnlyList<StoredClient>>(() => Read(most));

    public ValueTask DisposeAsync()
    {
        session.Dispose();
        return ValueTask.CompletedTask;
    }

    private List<StoredClient> Read(int most)
    {
        try
        {
            var snapshots = SqliteClients.ReadSnapshots(session, shard, after is null ? "" : after + SqliteClients.JustAfter, SqliteClients.IdMax, most);
            var upTo = snapshots.Count == most ? snapshots[^1].Client : null;
            List<StoredClient> clients = new(snapshots.Count);
            foreach (var snapshot in snapshots)
            {
                TakeUncovered(clients, snapshot.Client, most);
                clients.Add(next < uncovered.Count && uncovered[next].Client == snapshot.Client
                    ? snapshot with { Tail = SqliteClients.Tail(session, shard, uncovered[next++].Last, snapshot.Position) }
                    : snapshot);
            }

            if (upTo is null)
            {
                TakeUncovered(clients, null, most);
            }

            // Those without a snapshot may have filled the answer: who did not fit is read again.
            if (clients.Count > most)
            {
                clients.RemoveRange(most, clients.Count - most);
            }

            after = clients.Count > 0 ? clients[^1].Client : after;
            while (next > 0 && string.CompareOrdinal(uncovered[next - 1].Client, after) > 0)
            {
                next--;
            }

            return clients;
        }
        catch (SqliteException e)
        {
            throw new StoreUnavailableException("The database could not be read.", e);
        }
    }

    /// <summary>Takes those before an id (null: all that are left) who have no snapshot yet.</summary>
    private void TakeUncovered(List<StoredClient> clients, string? before, int most)
    {
        while (next < uncovered.Count && clients.Count < most && (before is null || string.CompareOrdinal(uncovered[next].Client, before) < 0))
        {
            if (SqliteClients.Read(session, shard, uncovered[next].Client, uncovered[next].Last) is { } client)
            {
                clients.Add(client);
            }

            next++;
        }
    }
}
