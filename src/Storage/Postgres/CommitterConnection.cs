using Npgsql;

namespace Engagement.Storage.Postgres;

/// <summary>
/// The connection on which a process commits. It is recorded in the database, so that whoever waits for what it has locked
/// can end it while this process is frozen: by process id and start, so that a process id that came again is never hit.
/// </summary>
internal sealed class CommitterConnection(NpgsqlDataSource source) : IAsyncDisposable
{
    private readonly Guid id = Guid.NewGuid();
    private NpgsqlConnection? connection;

    public bool IsOpen => connection?.FullState == System.Data.ConnectionState.Open;

    public async Task<NpgsqlConnection> Open()
    {
        if (IsOpen)
        {
            return connection!;
        }

        await Drop().ConfigureAwait(false);
        var fresh = await source.OpenConnectionAsync().ConfigureAwait(false);
        try
        {
            using var batch = new PostgresBatch(fresh);
            batch.Add("delete from committer c where not exists (select 1 from pg_stat_activity a where a.pid = c.pid and a.backend_start = c.backend_start)");
            batch.Add(
                "insert into committer select $1, pid, backend_start from pg_stat_activity where pid = pg_backend_pid() "
                + "on conflict (id) do update set pid = excluded.pid, backend_start = excluded.backend_start",
                id);
            await batch.Run().ConfigureAwait(false);
        }
        catch
        {
            await fresh.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        return connection = fresh;
    }

    public Task EndFrozen() => EndFrozen(source, id);

    /// <summary>Ends committers whose transaction is older than a second and waits for them: their process is frozen, cut off, or very slow.</summary>
    public static async Task EndFrozen(NpgsqlDataSource source, Guid except)
    {
        await using var end = source.CreateCommand(
            "select pg_terminate_backend(a.pid) from committer c join pg_stat_activity a on a.pid = c.pid and a.backend_start = c.backend_start "
            + "where c.id <> $1 and a.wait_event_type = 'Client' and a.xact_start < clock_timestamp() - interval '1 second'");
        end.Parameters.Add(new() { Value = except });
        await end.ExecuteNonQueryAsync().ConfigureAwait(false);
    }

    public async Task Drop()
    {
        if (connection is { } old)
        {
            connection = null;
            await old.DisposeAsync().ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync() => await Drop().ConfigureAwait(false);
}
