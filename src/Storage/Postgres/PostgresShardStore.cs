using Engagement.Contracts.Storage;
using Engagement.Domain.Clients;

namespace Engagement.Storage.Postgres;

/// <inheritdoc cref="IShardStore"/>
public sealed class PostgresShardStore(PostgresDatabase database) : IShardStore
{
    public Task<ShardHead> Acquire(int shard) => database.Acquire(shard);

    public Task<bool> Commit(ShardCommit commit) =>
        database.Write("shard:" + commit.Shard, commit.Records.Count + commit.Snapshots.Count + 1, commit);

    public Task<IReadOnlyList<LogRecord>> ReadControls(int shard) => database.Read<IReadOnlyList<LogRecord>>(b =>
    {
        var controls = b.List(LogRows.Controls, LogRows.Record, shard);
        return () => controls;
    });

    public Task<IReadOnlyList<StoredClient>> ReadClients(int shard, IReadOnlyCollection<ClientAt> clients) =>
        database.Read<IReadOnlyList<StoredClient>>(b => ClientRows.WithTails(b, shard, clients));

    public Task<IReadOnlyList<StoredClient>> ReadSnapshots(int shard, string from, string upTo) =>
        database.Read<IReadOnlyList<StoredClient>>(b => ClientRows.Snapshots(b, shard, from, upTo));

    public Task<IReadOnlyList<LogRecord>> ReadBack(int shard, long last, int most) => database.Read<IReadOnlyList<LogRecord>>(b =>
    {
        var records = b.List(LogRows.Back, LogRows.Record, shard, last, most);
        var start = b.List(LogRows.Start, r => r.GetInt64(0));
        return () =>
        {
            var missing = records.Count == 0 ? last : records.Count < most ? records[^1].Previous : 0;
            return missing == 0 || missing < start[0] ? records : throw new InvalidOperationException($"The log of shard {shard} has no record {missing}.");
        };
    });

    public Task<IShardView> OpenView(int shard) => database.View(shard);

    public Task<IReadOnlyCollection<RecordSought>> ReadHeld(int shard, IReadOnlyCollection<RecordSought> records) =>
        database.Read<IReadOnlyCollection<RecordSought>>(b =>
        {
            RecordSought[] sought = [.. records];
            var held = b.List(
                LogRows.Held, r => sought[r.GetInt64(0) - 1],
                shard, Array.ConvertAll(sought, s => s.Last), Array.ConvertAll(sought, s => s.Id), Array.ConvertAll(sought, s => s.AfterPosition), Array.ConvertAll(sought, s => s.FromMs));
            return () => held;
        });

    public Task<IReadOnlyList<StoredClientHead>> ReadClientHeads(int shard) => database.Read<IReadOnlyList<StoredClientHead>>(b =>
    {
        var heads = b.List("select id, position, last from client where shard = $1 order by id", r => new StoredClientHead(r.GetString(0), r.GetInt64(1), r.GetInt64(2)), shard);
        return () => heads;
    });

    public Task<IReadOnlyList<DueRow>> ReadDues(int shard) => database.Read<IReadOnlyList<DueRow>>(b =>
    {
        var dues = b.List("select client, due_ms, asks_ms from due where shard = $1 order by client", r => new DueRow(r.GetString(0), r.GetInt64(1), r.GetInt64(2)), shard);
        return () => dues;
    });

    public Task<IReadOnlyList<ClientAt>> ReadTail(int shard, long afterPosition) => database.Read<IReadOnlyList<ClientAt>>(b =>
    {
        var tail = b.List(
            "select client, position from log where shard = $1 and position > $2 and client <> '' order by position",
            r => new ClientAt(r.GetString(0), r.GetInt64(1)),
            shard, afterPosition);
        return () => tail;
    });

    public Task<IReadOnlyList<OutboxRow>> ReadOutbox(int shard) => database.Read<IReadOnlyList<OutboxRow>>(b =>
    {
        var rows = b.List("select seq, payload from outbox where shard = $1 order by seq", r => new OutboxRow(r.GetInt64(0), r.GetFieldValue<byte[]>(1)), shard);
        return () => rows;
    });

    public Task<IReadOnlyList<MapRow>> ReadMap(int shard, int fromMinute) => database.Read<IReadOnlyList<MapRow>>(b =>
    {
        var rows = b.List(MapRows.OfShard, r => new MapRow(r.GetInt32(0), r.GetInt64(1), r.GetFieldValue<byte[]>(2)), shard, MapRow.GaugeMinute, fromMinute);
        return () => rows;
    });
}
