using System.Data;
using Engagement.Contracts.Storage;
using Engagement.Domain.Clients;
using Npgsql;

namespace Engagement.Storage.Postgres;

/// <inheritdoc cref="IShardView"/>
/// <remarks>A read transaction on a connection of its own. While it is open the server keeps row versions that it might need.</remarks>
/// <param name="place">Held by whoever makes the view, and given back when it is disposed of.</param>
internal sealed class PostgresShardView(int shard, SemaphoreSlim place) : IShardView
{
    /// <summary>Those who have records that no snapshot covers, with their last one.</summary>
    private readonly SortedDictionary<string, long> uncovered = new(StringComparer.Ordinal);
    private NpgsqlConnection? connection;
    private NpgsqlTransaction? transaction;
    private string after = "";

    public ShardHead Head { get; private set; } = null!;

    public IReadOnlyList<LogRecord> Controls { get; private set; } = [];

    public async Task<IReadOnlyList<StoredClient>> Next(int most)
    {
        try
        {
            using var page = new PostgresBatch(connection!);
            var heads = page.List(
                "select id, last from client where shard = $1 and id > $2 order by id limit $3", r => (Client: r.GetString(0), Last: r.GetInt64(1)), shard, after, most);
            await page.Run().ConfigureAwait(false);
            SortedDictionary<string, long> next = new(StringComparer.Ordinal);
            foreach (var (client, last) in heads)
            {
                next[client] = last;
            }

            // Those without a snapshot stand between the others; a newer record of the others is known here only.
            foreach (var (client, last) in uncovered.SkipWhile(u => string.CompareOrdinal(u.Key, after) <= 0).TakeWhile(u => heads.Count < most || string.CompareOrdinal(u.Key, heads[^1].Client) <= 0))
            {
                next[client] = Math.Max(last, next.GetValueOrDefault(client));
            }

            ClientAt[] asked = [.. next.Take(most).Select(c => new ClientAt(c.Key, c.Value))];
            if (asked.Length == 0)
            {
                return [];
            }

            after = asked[^1].Client;
            using var batch = new PostgresBatch(connection!);
            var clients = ClientRows.WithTails(batch, shard, asked);
            await batch.Run().ConfigureAwait(false);
            return clients();
        }
        catch (Exception e) when (PostgresDatabase.IsUnavailable(e))
        {
            throw new StoreUnavailableException("The database could not be read.", e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (transaction is not null)
            {
                await transaction.DisposeAsync().ConfigureAwait(false);
            }

            if (connection is not null)
            {
                await connection.DisposeAsync().ConfigureAwait(false);
            }
        }
        finally
        {
            place.Release();
        }
    }

    public async Task Open(NpgsqlDataSource readers)
    {
        connection = await readers.OpenConnectionAsync().ConfigureAwait(false);
        // Repeatable read, as all that reads: so the whole of it is of one instant.
        transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead).ConfigureAwait(false);
        using var batch = new PostgresBatch(connection!);
        var heads = batch.List("select id, epoch, last, outbox_seq, now_ms, rolled_position, rolled_to, checkpoint from shard where id = $1", PostgresDatabase.Head, shard);
        var controls = batch.List(LogRows.Controls, LogRows.Record, shard);
        batch.Each(
            "select l.client, max(l.position) from log l where l.shard = $1 and l.position > (select s.checkpoint from shard s where s.id = $1) and l.client <> '' group by l.client",
            r => uncovered[r.GetString(0)] = r.GetInt64(1),
            shard);
        await batch.Run().ConfigureAwait(false);
        (Head, Controls) = (heads.Count > 0 ? heads[0] : new(shard, 0, 0, 0, 0, 0, null, 0), controls);
    }
}
