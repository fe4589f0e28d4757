using System.Collections.Immutable;
using System.Text.Json;
using Engagement.Contracts.Storage;
using Engagement.Domain.Campaigns;
using Engagement.Domain.Language;
using Engagement.Domain.Organisation;
using Npgsql;

namespace Engagement.Storage.Postgres;

/// <inheritdoc cref="IEngagementQueries"/>
public sealed class PostgresQueries(PostgresDatabase database) : IEngagementQueries
{
    internal const string DecisionColumns = "select cursor, id, client, campaign, trigger, at_ms, outcome, prompt, because from decision ";

    private const string Related = " join client_place p on p.client = m.client and (p.outlet = any($1) or p.desk = any($2)"
        + " or (p.desk = 'hq' and ((coalesce(p.hq_for, 0) = 0 and p.outlet = any($3)) or (coalesce(p.hq_for, 1) = 1 and p.outlet = any($4)))))";

    public Task<IReadOnlyDictionary<string, long>> MemberCounts(ClientFilter filter) => database.Read<IReadOnlyDictionary<string, long>>(b =>
    {
        var counts = filter.IsAll
            ? b.List("select segment, count(*) from member group by segment", Count)
            : b.List($"select m.segment, count(*) from member m{Related} group by m.segment", Count, Lists(filter));
        return () => counts.ToDictionary(c => c.Item1, c => c.Item2);
    });

    public Task<IReadOnlyList<(string Client, long SinceMs)>> Members(string segment, ClientFilter filter, string? after, int limit) =>
        database.Read<IReadOnlyList<(string, long)>>(b =>
        {
            var members = filter.IsAll
                ? b.List("select client, since_ms from member where segment = $1 and client > $2 order by client limit $3", Count, segment, after ?? "", limit)
                : b.List(
                    $"select m.client, m.since_ms from member m{Related} where m.segment = $5 and m.client > $6 order by m.client limit $7",
                    Count, [.. Lists(filter), segment, after ?? "", limit]);
            return () => members;
        });

    public Task<IReadOnlyList<(long Cursor, Decision Decision)>> Decisions(string client, long before, int limit) =>
        database.Read<IReadOnlyList<(long, Decision)>>(b =>
        {
            var decisions = b.List(DecisionColumns + "where client = $1 and cursor < $2 order by cursor desc limit $3", Decision, client, before == 0 ? long.MaxValue : before, limit);
            return () => decisions;
        });

    public async Task<IReadOnlyList<StoredEvent>> Events(int shard, ClientAt client, long before, int limit)
    {
        // A cursor comes from outside: a record of somebody else, or none, ends the list.
        var from = before == 0 ? client.Last : await database.Read<long>(b =>
        {
            var previous = b.List("select previous from log where shard = $1 and position = $2 and client = $3", r => r.GetInt64(0), shard, before, client.Client);
            return () => previous.FirstOrDefault();
        });
        return await database.Read<IReadOnlyList<StoredEvent>>(b =>
        {
            var events = b.List(
                LogRows.Events,
                r => new StoredEvent(r.GetInt64(0), r.GetString(1), r.GetInt64(2), r.GetInt64(3), r.GetFieldValue<byte[]>(4)),
                shard, client.Client, from, limit);
            return () => events;
        });
    }

    internal static (long Cursor, Decision Decision) Decision(NpgsqlDataReader r) => (r.GetInt64(0), new(
        r.GetString(1), r.GetString(2), r.GetString(3), r.GetString(4), r.GetInt64(5), r.GetString(6), r.IsDBNull(7) ? null : r.GetString(7),
        JsonSerializer.Deserialize<ImmutableArray<Reason>>(r.GetString(8))));

    private static (string, long) Count(NpgsqlDataReader r) => (r.GetString(0), r.GetInt64(1));

    public Task<IReadOnlyDictionary<string, ClientPlace>> Places(IReadOnlyCollection<string> clients) => database.Read<IReadOnlyDictionary<string, ClientPlace>>(b =>
    {
        var places = b.List(
            "select client, outlet, desk, hq_for from client_place where client = any($1)",
            r => (Client: r.GetString(0), Place: new ClientPlace(r.GetString(1), DeskId.Parse(r.GetString(2)), r.IsDBNull(3) ? null : (MandateScope)r.GetInt16(3))),
            (object)Texts(clients));
        return () => places.ToDictionary(p => p.Client, p => p.Place);
    });

    private static object[] Lists(ClientFilter filter) => [Texts(filter.Outlets), Texts(filter.Desks), Texts(filter.TailOutlets), Texts(filter.OverflowOutlets)];

    private static string[] Texts(IReadOnlyCollection<string>? values) => [.. values ?? []];
}
