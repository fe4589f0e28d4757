using Engagement.Contracts.Storage;
using Npgsql;
using Orleans.Serialization;

namespace Engagement.Storage.Postgres;

/// <summary>
/// Drops the log by age, in whole parts, while the engine runs (decision 0012). Whenever all shards' checkpoints have come into
/// another part, everybody's snapshot is kept as an anchor. A part goes when its last record is too old and every shard is past
/// it; from then on a replay begins with the oldest anchors behind it.
/// </summary>
/// <remarks>Of several silos one does it at a time. Calls block.</remarks>
public sealed class LogRetention(string connectionString, Serializer serializer)
{
    private const string Lock = "6201, 4";

    /// <summary>Whoever reads the log for long, as a replay does, is waited for this long; what is left is done the next time.</summary>
    private const int PatienceSeconds = 60;

    private readonly string connectionString =
        new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, CommandTimeout = 0, ApplicationName = "engagement-retention" }.ToString();

    /// <param name="keep">Age by the engine's clock from which a record may be dropped.</param>
    /// <returns>Null: another silo is doing it.</returns>
    /// <exception cref="StoreUnavailableException">Not everything could be done; what is left is done the next time.</exception>
    public LogRetained? Run(TimeSpan keep)
    {
        try
        {
            using var connection = new NpgsqlConnection(connectionString);
            connection.Open();
            if (!connection.List($"select pg_try_advisory_lock({Lock})", r => r.GetBoolean(0))[0])
            {
                return null;
            }

            var (positions, start) = connection.List(LogParts.Sizes, r => (r.GetInt64(0), r.GetInt64(1)))[0];
            // What an earlier run did not come to.
            var dropped = Drop(connection, start / positions);
            var anchors = new LogAnchors(connection, serializer, positions);
            var kept = anchors.Keep();
            (start, var waits) = anchors.Begin(keep);
            return new(kept, start, dropped + Drop(connection, start / positions), waits);
        }
        catch (Exception e) when (PostgresDatabase.IsUnavailable(e))
        {
            throw new StoreUnavailableException("The log was not dropped as far as it may be.", e);
        }
    }

    /// <summary>
    /// Detaches and drops the parts before one. Nobody who reads or writes other parts waits, and whoever may still see these is
    /// waited for. A run that ended in between is taken up: a part may be half detached, or detached and still there.
    /// </summary>
    private static int Drop(NpgsqlConnection connection, long before)
    {
        connection.Run($"set statement_timeout = {PatienceSeconds * 1_000}");
        foreach (var (name, pending) in connection.List(
            "select c.relname, i.inhdetachpending from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = 'log'::regclass order by 1",
            r => (r.GetString(0), r.GetBoolean(1))).Where(p => p.Item2 || Part(p.Item1) < before))
        {
            connection.Run($"alter table log detach partition {name} {(pending ? "finalize" : "concurrently")}");
        }

        var detached = connection.List(
            "select c.relname from pg_class c where c.relkind = 'r' and c.relname ~ '^log_[0-9]{6}$' and not c.relispartition "
            + "and c.relnamespace = (select relnamespace from pg_class where oid = 'log'::regclass)",
            r => r.GetString(0)).FindAll(d => Part(d) < before);
        detached.ForEach(d => connection.Run($"drop table {d}"));
        connection.Run("set statement_timeout = 0");
        return detached.Count;
    }

    private static long Part(string table) => long.Parse(table.AsSpan("log_".Length));
}

/// <param name="Kept">The part for which anchors were kept; 0: for none.</param>
/// <param name="Start">Records of every shard before this position are gone.</param>
/// <param name="Dropped">Parts.</param>
/// <param name="WaitsForAnchors">More may go by age, as soon as there are anchors behind what a catalogue computed over the log.</param>
public sealed record LogRetained(int Kept, long Start, int Dropped, bool WaitsForAnchors);
