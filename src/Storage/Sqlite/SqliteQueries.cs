using System.Collections.Immutable;
using System.Text.Json;
using Engagement.Contracts.Storage;
using Engagement.Domain.Campaigns;
using Engagement.Domain.Clients;
using Engagement.Domain.Language;
using Engagement.Domain.Organisation;

namespace Engagement.Storage.Sqlite;

/// <inheritdoc cref="IEngagementQueries"/>
public sealed class SqliteQueries(SqliteDatabase database) : IEngagementQueries
{
    private const string Related = " join client_place p on p.client = m.client and (p.outlet in (select value from json_each($1)) or p.desk in (select value from json_each($2))"
        + " or (p.desk = 'hq' and ((coalesce(p.hq_for, 0) = 0 and p.outlet in (select value from json_each($3))) or (coalesce(p.hq_for, 1) = 1 and p.outlet in (select value from json_each($4))))))";

    public Task<IReadOnlyDictionary<string, long>> MemberCounts(ClientFilter filter) => database.Read<IReadOnlyDictionary<string, long>>(s =>
        (filter.IsAll
            ? s.List("select segment, count(*) from member group by segment", r => (r.GetString(0), r.GetInt64(1)))
            : s.List($"select m.segment, count(*) from member m{Related} group by m.segment", r => (r.GetString(0), r.GetInt64(1)), Lists(filter)))
        .ToDictionary(c => c.Item1, c => c.Item2));

    public Task<IReadOnlyList<(string Client, long SinceMs)>> Members(string segment, ClientFilter filter, string? after, int limit) =>
        database.Read<IReadOnlyList<(string, long)>>(s => filter.IsAll
            ? s.List(
                "select client, since_ms from member where segment = $1 and client > $2 order by client limit $3",
                r => (r.GetString(0), r.GetInt64(1)),
                segment, after ?? "", limit)
            : s.List(
                $"select m.client, m.since_ms from member m{Related} where m.segment = $5 and m.client > $6 order by m.client limit $7",
                r => (r.GetString(0), r.GetInt64(1)),
                [.. Lists(filter), segment, after ?? "", limit]));

    public Task<IReadOnlyDictionary<string, ClientPlace>> Places(IReadOnlyCollection<string> clients) => database.Read<IReadOnlyDictionary<string, ClientPlace>>(s => s.List(
        "select client, outlet, desk, hq_for from client_place where client in (select value from json_each($1))",
        r => (Client: r.GetString(0), Place: new ClientPlace(r.GetString(1), DeskId.Parse(r.GetString(2)), r.IsDBNull(3) ? null : (MandateScope)r.GetInt32(3))),
        Json(clients)).ToDictionary(p => p.Client, p => p.Place));

    private static object[] Lists(ClientFilter filter) => [Json(filter.Outlets), Json(filter.Desks), Json(filter.TailOutlets), Json(filter.OverflowOutlets)];

    private static string Json(IReadOnlyCollection<string>? values) => JsonSerializer.Serialize(values ?? []);

    public Task<IReadOnlyList<(long Cursor, Decision Decision)>> Decisions(string client, long before, int limit) =>
        database.Read<IReadOnlyList<(long, Decision)>>(s => s.List(
            "select cursor, id, campaign, trigger, at_ms, outcome, prompt, because from decision where client = $1 and cursor < $2 order by cursor desc limit $3",
            r => (r.GetInt64(0), new Decision(
                r.GetString(1), client, r.GetString(2), r.GetString(3), r.GetInt64(4), r.GetString(5), r.IsDBNull(6) ? null : r.GetString(6),
                JsonSerializer.Deserialize<ImmutableArray<Reason>>(r.GetString(7)))),
            client, before == 0 ? long.MaxValue : before, limit));

    public Task<IReadOnlyList<StoredEvent>> Events(int shard, ClientAt client, long before, int limit) => database.Read<IReadOnlyList<StoredEvent>>(s =>
    {
        List<StoredEvent> events = [];
        // A cursor comes from outside: a record of somebody else, or none, ends the list.
        var position = before == 0 ? client.Last : Link(before)?.Previous ?? 0;
        while (position > 0 && events.Count < limit && Link(position) is { } link)
        {
            if (link.Event is { } found)
            {
                events.Add(found);
            }

            position = link.Previous;
        }

        return events;

        (StoredEvent? Event, long Previous)? Link(long at) => s.First<(StoredEvent?, long)?>(
            "select type, time_ms, at_ms, data, kind, previous from log where k = $1 and client = $2",
            r => (r.GetInt32(4) == (int)RecordKind.Event ? new(at, r.GetString(0), r.GetInt64(1), r.GetInt64(2), r.GetFieldValue<byte[]>(3)) : null, r.GetInt64(5)),
            LogKey.Of(shard, at), client.Client);
    });
}
