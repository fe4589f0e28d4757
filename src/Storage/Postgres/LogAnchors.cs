using System.Data;
using Engagement.Domain.Clients;
using Engagement.Storage.Replay;
using Npgsql;
using Orleans.Serialization;

namespace Engagement.Storage.Postgres;

/// <summary>Where a replay begins once the log before is gone: a set of everybody's snapshots for each part.</summary>
/// <param name="positions">Of every shard in a part.</param>
internal sealed class LogAnchors(NpgsqlConnection connection, Serializer serializer, long positions)
{
    /// <summary>Records of every shard up to here are covered by snapshots; 0 as long as a shard has never been awake.</summary>
    private const string Covered = "select case when count(*) = (select value::bigint from fixed where name = 'shards') then min(checkpoint) else 0 end from shard";

    private const string Backfills = "select shard, position, data from (select * from log where client = '' union select * from log_kept) l where kind = 5 order by shard, position";

    /// <summary>Keeps a set, if every shard's checkpoint has come into a part that has none, and the records that concern every client beside it.</summary>
    /// <returns>The part; 0: no new one.</returns>
    public int Keep()
    {
        // All of one instant, also the snapshots.
        using var transaction = connection.BeginTransaction(IsolationLevel.RepeatableRead);
        var part = (int)(connection.List(Covered, r => r.GetInt64(0))[0] / positions);
        if (part <= connection.List("select coalesce(max(part), 0) from anchor_part", r => r.GetInt32(0))[0])
        {
            return 0;
        }

        connection.Run("insert into log_kept select * from log where client = '' and position < $1 on conflict do nothing", part * positions);
        connection.Run("insert into anchor select $1, shard, id, position, state from client", part);
        connection.Run("insert into anchor_part values ($1)", part);
        transaction.Commit();
        return part;
    }

    /// <summary>Moves the log's start as far as age, checkpoints and anchors let it.</summary>
    /// <returns>Where it is now, and whether it waits for anchors.</returns>
    public (long Start, bool Waits) Begin(TimeSpan keep)
    {
        using var transaction = connection.BeginTransaction(IsolationLevel.RepeatableRead);
        var (start, anchors) = connection.List("select position, anchors from log_start", r => (r.GetInt64(0), r.GetInt32(1)))[0];
        var covered = connection.List(Covered, r => r.GetInt64(0))[0];
        var oldMs = connection.List("select coalesce(min(now_ms), 0) from shard", r => r.GetInt64(0))[0] - (long)keep.TotalMilliseconds;
        var to = start;
        while (to + positions <= covered && LastMs(to) < oldMs)
        {
            to += positions;
        }

        if (to == start)
        {
            return (start, false);
        }

        var (shards, after) = LastBackfills();
        // What was computed over the log stands in anchors that come after it, and a replay need not compute it.
        var usable = connection.List(
            "select p.part from anchor_part p where p.part >= $1 and p.part >= $2 and not exists (select 1 from anchor a "
            + "join unnest($3::integer[], $4::bigint[]) b (shard, position) on b.shard = a.shard where a.part = p.part and a.position < b.position) order by p.part limit 1",
            r => r.GetInt32(0), to / positions, anchors, shards, after);
        if (usable.Count == 0)
        {
            return (start, true);
        }

        connection.Run("update log_start set position = $1, anchors = $2", to, usable[0]);
        connection.Run("delete from anchor where part < $1", usable[0]);
        connection.Run("delete from anchor_part where part < $1", usable[0]);
        transaction.Commit();
        return (to, false);
    }

    /// <summary>The instant of the newest record in a part: a shard's instants never run backwards, so only the last of each is looked at.</summary>
    private long LastMs(long from) => connection.List(
        "select coalesce(max(l.at_ms), 0) from shard s cross join lateral "
        + "(select at_ms from log where shard = s.id and position >= $1 and position < $2 order by position desc limit 1) l",
        r => r.GetInt64(0), from, from + positions)[0];

    /// <summary>Where each shard's log has the last catalogue that computed something over it.</summary>
    private (int[] Shards, long[] Positions) LastBackfills()
    {
        var documents = new ArchivedDocuments(new PostgresReplayView(connection, serializer));
        Dictionary<int, long> last = [];
        foreach (var shard in connection.List(Backfills, r => (Shard: r.GetInt32(0), Position: r.GetInt64(1), Version: PublishedVersion.Of(r.GetFieldValue<byte[]>(2)))).GroupBy(c => c.Shard))
        {
            var before = 0;
            foreach (var (_, position, version) in shard)
            {
                if (!documents.Catalogue(version).BackfilledOver(documents.Catalogue(before)).IsEmpty)
                {
                    last[shard.Key] = position;
                }

                before = version;
            }
        }

        return ([.. last.Keys], [.. last.Values]);
    }
}
