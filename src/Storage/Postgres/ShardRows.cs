using Engagement.Contracts.Storage;

namespace Engagement.Storage.Postgres;

/// <summary>The shards' own rows and logs, snapshots, due times and outboxes, of all commits of a transaction together.</summary>
internal static class ShardRows
{
    /// <summary>
    /// Only shards whose row this transaction has changed are written: their row is locked until the commit, and whoever lost his
    /// place has not changed it. <c>is true</c> keeps the planner from a join: with the few shards outside it would go through all rows
    /// once for each of them, which took half of the server's time.
    /// </summary>
    public const string Fence = " where (r.shard in (select f.id from shard f where f.xmin = pg_current_xact_id()::xid)) is true";

    public static void Add(PostgresBatch batch, List<PendingWrite<ShardCommit>> shards)
    {
        if (shards.Count == 0)
        {
            return;
        }

        // The fence comes first.
        var byShard = shards.ToDictionary(s => s.Request.Shard);
        var commits = shards.ConvertAll(s => s.Request);
        batch.Each(
            "update shard s set last = r.last, outbox_seq = r.outbox_seq, now_ms = r.now_ms, rolled_position = r.rolled_position, rolled_to = r.rolled_to, checkpoint = r.checkpoint "
            + "from unnest($1::integer[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::text[], $9::bigint[]) "
            + "r (id, epoch, old, last, outbox_seq, now_ms, rolled_position, rolled_to, checkpoint) "
            + "where s.id = r.id and s.epoch = r.epoch and s.last = r.old returning s.id",
            r => byShard[r.GetInt32(0)].Passed = true,
            commits.Select(c => c.Shard).ToArray(), commits.Select(c => c.Epoch).ToArray(), commits.Select(c => c.OldLast).ToArray(), commits.Select(c => c.NewLast).ToArray(),
            commits.Select(c => c.OutboxSeq).ToArray(), commits.Select(c => c.NowMs).ToArray(), commits.Select(c => c.RolledPosition).ToArray(),
            commits.Select(c => c.RolledTo).ToArray(), commits.Select(c => c.Checkpoint).ToArray());
        AddLog(batch, commits);
        AddOutbox(batch, commits);
        AddSnapshots(batch, commits);
        AddDues(batch, commits);
    }

    private static void AddLog(PostgresBatch batch, List<ShardCommit> commits)
    {
        var records = commits.SelectMany(c => c.Records.Select(r => (c.Shard, Record: r))).ToArray();
        if (records.Length > 0)
        {
            batch.Add(
                "insert into log select * from unnest($1::integer[], $2::bigint[], $3::smallint[], $4::text[], $5::text[], $6::text[], $7::text[], $8::bigint[], $9::bigint[], $10::bytea[], $11::boolean[], $12::bigint[]) "
                + "r (shard, position, kind, client, source, id, type, time_ms, at_ms, data, personal, previous)" + Fence,
                Array.ConvertAll(records, r => r.Shard), Array.ConvertAll(records, r => r.Record.Position), Array.ConvertAll(records, r => (short)r.Record.Kind),
                Array.ConvertAll(records, r => r.Record.Client), Array.ConvertAll(records, r => r.Record.Source), Array.ConvertAll(records, r => r.Record.Id),
                Array.ConvertAll(records, r => r.Record.Type), Array.ConvertAll(records, r => r.Record.TimeMs), Array.ConvertAll(records, r => r.Record.AtMs),
                Array.ConvertAll(records, r => r.Record.Data), Array.ConvertAll(records, r => r.Record.Personal is not null), Array.ConvertAll(records, r => r.Record.Previous));
        }
    }

    private static void AddOutbox(PostgresBatch batch, List<ShardCommit> commits)
    {
        var messages = commits.SelectMany(c => c.Outbox.Select(o => (c.Shard, o.Seq, o.Payload))).ToArray();
        if (messages.Length > 0)
        {
            batch.Add(
                "insert into outbox select * from unnest($1::integer[], $2::bigint[], $3::bytea[]) r (shard, seq, payload)" + Fence,
                Array.ConvertAll(messages, m => m.Shard), Array.ConvertAll(messages, m => m.Seq), Array.ConvertAll(messages, m => m.Payload));
        }

        var delivered = commits.SelectMany(c => c.Delivered.Select(seq => (c.Shard, Seq: seq))).ToArray();
        if (delivered.Length > 0)
        {
            batch.Add(
                "delete from outbox o using unnest($1::integer[], $2::bigint[]) r (shard, seq)" + Fence + " and o.shard = r.shard and o.seq = r.seq",
                Array.ConvertAll(delivered, d => d.Shard), Array.ConvertAll(delivered, d => d.Seq));
        }
    }

    private static void AddSnapshots(PostgresBatch batch, List<ShardCommit> commits)
    {
        var rows = commits.SelectMany(c => c.Snapshots.Select(s => (c.Shard, Snapshot: s))).GroupBy(s => (s.Shard, s.Snapshot.Client)).Select(g => g.Last()).ToArray();
        if (rows.Length > 0)
        {
            batch.Add(
                "insert into client select * from unnest($1::integer[], $2::text[], $3::bigint[], $4::bigint[], $5::bytea[], $6::bytea[]) r (shard, id, position, last, state, recent)" + Fence
                + " on conflict (shard, id) do update set position = excluded.position, last = excluded.last, state = excluded.state, recent = excluded.recent",
                Array.ConvertAll(rows, r => r.Shard), Array.ConvertAll(rows, r => r.Snapshot.Client), Array.ConvertAll(rows, r => r.Snapshot.Position),
                Array.ConvertAll(rows, r => r.Snapshot.Last), Array.ConvertAll(rows, r => r.Snapshot.State), Array.ConvertAll(rows, r => r.Snapshot.Recent));
        }
    }

    private static void AddDues(PostgresBatch batch, List<ShardCommit> commits)
    {
        var all = commits.SelectMany(c => c.Dues.Select(d => (c.Shard, Due: d))).GroupBy(d => (d.Shard, d.Due.Client)).Select(g => g.Last()).ToLookup(d => d.Due.DueMs == long.MaxValue);
        var (never, rows) = (all[true].ToArray(), all[false].ToArray());
        if (never.Length > 0)
        {
            batch.Add(
                "delete from due d using unnest($1::integer[], $2::text[]) r (shard, client)" + Fence + " and d.shard = r.shard and d.client = r.client",
                Array.ConvertAll(never, d => d.Shard), Array.ConvertAll(never, d => d.Due.Client));
        }

        if (rows.Length > 0)
        {
            batch.Add(
                "insert into due select * from unnest($1::integer[], $2::text[], $3::bigint[], $4::bigint[]) r (shard, client, due_ms, asks_ms)" + Fence
                + " on conflict (shard, client) do update set due_ms = excluded.due_ms, asks_ms = excluded.asks_ms",
                Array.ConvertAll(rows, d => d.Shard), Array.ConvertAll(rows, d => d.Due.Client), Array.ConvertAll(rows, d => d.Due.DueMs), Array.ConvertAll(rows, d => d.Due.AsksMs));
        }
    }
}
