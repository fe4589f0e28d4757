using System.Text.Json;
using Engagement.Contracts.Faults;
using Engagement.Contracts.Storage;
using Engagement.Domain.Clients;
using Microsoft.Data.Sqlite;

namespace Engagement.Storage.Sqlite;

/// <inheritdoc cref="IShardStore"/>
public sealed class SqliteShardStore(SqliteDatabase database, IFaultPoints? faults = null) : IShardStore
{
    public Task<ShardHead> Acquire(int shard) => database.Write(s =>
    {
        s.Run("insert into shard values ($1, 0, 0, 0, 0, 0, null, 0) on conflict do nothing", shard);
        s.Run("update shard set epoch = epoch + 1 where id = $1", shard);
        return SqliteClients.ReadHead(s, shard)!;
    });

    public Task<bool> Commit(ShardCommit commit) => database.Write(s =>
    {
        // The fence comes first: a shard that was lost writes nothing.
        if (s.Run(
            "update shard set last = $1, outbox_seq = $2, now_ms = $3, rolled_position = $4, rolled_to = $5, checkpoint = $6 where id = $7 and epoch = $8 and last = $9",
            commit.NewLast, commit.OutboxSeq, commit.NowMs, commit.RolledPosition, commit.RolledTo, commit.Checkpoint, commit.Shard, commit.Epoch, commit.OldLast) == 0)
        {
            return false;
        }

        foreach (var record in commit.Records)
        {
            s.Run(
                "insert into log values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
                LogKey.Of(commit.Shard, record.Position), (int)record.Kind, record.Client, record.Source, record.Id, record.Type, record.TimeMs, record.AtMs,
                record.Data, record.Personal is null ? 0 : 1, record.Previous);
            if (record.Kind == RecordKind.Erased)
            {
                Erase(s, commit.Shard, record.Client);
            }

            if (record.Personal is { } personal)
            {
                s.Run(
                    "insert into personal values ($1, $2, $3, $4)",
                    commit.Shard, record.Position, record.Client, PersonalSeal.Seal(personal, KeyOf(s, record.Client), record.Client, commit.Shard, record.Position));
            }
        }

        foreach (var effects in commit.Effects)
        {
            Write(s, effects);
        }

        foreach (var row in commit.Outbox)
        {
            s.Run("insert into outbox values ($1, $2, $3)", commit.Shard, row.Seq, row.Payload);
        }

        foreach (var row in commit.Snapshots)
        {
            s.Run(
                "insert into client values ($1, $2, $3, $4, $5, $6) on conflict do update set position = excluded.position, last = excluded.last, state = excluded.state, recent = excluded.recent",
                commit.Shard, row.Client, row.Position, row.Last, row.State, row.Recent);
        }

        foreach (var row in commit.Dues)
        {
            Write(s, commit.Shard, row);
        }

        foreach (var seq in commit.Delivered)
        {
            s.Run("delete from outbox where shard = $1 and seq = $2", commit.Shard, seq);
        }

        WriteMap(s, commit);
        faults?.Reach(FaultPoint.ShardWritten);

        return true;
    });

    public Task<IReadOnlyList<LogRecord>> ReadControls(int shard) => database.Read<IReadOnlyList<LogRecord>>(s => SqliteClients.ReadControls(s, shard));

    public Task<IReadOnlyList<StoredClient>> ReadClients(int shard, IReadOnlyCollection<ClientAt> clients) =>
        database.Read<IReadOnlyList<StoredClient>>(s =>
        {
            List<StoredClient> found = [];
            foreach (var (client, last) in clients)
            {
                if (SqliteClients.Read(s, shard, client, last) is { } stored)
                {
                    found.Add(stored);
                }
            }

            return found;
        });

    public Task<IReadOnlyList<StoredClient>> ReadSnapshots(int shard, string from, string upTo) =>
        database.Read<IReadOnlyList<StoredClient>>(s => SqliteClients.ReadSnapshots(s, shard, from, upTo, int.MaxValue));

    public Task<IReadOnlyList<LogRecord>> ReadBack(int shard, long last, int most) =>
        database.Read<IReadOnlyList<LogRecord>>(s => SqliteClients.ReadBack(s, shard, last, 0, most));

    public Task<IShardView> OpenView(int shard) => database.View<IShardView>(s => new SqliteShardView(s, shard));

    public Task<IReadOnlyCollection<RecordSought>> ReadHeld(int shard, IReadOnlyCollection<RecordSought> records) =>
        database.Read<IReadOnlyCollection<RecordSought>>(s => [.. records.Where(r => IsHeld(s, shard, r))]);

    public Task<IReadOnlyList<StoredClientHead>> ReadClientHeads(int shard) => database.Read<IReadOnlyList<StoredClientHead>>(s =>
        s.List("select id, position, last from client where shard = $1 order by id", r => new StoredClientHead(r.GetString(0), r.GetInt64(1), r.GetInt64(2)), shard));

    public Task<IReadOnlyList<DueRow>> ReadDues(int shard) => database.Read<IReadOnlyList<DueRow>>(s =>
        s.List("select client, due_ms, asks_ms from due where shard = $1 order by client", r => new DueRow(r.GetString(0), r.GetInt64(1), r.GetInt64(2)), shard));

