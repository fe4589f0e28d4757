using System.Text.Json;
using Engagement.Contracts.Catalogue;
using Engagement.Contracts.Storage;
using Engagement.Domain.Clients;
using Engagement.Domain.Organisation;
using Engagement.Domain.Segments;
using Microsoft.Data.Sqlite;
using Orleans.Serialization;

namespace Engagement.Storage.Sqlite;

/// <inheritdoc cref="IReplayView"/>
internal sealed class SqliteReplayView(SqliteSession session, Serializer serializer) : IReplayView
{
    private const string Decisions = "select cursor, id, client, campaign, trigger, at_ms, outcome, prompt, because from decision ";

    private string? segments;

    public IReadOnlyList<ShardHead> ReadShards() => session.List(
        "select id, epoch, last, outbox_seq, now_ms, rolled_position, rolled_to, checkpoint from shard order by id",
        r => new ShardHead(r.GetInt32(0), r.GetInt64(1), r.GetInt64(2), r.GetInt64(3), r.GetInt64(4), r.GetInt64(5), r.IsDBNull(6) ? null : r.GetString(6), r.GetInt64(7)));

    /// <summary>
    /// The documents are state of a grain, which only a silo can ask. Its row is found by the state's name and the grain's key,
    /// and read with the serializer that the silo's storage is given: a replay needs no silo, and nothing is stored twice.
    /// </summary>
    public IReadOnlyList<DocumentVersion> ReadDocuments(DocumentKind kind) =>
        session.First(
            "select PayloadBinary from OrleansStorage where GrainTypeString = $1 and GrainIdExtensionString = $2 and PayloadBinary is not null",
            r => serializer.Deserialize<DocumentVersions>(r.GetFieldValue<byte[]>(0))!.All,
            DocumentVersions.StateName, DocumentKeys.Of(kind)) ?? [];

    /// <summary>Nothing is dropped here.</summary>
    public long ReadLogStart() => 0;

    public IReadOnlyList<KeptClient> ReadKept(int shard, string? client) => [];

    public IReadOnlyDictionary<string, long> ReadAnchors(int shard) =>
        session.List(
            "select client, max(k) from log where kind = 7 and k between $1 and $2 group by client",
            r => (r.GetString(0), LogKey.Position(r.GetInt64(1))),
            LogKey.Of(shard, 0), LogKey.Of(shard, LogKey.PositionMax)).ToDictionary(a => a.Item1, a => a.Item2);

    public IReadOnlyDictionary<string, long> ReadSnapshotPositions(int shard) =>
        session.List("select id, position from client where shard = $1", r => (r.GetString(0), r.GetInt64(1)), shard).ToDictionary(s => s.Item1, s => s.Item2);

    public IEnumerable<LogRecord> ReadLog(int shard, string? client)
    {
        const string columns = "select k, kind, client, type, time_ms, at_ms, data, personal, previous from log where k between $1 and $2 ";
        var (first, last) = (LogKey.Of(shard, 0), LogKey.Of(shard, LogKey.PositionMax));
        return client is null
            ? session.Stream(columns + "order by k", Record, first, last)
            : session.Stream(columns + "and client in ('', $3) order by k", Record, first, last, client);
    }

    public IReadOnlyDictionary<string, byte[]> ReadSnapshots(int shard, IReadOnlyCollection<string> clients) =>
        clients.Select(c => (Client: c, State: session.First("select state from client where shard = $1 and id = $2", r => r.GetFieldValue<byte[]>(0), shard, c)))
            .Where(s => s.State is not null).ToDictionary(s => s.Client, s => s.State!);

