using Engagement.Contracts.Storage;
using Npgsql;

namespace Engagement.Storage.Postgres;

/// <summary>Makes the log's parts before a record comes that belongs into one. Nobody who reads or writes other parts waits for it.</summary>
internal sealed class LogParts
{
    /// <summary>Positions of every shard in one part.</summary>
    public const long Positions = 1 << 20;

    private long made;

    public async Task Ensure(NpgsqlConnection connection, List<PendingWrite<ShardCommit>> shards)
    {
        if (shards.Count == 0)
        {
            return;
        }

        for (var needed = (shards.Max(s => s.Request.NewLast) / Positions) + 1; made < needed; made++)
        {
            // Attached, and not made as a part: that would lock out everybody for a moment.
            await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Numbers of our own.
            command.CommandText = $"""
                select pg_advisory_xact_lock({PostgresMigrations.Lock});
                do $$ begin
                  if to_regclass('log_{made:D6}') is null then
                    create table log_{made:D6} (like log including defaults including storage) with (autovacuum_vacuum_insert_scale_factor = 0.2, autovacuum_freeze_min_age = 0);
                    alter table log attach partition log_{made:D6} for values from ({made * Positions}) to ({(made + 1) * Positions});
                  end if;
                end $$
                """;
#pragma warning restore CA2100
            await command.ExecuteNonQueryAsync().ConfigureAwait(false);
        }
    }
}
