using Engagement.Contracts.Faults;
using Engagement.Contracts.Storage;
using Engagement.Domain.Audit;
using Npgsql;

namespace Engagement.Storage.Postgres;

/// <summary>
/// One PostgreSQL database, shared by any number of silos and gateways: a committer of this process, and readers beside it.
/// The tables are made before (<see cref="PostgresMigrations"/>).
/// </summary>
public sealed class PostgresDatabase : IAsyncDisposable
{
    private const int ReadersMax = 16;

    /// <summary>Shards that are viewed at once: a view keeps its connection for long, and the turns need some too.</summary>
    private const int ViewsMax = ReadersMax / 2;
    private const int WritersMax = 8;
    private const int AcquireTries = 5;

    private readonly NpgsqlDataSource readers;
    private readonly NpgsqlDataSource writers;
    private readonly PostgresCommitter committer;
    private readonly SemaphoreSlim views = new(ViewsMax);

    public PostgresDatabase(string connectionString, IFaultPoints? faults = null)
    {
        // However many statements a read has, they see the same commits.
        readers = Source(connectionString, "engagement-read", ReadersMax, "-c default_transaction_isolation=repeatable\\ read -c default_transaction_read_only=on");
        // A lock is held for the time of a commit, or by somebody who is frozen.
        writers = Source(connectionString, "engagement-write", WritersMax, "-c synchronous_commit=on -c lock_timeout=1000 -c idle_in_transaction_session_timeout=3000");
        committer = new(writers, faults ?? NoFaults.Instance);
    }

    /// <summary>Runs a write in one of the next transactions. It is committed when the task completes.</summary>
    /// <param name="owner">Writes of one owner keep their order; null: nobody's.</param>
    /// <returns>False: it was fenced off.</returns>
    /// <exception cref="StoreUnavailableException">It failed, or its outcome is not known.</exception>
    internal Task<bool> Write<TRequest>(string? owner, int rows, TRequest request) => committer.Write(owner, rows, request);

    /// <summary>Runs statements that see one and the same state.</summary>
    internal async Task<T> Read<T>(Func<PostgresBatch, Func<T>> read)
    {
        try
        {
            await using var connection = await readers.OpenConnectionAsync().ConfigureAwait(false);
            using var batch = new PostgresBatch(connection);
            var result = read(batch);
            await batch.Run().ConfigureAwait(false);
            return result();
        }
        catch (Exception e) when (IsUnavailable(e))
        {
            throw new StoreUnavailableException("The database could not be read.", e);
        }
    }

    /// <summary>Opens a view of a shard, which holds one of the readers' connections until it is disposed of.</summary>
    internal async Task<IShardView> View(int shard)
    {
        await views.WaitAsync().ConfigureAwait(false);
        var view = new PostgresShardView(shard, views);
        try
        {
            await view.Open(readers).ConfigureAwait(false);
            return view;
        }
        catch (Exception e)
        {
            await view.DisposeAsync().ConfigureAwait(false);
            if (IsUnavailable(e))
            {
                throw new StoreUnavailableException("The database could not be read.", e);
            }

            throw;
        }
    }

    /// <summary>
    /// Takes the shard's next epoch, beside the committer, which need not wait where a predecessor is frozen with the shard's
    /// row locked: then his connection is ended.
    /// </summary>
    internal async Task<ShardHead> Acquire(int shard)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                await using var connection = await writers.OpenConnectionAsync().ConfigureAwait(false);
                using var batch = new PostgresBatch(connection);
                var heads = batch.List(
                    "insert into shard as s values ($1, 1, 0, 0, 0, 0, null, 0) on conflict (id) do update set epoch = s.epoch + 1 "
                    + "returning s.id, s.epoch, s.last, s.outbox_seq, s.now_ms, s.rolled_position, s.rolled_to, s.checkpoint",
                    Head,
                    shard);
                await batch.Run().ConfigureAwait(false);
                return heads[0];
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.LockNotAvailable && tries < AcquireTries)
            {
                await EndFrozen().ConfigureAwait(false);
            }
            catch (Exception e) when (IsUnavailable(e))
            {
                throw new StoreUnavailableException($"Shard {shard} could not be acquired.", e);
            }
        }
    }

    /// <summary>Writes the heads of the audit chains, all of them or, where there are some already, none.</summary>
    internal async Task BeginAudit(IReadOnlyList<AuditHead> heads)
    {
        try
        {
            await using var connection = await writers.OpenConnectionAsync().ConfigureAwait(false);
            using var batch = new PostgresBatch(connection);
            batch.Each("select pg_advisory_xact_lock(6201, 3)", _ => { });
            batch.Add(
                "insert into audit_head select * from unnest($1::integer[], $2::bigint[], $3::bytea[], $4::bytea[]) where not exists (select 1 from audit_head)",
                heads.Select(h => h.Shard).ToArray(), heads.Select(h => h.Seq).ToArray(), heads.Select(h => h.Hash).ToArray(), heads.Select(h => h.Signature).ToArray());
            await batch.Run().ConfigureAwait(false);
        }
        catch (Exception e) when (IsUnavailable(e))
        {
            throw new StoreUnavailableException("The audit chains could not be begun.", e);
        }
    }

    internal static ShardHead Head(NpgsqlDataReader r) => new(
        r.GetInt32(0), r.GetInt64(1), r.GetInt64(2), r.GetInt64(3), r.GetInt64(4), r.GetInt64(5), r.IsDBNull(6) ? null : r.GetString(6), r.GetInt64(7));

    public async ValueTask DisposeAsync()
    {
        await committer.DisposeAsync().ConfigureAwait(false);
        await readers.DisposeAsync().ConfigureAwait(false);
        await writers.DisposeAsync().ConfigureAwait(false);
    }

    private async Task EndFrozen()
    {
        try
        {
            await CommitterConnection.EndFrozen(writers, Guid.Empty).ConfigureAwait(false);
        }
        catch (Exception e) when (IsUnavailable(e))
        {
            throw new StoreUnavailableException("Whoever holds the shard could not be ended.", e);
        }
    }

    // A data source that was disposed of is a database that is closed.
    internal static bool IsUnavailable(Exception e) => e is NpgsqlException or TimeoutException or System.Net.Sockets.SocketException or IOException or ObjectDisposedException;

    private static NpgsqlDataSource Source(string connectionString, string name, int connectionsMax, string options)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString);
        builder.ApplicationName ??= name;
        builder.MaxPoolSize = connectionsMax;
        builder.Options = $"{builder.Options} {options}".Trim();
        // Every statement is one of a few, and is parsed and planned once a connection.
        builder.MaxAutoPrepare = Math.Max(builder.MaxAutoPrepare, 200);
        builder.AutoPrepareMinUsages = 2;
        builder.NoResetOnClose = true;
        builder.Timeout = Math.Min(builder.Timeout, 5);
        return NpgsqlDataSource.Create(builder);
    }
}
