using Engagement.Contracts.Storage;
using Npgsql;

namespace Engagement.Storage.Postgres;

/// <summary>Makes the log's parts before a record comes that belongs into one. Nobody who reads or writes other parts waits for it.</summary>
internal sealed class LogParts
{
    /// <summary>Positions of every shard in one part, where the database was not made with another number.</summary>
    private const long PositionsDefault = 1 << 20;

    /// <summary>What names that number among what was fixed when the database was made.</summary>
    private const string PositionsName = "log-part";

    private long made = -1;
    private long positions;

    public async Task Ensure(NpgsqlConnection connection, List<PendingWrite<ShardCommit>> shards)
    {
        if (shards.Count == 0)
        {
            return;
        }

        if (made < 0)
        {
            (made, positions) = await First(connection).ConfigureAwait(false);
        }

        for (var needed = (shards.Max(s => s.Request.NewLast) / positions) + 1; made < needed; made++)
        {
            // Attached, and not made as a part: that would lock out everybody for a moment.
            await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Numbers of our own.
            command.CommandText = $"""
                select pg_advisory_xact_lock({PostgresMigrations.Lock});
                do $$ begin
                  if to_regclass('log_{made:D6}') is null then
                    create table log_{made:D6} (like log including defaults including storage) with (autovacuum_vacuum_insert_scale_factor = 0.2, autovacuum_freeze_min_age = 0);
                    alter table log attach partition log_{made:D6} for values from ({made * positions}) to ({(made + 1) * positions});
                  end if;
                end $$
                """;
#pragma warning restore CA2100
            await command.ExecuteNonQueryAsync().ConfigureAwait(false);
        }
    }

    /// <summary>How many positions of every shard a part has, and where the log begins.</summary>
    public static readonly string Sizes =
        $"select coalesce((select value::bigint from fixed where name = '{PositionsName}'), {PositionsDefault}), position from log_start";

    /// <summary>What was dropped by age is not made again.</summary>
    private static async Task<(long Part, long Positions)> First(NpgsqlConnection connection)
    {
        using var batch = new PostgresBatch(connection);
        var sizes = batch.List(Sizes, r => (Positions: r.GetInt64(0), Start: r.GetInt64(1)));
        await batch.Run().ConfigureAwait(false);
        return (sizes[0].Start / sizes[0].Positions, sizes[0].Positions);
    }
}
