using Engagement.Contracts.Storage;

namespace Engagement.Storage.Postgres;

/// <summary>What the map counts, of all commits of a transaction together.</summary>
internal static class MapRows
{
    public const string OfShard = "select minute, part, tally from map_count where shard = $1 and (minute = $2 or minute >= $3) order by minute, part";

    public const string OfMinutes =
        "select c.minute, c.tally from shard s cross join unnest($1::integer[], $2::integer[]) r (first, last) join map_count c on c.shard = s.id and c.minute between r.first and r.last";

    public const string First = "select min(f.minute) from shard s cross join lateral (select c.minute from map_count c where c.shard = s.id and c.minute > 0 order by c.minute limit 1) f";

    public static void Add(PostgresBatch batch, List<PendingWrite<ShardCommit>> shards)
    {
        var replaced = shards.SelectMany(s => s.Request.MapReplaced.Select(p => (s.Request.Shard, Part: p))).ToArray();
        if (replaced.Length > 0)
        {
            batch.Add(
                "delete from map_count m using unnest($1::integer[], $2::integer[], $3::bigint[]) r (shard, minute, part)" + ShardRows.Fence
                + " and m.shard = r.shard and m.minute = r.minute and m.part = r.part",
                Array.ConvertAll(replaced, r => r.Shard), Array.ConvertAll(replaced, r => r.Part.Minute), Array.ConvertAll(replaced, r => r.Part.Part));
        }

        var rows = shards.SelectMany(s => s.Request.Map.Select(m => (s.Request.Shard, Row: m))).ToArray();
        if (rows.Length > 0)
        {
            batch.Add(
                "insert into map_count select * from unnest($1::integer[], $2::integer[], $3::bigint[], $4::bytea[]) r (shard, minute, part, tally)" + ShardRows.Fence,
                Array.ConvertAll(rows, r => r.Shard), Array.ConvertAll(rows, r => r.Row.Minute), Array.ConvertAll(rows, r => r.Row.Part), Array.ConvertAll(rows, r => r.Row.Tally));
        }

        var kept = shards.Where(s => s.Request.MapKeptFrom > 0).Select(s => s.Request).ToArray();
        if (kept.Length > 0)
        {
            batch.Add(
                "delete from map_count m using unnest($1::integer[], $2::integer[]) r (shard, kept)" + ShardRows.Fence + " and m.shard = r.shard and m.minute > 0 and m.minute < r.kept",
                Array.ConvertAll(kept, c => c.Shard), Array.ConvertAll(kept, c => c.MapKeptFrom));
        }
    }
}
