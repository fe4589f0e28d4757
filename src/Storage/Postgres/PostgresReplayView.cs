using Engagement.Contracts.Catalogue;
using Engagement.Contracts.Storage;
using Engagement.Domain.Campaigns;
using Engagement.Domain.Clients;
using Engagement.Domain.Organisation;
using Engagement.Domain.Segments;
using Npgsql;
using Orleans.Serialization;

namespace Engagement.Storage.Postgres;

/// <inheritdoc cref="IReplayView"/>
internal sealed class PostgresReplayView(NpgsqlConnection connection, Serializer serializer) : IReplayView
{
    private const int Page = 10_000;
    private const string Log = "select position, kind, client, type, time_ms, at_ms, data, previous, personal from log where shard = $1 and position > $2 ";
    private const string Decisions = "select d.cursor, d.id, d.client, d.campaign, d.trigger, d.at_ms, d.outcome, d.prompt, d.because ";

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

        for (var after = ReadLogStart() - 1; ;)
        {
            var page = client is null
                ? List(Log + "order by position limit $3", Record, shard, after, Page)
                : List(Log + "and client in ('', $4) order by position limit $3", Record, shard, after, Page, client);
            OpenPersonal(shard, page);
            foreach (var (record, _) in page)
            {
                yield return record;
            }

            if (page.Count < Page)
            {
                yield break;
            }

            after = page[^1].Record.Position;
        }
    }

    public IReadOnlyDictionary<string, byte[]> ReadSnapshots(int shard, IReadOnlyCollection<string> clients) =>
        List("select id, state from client where shard = $1 and id = any($2)", r => (r.GetString(0), r.GetFieldValue<byte[]>(1)), shard, clients.ToArray()).ToDictionary(s => s.Item1, s => s.Item2);

    public IReadOnlyList<StoredEffects> ReadEffects(int shard, IReadOnlyList<string> clients)
    {
        string[] ids = [.. clients];
        // The table is ordered by segment: each of the few there are is looked up, instead of keeping an index by client.
        segments ??= [.. List("select distinct segment from member", r => r.GetString(0))];
        var memberships = List(
            "select m.client, m.segment, m.since_ms from unnest($2::text[]) s (segment) cross join unnest($1::text[]) c (client) join member m on m.segment = s.segment and m.client = c.client",
            r => (Client: r.GetString(0), Membership: new Membership(r.GetString(1), r.GetInt64(2))), ids, segments).ToLookup(m => m.Client, m => m.Membership);
        var dues = List(
            "select client, due_ms, asks_ms from due where shard = $1 and client = any($2)", r => new DueRow(r.GetString(0), r.GetInt64(1), r.GetInt64(2)), shard, ids).ToDictionary(d => d.Client);
        var places = List(
            "select client, outlet, desk, hq_for from client_place where client = any($1)",
            r => (r.GetString(0), new ClientPlaceChange(r.GetString(1), r.GetString(2)) { HqFor = r.IsDBNull(3) ? null : (MandateScope)r.GetInt16(3) }),
            [ids]).ToDictionary(p => p.Item1, p => p.Item2);
        return [.. clients.Select(c => new StoredEffects([.. memberships[c]], dues.GetValueOrDefault(c), places.GetValueOrDefault(c)))];
    }

    public IReadOnlyDictionary<string, StoredDecision> ReadDecisions(IReadOnlyCollection<string> ids) => ids.Count == 0
        ? new Dictionary<string, StoredDecision>()
        : List(Decisions + "from decision d where d.id = any($1)", r => Decision(r), [ids.ToArray()]).ToDictionary(d => d.Decision.Id);

    public IReadOnlyList<IReadOnlyList<StoredDecision>> ReadNextDecisions(IReadOnlyList<(string Client, long After, int Most)> wanted)
    {
        if (wanted.Count == 0)
        {
            return [];
        }

        var found = List(
            Decisions + ", w.n from unnest($1::text[], $2::bigint[], $3::integer[]) with ordinality w (client, after, most, n) "
            + "cross join lateral (select * from decision d where d.client = w.client and d.cursor > w.after order by d.cursor limit w.most) d",
            r => (Number: r.GetInt64(9), Decision: Decision(r)),
            wanted.Select(w => w.Client).ToArray(), wanted.Select(w => w.After).ToArray(), wanted.Select(w => w.Most).ToArray()).ToLookup(d => d.Number, d => d.Decision);
        return [.. Enumerable.Range(1, wanted.Count).Select(n => found[n].OrderBy(d => d.Cursor).ToList())];
    }

    public IReadOnlyList<StoredDecision?> ReadDecisionsSince(IReadOnlyList<(string Client, long AfterMs)> wanted)
    {
        if (wanted.Count == 0)
        {
            return [];
        }

        var found = List(
            Decisions + ", w.n from unnest($1::text[], $2::bigint[]) with ordinality w (client, after, n) "
            + "cross join lateral (select * from decision d where d.client = w.client and d.at_ms > w.after order by d.cursor limit 1) d",
            r => (Number: r.GetInt64(9), Decision: Decision(r)),
            wanted.Select(w => w.Client).ToArray(), wanted.Select(w => w.AfterMs).ToArray()).ToDictionary(d => d.Number, d => d.Decision);
        return [.. Enumerable.Range(1, wanted.Count).Select(n => found.GetValueOrDefault(n))];
    }

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

    /// <summary>Few records have personal fields: they are looked up, not joined to all.</summary>
    private void OpenPersonal(int shard, List<(LogRecord Record, bool Personal)> page)
    {
        var concerned = Enumerable.Range(0, page.Count).Where(i => page[i].Personal).ToList();
        if (concerned.Count == 0)
        {
            return;
        }

        var opened = List(
            "select p.position, p.client, p.sealed, k.key from unnest($2::text[], $3::bigint[]) w (client, position) join personal p on p.shard = $1 and p.client = w.client and p.position = w.position "
            + "left join client_key k on k.client = p.client",
            r => (
                Position: r.GetInt64(0),
                Fields: PersonalSeal.Open(r.GetFieldValue<byte[]>(2), r.IsDBNull(3) ? null : r.GetFieldValue<byte[]>(3), r.GetString(1), shard, r.GetInt64(0))),
            shard, concerned.ConvertAll(i => page[i].Record.Client).ToArray(), concerned.ConvertAll(i => page[i].Record.Position).ToArray()).ToDictionary(p => p.Position, p => p.Fields);
        foreach (var i in concerned)
        {
            page[i] = (page[i].Record with { Personal = opened.GetValueOrDefault(page[i].Record.Position) }, true);
        }
    }

    /// <summary>Source and id name repeats, of which the log has none: nothing is judged by them, and they are not read.</summary>
    private static (LogRecord Record, bool Personal) Record(NpgsqlDataReader r) => (
        new(r.GetInt64(0), (RecordKind)r.GetInt16(1), r.GetString(2), "", "", r.GetString(3), r.GetInt64(4), r.GetInt64(5), r.GetFieldValue<byte[]>(6), null) { Previous = r.GetInt64(7) },
        r.GetBoolean(8));

    private static StoredDecision Decision(NpgsqlDataReader r) => new(
        r.GetInt64(0),
        new(r.GetString(1), r.GetString(2), r.GetString(3), r.GetString(4), r.GetInt64(5), r.GetString(6), r.IsDBNull(7) ? null : r.GetString(7), []),
        r.GetString(8));

    private List<T> List<T>(string sql, Func<NpgsqlDataReader, T> row, params ReadOnlySpan<object?> values) => connection.List(sql, row, values);
}
