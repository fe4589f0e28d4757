using Engagement.Contracts.Catalogue;
using Engagement.Contracts.Storage;
using Engagement.Domain.Campaigns;
using Engagement.Domain.Clients;
using Engagement.Domain.Segments;
using Npgsql;
using Orleans.Serialization;

namespace Engagement.Storage.Postgres;

/// <inheritdoc cref="IReplayView"/>
internal sealed class PostgresReplayView(NpgsqlConnection connection, Serializer serializer) : IReplayView
{
    private const int Page = 5_000;

    private string[]? segments;

    public IReadOnlyList<ShardHead> ReadShards() =>
        List("select id, epoch, last, outbox_seq, now_ms, rolled_position, rolled_to, checkpoint from shard order by id", PostgresDatabase.Head);

    /// <summary>The documents are state of a grain: its row is found by the state's name and the grain's key, and read with the serializer that wrote it.</summary>
    public IReadOnlyList<DocumentVersion> ReadDocuments(DocumentKind kind) =>
        List(
            "select payload from grain_state where type = $1 and extension = $2 and payload is not null",
            r => serializer.Deserialize<DocumentVersions>(r.GetFieldValue<byte[]>(0))!.All,
            DocumentVersions.StateName, DocumentKeys.Of(kind)).FirstOrDefault() ?? [];

    public long ReadLogStart() => List(LogRows.Start, r => r.GetInt64(0))[0];

    public IReadOnlyList<KeptClient> ReadKept(int shard, string? client)
    {
        var personal = List(
            ClientRows.PersonalColumns + "and ($2::text is null or p.client = $2) and exists (select 1 from log_start where anchors > 0) order by p.client, p.position",
            r => ClientRows.Personal(r, shard), shard, client).ToLookup(p => p.Client);
        return List(
            "select a.client, a.state, a.position, c.state is not null from anchor a join log_start s on s.anchors = a.part "
            + "left join client c on c.shard = a.shard and c.id = a.client and c.position = a.position and c.state <> a.state where a.shard = $1 and ($2::text is null or a.client = $2)",
            r => new KeptClient(r.GetString(0), r.GetFieldValue<byte[]>(1), ClientRows.AsOf(personal[r.GetString(0)], r.GetInt64(2)), r.GetBoolean(3)),
            shard, client);
    }

    public IReadOnlyDictionary<string, long> ReadAnchors(int shard) =>
        List("select client, max(position) from log where kind = 7 and shard = $1 group by client", r => (r.GetString(0), r.GetInt64(1)), shard).ToDictionary(a => a.Item1, a => a.Item2);

    public IReadOnlyDictionary<string, long> ReadSnapshotPositions(int shard) =>
        List("select id, position from client where shard = $1", r => (r.GetString(0), r.GetInt64(1)), shard).ToDictionary(s => s.Item1, s => s.Item2);

    /// <summary>Page by page: other things are read on the same connection meanwhile, and all pages are of one instant.</summary>
    public IEnumerable<LogRecord> ReadLog(int shard, string? client)
    {
        foreach (var control in List($"select {LogRows.Columns} from log_kept l {LogRows.Sealed} where l.shard = $1 and l.position < ({LogRows.Start}) order by l.position", LogRows.Record, shard))
        {
            yield return control;
        }

        for (var after = 0L; ;)
        {
            var page = List(
                $"select {LogRows.Columns} from log l {LogRows.Sealed} where l.shard = $1 and l.position > $2 and l.position >= ({LogRows.Start}) and ($3::text is null or l.client in ('', $3::text)) order by l.position limit $4",
                LogRows.Record, shard, after, client, Page);
            foreach (var record in page)
            {
                yield return record;
            }

            if (page.Count < Page)
            {
                yield break;
            }

            after = page[^1].Position;
        }
    }

    public byte[] ReadSnapshot(int shard, string client) =>
        List("select state from client where shard = $1 and id = $2", r => r.GetFieldValue<byte[]>(0), shard, client)[0];

    public IReadOnlyList<Membership> ReadMemberships(string client)
    {
        // The table is ordered by segment: each of the few there are is looked up, instead of keeping an index by client.
        segments ??= [.. List("select distinct segment from member", r => r.GetString(0))];
        return List(
            "select segment, since_ms from member where client = $1 and segment = any($2)",
            r => new Membership(r.GetString(0), r.GetInt64(1)),
            client, segments);
    }

    public DueRow? ReadDue(int shard, string client) =>
        List("select due_ms, asks_ms from due where shard = $1 and client = $2", r => new DueRow(client, r.GetInt64(0), r.GetInt64(1)), shard, client).FirstOrDefault();

    public ClientPlaceChange? ReadPlace(string client) =>
        List("select outlet, desk from client_place where client = $1", r => new ClientPlaceChange(r.GetString(0), r.GetString(1)), client).FirstOrDefault();

    public (long Cursor, Decision Decision)? ReadDecision(string id) => Decision("where id = $1", id);

    public (long Cursor, Decision Decision)? ReadNextDecision(string client, long after) =>
        Decision("where client = $1 and cursor > $2 order by cursor limit 1", client, after);

    public (long Cursor, Decision Decision)? ReadDecisionSince(string client, long afterMs) =>
        Decision("where client = $1 and at_ms > $2 order by cursor limit 1", client, afterMs);

    public (string Table, string Client)? FindStray()
    {
        foreach (var (table, id) in ((string, string)[])[("member", "client"), ("due", "client"), ("decision", "client"), ("client", "id")])
        {
            var stray = List($"select t.{id} from {table} t where not exists (select 1 from client_place p where p.client = t.{id}) limit 1", r => r.GetString(0));
            if (stray.Count > 0)
            {
                return (table, stray[0]);
            }
        }

        return null;
    }

    public long CountPlaces() => List("select count(*) from client_place", r => r.GetInt64(0))[0];

    public void Dispose() => connection.Dispose();

    private (long Cursor, Decision Decision)? Decision(string where, params ReadOnlySpan<object?> values) =>
        List(PostgresQueries.DecisionColumns + where, PostgresQueries.Decision, values) is [var found, ..] ? found : null;

    private List<T> List<T>(string sql, Func<NpgsqlDataReader, T> row, params ReadOnlySpan<object?> values) => connection.List(sql, row, values);
}