    public Task<IReadOnlyList<ClientAt>> ReadTail(int shard, long afterPosition) => database.Read<IReadOnlyList<ClientAt>>(s =>
        s.List(
            "select client, k from log where k > $1 and k <= $2 and client <> '' order by k",
            r => new ClientAt(r.GetString(0), LogKey.Position(r.GetInt64(1))),
            LogKey.Of(shard, afterPosition), LogKey.Of(shard, LogKey.PositionMax)));

    public Task<IReadOnlyList<OutboxRow>> ReadOutbox(int shard) => database.Read<IReadOnlyList<OutboxRow>>(s =>
        s.List(
            "select seq, payload from outbox where shard = $1 order by seq",
            r => new OutboxRow(r.GetInt64(0), r.GetFieldValue<byte[]>(1)),
            shard));

    public Task<IReadOnlyList<MapRow>> ReadMap(int shard, int fromMinute) => database.Read<IReadOnlyList<MapRow>>(s =>
        s.List(
            "select minute, part, tally from map_count where shard = $1 and (minute = $2 or minute >= $3) order by minute, part",
            r => new MapRow(r.GetInt32(0), r.GetInt64(1), r.GetFieldValue<byte[]>(2)),
            shard, MapRow.GaugeMinute, fromMinute));

    private static void WriteMap(SqliteSession s, ShardCommit commit)
    {
        foreach (var row in commit.MapReplaced)
        {
            s.Run("delete from map_count where shard = $1 and minute = $2 and part = $3", commit.Shard, row.Minute, row.Part);
        }

        foreach (var row in commit.Map)
        {
            s.Run("insert into map_count values ($1, $2, $3, $4)", commit.Shard, row.Minute, row.Part, row.Tally);
        }

        if (commit.MapKeptFrom > 0)
        {
            s.Run("delete from map_count where shard = $1 and minute > $2 and minute < $3", commit.Shard, MapRow.GaugeMinute, commit.MapKeptFrom);
        }
    }

    private static bool IsHeld(SqliteSession s, int shard, RecordSought sought)
    {
        for (var position = sought.Last; position > sought.AfterPosition;)
        {
            var (kind, id, atMs, previous) = s.First(
                "select kind, id, at_ms, previous from log where k = $1",
                r => ((RecordKind)r.GetInt32(0), r.GetString(1), r.GetInt64(2), r.GetInt64(3)),
                LogKey.Of(shard, position));
            if (kind != RecordKind.Event && id == sought.Id)
            {
                return true;
            }

            if (atMs < sought.FromMs)
            {
                return false;
            }

            position = previous;
        }

        return false;
    }

    private static void Write(SqliteSession s, int shard, DueRow row)
    {
        if (row.DueMs == long.MaxValue)
        {
            s.Run("delete from due where shard = $1 and client = $2", shard, row.Client);
        }
        else
        {
            s.Run(
                "insert into due values ($1, $2, $3, $4) on conflict do update set due_ms = excluded.due_ms, asks_ms = excluded.asks_ms",
                shard, row.Client, row.DueMs, row.AsksMs);
        }
    }

    private static void Write(SqliteSession s, ClientEffects effects)
    {
        foreach (var change in effects.Memberships)
        {
            if (change.Entered)
            {
                s.Run("insert into member values ($1, $2, $3) on conflict do update set since_ms = excluded.since_ms", change.Segment, effects.Client, change.AtMs);
            }
            else
            {
                s.Run("delete from member where segment = $1 and client = $2", change.Segment, effects.Client);
            }
        }

        if (effects.Place is { } place)
        {
            s.Run(
                "insert into client_place (client, outlet, desk, hq_for) values ($1, $2, $3, $4) on conflict do update set outlet = excluded.outlet, desk = excluded.desk, hq_for = excluded.hq_for",
                effects.Client, place.Outlet, place.Desk, (int?)place.HqFor);
        }

        foreach (var decision in effects.Decisions)
        {
            s.Run(
                "insert into decision (id, client, campaign, trigger, at_ms, outcome, prompt, because) values ($1, $2, $3, $4, $5, $6, $7, $8) "
                + "on conflict (id) do update set outcome = excluded.outcome, prompt = excluded.prompt, because = excluded.because",
                decision.Id, decision.Client, decision.Campaign, decision.Trigger, decision.AtMs, decision.Outcome, decision.Prompt,
                JsonSerializer.Serialize(decision.Because));
        }
    }

    /// <summary>
    /// With the key go the rows sealed under it: what comes later gets a new key, which would not open them. And what events of his held
    /// that were refused: they were kept as they came.
    /// </summary>
    private static void Erase(SqliteSession s, int shard, string client)
    {
        s.Run("delete from personal where shard = $1 and client = $2", shard, client);
        s.Run("delete from client_key where client = $1", client);
        s.Run("update dead_letter set raw = '', detail = '' where subject = $1", client);
        // Those that are older than their subject's column.
        s.Run("update dead_letter set raw = '', detail = '' where subject is null and instr(raw, $1) > 0", $"\"{client}\"");
        s.WantsScrub = true;
    }

    private static byte[] KeyOf(SqliteSession s, string client)
    {
        s.Run("insert into client_key values ($1, $2) on conflict do nothing", client, PersonalSeal.NewKey());
        return s.First("select key from client_key where client = $1", r => r.GetFieldValue<byte[]>(0), client)!;
    }
}