    public IReadOnlyList<StoredEffects> ReadEffects(int shard, IReadOnlyList<string> clients)
    {
        // The table is ordered by segment: each of the few there are is looked up, instead of keeping an index by client.
        segments ??= JsonSerializer.Serialize(session.List(
            "with recursive s (id) as (select min(segment) from member union all select (select min(segment) from member where segment > s.id) from s where s.id is not null) select id from s where id is not null",
            r => r.GetString(0)));
        return [.. clients.Select(client => new StoredEffects(
            session.List(
                "select segment, since_ms from member where client = $1 and segment in (select value from json_each($2))", r => new Membership(r.GetString(0), r.GetInt64(1)), client, segments),
            session.First("select due_ms, asks_ms from due where shard = $1 and client = $2", r => new DueRow(client, r.GetInt64(0), r.GetInt64(1)), shard, client),
            session.First(
                "select outlet, desk, hq_for from client_place where client = $1",
                r => new ClientPlaceChange(r.GetString(0), r.GetString(1)) { HqFor = r.IsDBNull(2) ? null : (MandateScope)r.GetInt32(2) },
                client)))];
    }

    public IReadOnlyDictionary<string, StoredDecision> ReadDecisions(IReadOnlyCollection<string> ids) =>
        ids.Select(id => session.First(Decisions + "where id = $1", Decision, id)).OfType<StoredDecision>().ToDictionary(d => d.Decision.Id);

    public IReadOnlyList<IReadOnlyList<StoredDecision>> ReadNextDecisions(IReadOnlyList<(string Client, long After, int Most)> wanted) =>
        [.. wanted.Select(w => session.List(Decisions + "where client = $1 and cursor > $2 order by cursor limit $3", Decision, w.Client, w.After, w.Most))];

    public IReadOnlyList<StoredDecision?> ReadDecisionsSince(IReadOnlyList<(string Client, long AfterMs)> wanted) =>
        [.. wanted.Select(w => session.First(Decisions + "where client = $1 and at_ms > $2 order by cursor limit 1", Decision, w.Client, w.AfterMs))];

    public (string Table, string Client)? FindStray() =>
        session.First<(string, string)?>(
            string.Join(" union all ", ((string[])["member", "due", "decision"]).Select(t =>
                $"select * from (select '{t}', t.client from {t} t where not exists (select 1 from client_place p where p.client = t.client) limit 1)"))
            + " union all select * from (select 'client', t.id from client t where not exists (select 1 from client_place p where p.client = t.id) limit 1) limit 1",
            r => (r.GetString(0), r.GetString(1)));

    public long CountPlaces() => session.First("select count(*) from client_place", r => r.GetInt64(0));

    public void Dispose()
    {
        session.TryRollback();
        session.Dispose();
    }

    /// <summary>Source and id name repeats, of which the log has none: nothing is judged by them, and they are not read.</summary>
    private LogRecord Record(SqliteDataReader r)
    {
        var ((shard, position), client) = (LogKey.Split(r.GetInt64(0)), r.GetString(2));
        var personal = r.GetInt32(7) == 0 ? null : Personal(shard, position, client);
        return new(position, (RecordKind)r.GetInt32(1), client, "", "", r.GetString(3), r.GetInt64(4), r.GetInt64(5), r.GetFieldValue<byte[]>(6), personal) { Previous = r.GetInt64(8) };
    }

    /// <summary>Few records have personal fields: they are looked up, not joined to all.</summary>
    private PersonalFields? Personal(int shard, long position, string client) => session.First(
        "select p.sealed, k.key from personal p left join client_key k on k.client = p.client where p.shard = $1 and p.position = $2",
        r => PersonalSeal.Open(r.GetFieldValue<byte[]>(0), r.IsDBNull(1) ? null : r.GetFieldValue<byte[]>(1), client, shard, position),
        shard, position);

    private static StoredDecision Decision(SqliteDataReader r) => new(
        r.GetInt64(0),
        new(r.GetString(1), r.GetString(2), r.GetString(3), r.GetString(4), r.GetInt64(5), r.GetString(6), r.IsDBNull(7) ? null : r.GetString(7), []),
        r.GetString(8));
}
