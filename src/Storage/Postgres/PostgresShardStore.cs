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
        var controls = b.List($"select {LogRows.Columns} from log l {LogRows.Sealed} where l.shard = $1 and l.client = '' order by l.position", LogRows.Record, shard);
        return () => controls;
    });

    public Task<IReadOnlyList<StoredClient>> ReadClients(int shard, IReadOnlyCollection<ClientAt> clients) =>
        database.Read<IReadOnlyList<StoredClient>>(b =>
        {
            string[] ids = [.. clients.Select(c => c.Client)];
            var heads = b.List(
                "select id, position, state, recent from client where shard = $1 and id = any($2)",
                r => (Client: r.GetString(0), Position: r.GetInt64(1), State: r.GetFieldValue<byte[]>(2), Recent: r.GetFieldValue<byte[]>(3)),
                shard, ids);
            var tails = b.List(LogRows.Tails, LogRows.Record, shard, ids, clients.Select(c => c.Last).ToArray());
            var personal = b.List(
                "select p.client, p.position, p.sealed, k.key from personal p left join client_key k on k.client = p.client "
                + "where p.shard = $1 and p.client = any($2) order by p.client, p.position",
                r => (Client: r.GetString(0), Position: r.GetInt64(1), Fields: PersonalSeal.Open(r.GetFieldValue<byte[]>(2), r.IsDBNull(3) ? null : r.GetFieldValue<byte[]>(3), r.GetString(0), shard, r.GetInt64(1))),
                shard, ids);
            return () =>
            {
                var (headOf, tailOf, personalOf) = (heads.ToDictionary(h => h.Client), tails.ToLookup(t => t.Client), personal.ToLookup(p => p.Client));
                List<StoredClient> found = [];
                foreach (var (client, last) in clients)
                {
                    var head = headOf.GetValueOrDefault(client);
                    var tail = LogRows.Chain(shard, tailOf[client], last, head.Position);
                    if (head.State is not null || tail.Count > 0)
                    {
                        var fields = personalOf[client].Where(p => p.Position <= head.Position).Aggregate(PersonalFields.None, (all, newer) => all.With(newer.Fields));
                        found.Add(new(client, head.Position, head.State, head.Recent, fields, tail));
                    }
                }

                return found;
            };
        });

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
}
