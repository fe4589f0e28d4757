using Engagement.Domain.Clients;
using Npgsql;

namespace Engagement.Storage.Postgres;

/// <summary>
/// Reading the log. A client's records are found from his last one backwards: each step looks one record up by its place, in
/// the one part that holds it. <c>limit 1</c> keeps the planner to looking up.
/// </summary>
internal static class LogRows
{
    public const string Columns = "l.shard, l.position, l.kind, l.client, l.source, l.id, l.type, l.time_ms, l.at_ms, l.data, p.sealed, k.key, l.previous";

    public const string Sealed =
        "left join personal p on l.personal and p.shard = l.shard and p.client = l.client and p.position = l.position left join client_key k on l.personal and k.client = l.client";

    /// <summary>Records that concern every client. $1 shard.</summary>
    public const string Controls =
        $"select {Columns} from (select * from log where shard = $1 and client = '' union select * from log_kept where shard = $1) l {Sealed} order by l.position";

    /// <summary>Records before this position were dropped, or are just being.</summary>
    public const string Start = "select position from log_start";

    /// <summary>Records of clients after their snapshots. $1 shard, $2 clients, $3 their last positions.</summary>
    public const string Tails = $"""
        with recursive chain as (
          select l.*, coalesce(c.position, 0) as after
          from unnest($2::text[], $3::bigint[]) w (client, last)
          left join client c on c.shard = $1 and c.id = w.client
          cross join lateral (select * from log l where l.shard = $1 and l.position = w.last limit 1) l
          where w.last > coalesce(c.position, 0)
          union all
          select l.*, c.after from chain c cross join lateral (select * from log l where l.shard = $1 and l.position = c.previous limit 1) l
          where c.previous > c.after)
        select {Columns} from chain l {Sealed} order by l.position
        """;

    /// <summary>
    /// A client's records from one of his backwards, newest first, none from before the log's start, also where such are still there: what is
    /// computed over them must be what a replay computes. $1 shard, $2 from this position, $3 at most so many.
    /// </summary>
    public const string Back = $"""
        with recursive chain as (
          select l.*, 1 as n from (select * from log l where l.shard = $1 and l.position = $2 limit 1) l
          where l.position >= ({Start})
          union all
          select l.*, c.n + 1 from chain c cross join lateral (select * from log l where l.shard = $1 and l.position = c.previous limit 1) l
          where c.previous > 0 and c.previous >= ({Start}) and c.n < $3)
        select {Columns} from chain l {Sealed} order by l.position desc
        """;

    /// <summary>Which of some records are there, by their number from 1. $1 shard, $2 last positions, $3 ids, $4 after, $5 not before.</summary>
    public const string Held = """
        with recursive chain as (
          select w.n, w.id as sought, w.after, w.from_ms, l.kind, l.id, l.at_ms, l.previous
          from unnest($2::bigint[], $3::text[], $4::bigint[], $5::bigint[]) with ordinality w (last, id, after, from_ms, n)
          cross join lateral (select * from log l where l.shard = $1 and l.position = w.last limit 1) l
          where w.last > w.after
          union all
          select c.n, c.sought, c.after, c.from_ms, l.kind, l.id, l.at_ms, l.previous
          from chain c cross join lateral (select * from log l where l.shard = $1 and l.position = c.previous limit 1) l
          where c.previous > c.after and c.at_ms >= c.from_ms and not (c.kind <> 1 and c.id = c.sought))
        select distinct n from chain where kind <> 1 and id = sought
        """;

    /// <summary>A client's events, newest first, and his other records between them. $1 shard, $2 client, $3 from this position, $4 at most so many events.</summary>
    public const string Events = """
        with recursive chain as (
          select l.*, case l.kind when 1 then 1 else 0 end as events
          from (select * from log l where l.shard = $1 and l.position = $3 and l.client = $2 limit 1) l
          union all
          select l.*, c.events + case l.kind when 1 then 1 else 0 end
          from chain c cross join lateral (select * from log l where l.shard = $1 and l.position = c.previous and l.client = $2 limit 1) l
          where c.previous > 0 and c.events < $4)
        select position, type, time_ms, at_ms, data from chain where kind = 1 order by position desc
        """;

    public static LogRecord Record(NpgsqlDataReader r)
    {
        var (shard, position, client) = (r.GetInt32(0), r.GetInt64(1), r.GetString(3));
        var personal = r.IsDBNull(10)
            ? null
            : PersonalSeal.Open(r.GetFieldValue<byte[]>(10), r.IsDBNull(11) ? null : r.GetFieldValue<byte[]>(11), client, shard, position);
        return new(position, (RecordKind)r.GetInt16(2), client, r.GetString(4), r.GetString(5), r.GetString(6), r.GetInt64(7), r.GetInt64(8), r.GetFieldValue<byte[]>(9), personal) { Previous = r.GetInt64(12) };
    }

    /// <summary>A client's records after a position, each found by the one after it; none may be missing.</summary>
    public static List<LogRecord> Chain(int shard, IEnumerable<LogRecord> found, long last, long after)
    {
        List<LogRecord> chain = [.. found];
        var position = last;
        for (var i = chain.Count - 1; position > after; position = chain[i--].Previous)
        {
            if (i < 0 || chain[i].Position != position)
            {
                throw new InvalidOperationException($"The log of shard {shard} has no record {position}.");
            }
        }

        return chain;
    }
}
