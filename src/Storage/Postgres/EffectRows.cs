using System.Text.Json;
using Engagement.Contracts.Storage;
using Engagement.Domain.Campaigns;

namespace Engagement.Storage.Postgres;

/// <summary>What follows from records, of all commits of a transaction together. Where one commit changes a row twice, the last change counts.</summary>
internal static class EffectRows
{
    public static void Add(PostgresBatch batch, List<PendingWrite<ShardCommit>> shards)
    {
        AddMembers(batch, shards);
        AddPlaces(batch, shards);
        AddDecisions(batch, shards);
    }

    private static void AddMembers(PostgresBatch batch, List<PendingWrite<ShardCommit>> shards)
    {
        var all = shards.SelectMany(s => s.Request.Effects.SelectMany(e => e.Memberships.Select(m => (s.Request.Shard, e.Client, Change: m))))
            .GroupBy(m => (m.Client, m.Change.Segment)).Select(g => g.Last()).ToLookup(m => m.Change.Entered);
        var (entered, left) = (all[true].ToArray(), all[false].ToArray());
        if (left.Length > 0)
        {
            batch.Add(
                "delete from member m using unnest($1::integer[], $2::text[], $3::text[]) r (shard, segment, client)" + ShardRows.Fence + " and m.segment = r.segment and m.client = r.client",
                Array.ConvertAll(left, m => m.Shard), Array.ConvertAll(left, m => m.Change.Segment), Array.ConvertAll(left, m => m.Client));
        }

        if (entered.Length > 0)
        {
            batch.Add(
                "insert into member select r.segment, r.client, r.since_ms from unnest($1::integer[], $2::text[], $3::text[], $4::bigint[]) r (shard, segment, client, since_ms)" + ShardRows.Fence
                + " on conflict (segment, client) do update set since_ms = excluded.since_ms",
                Array.ConvertAll(entered, m => m.Shard), Array.ConvertAll(entered, m => m.Change.Segment), Array.ConvertAll(entered, m => m.Client), Array.ConvertAll(entered, m => m.Change.AtMs));
        }
    }

    private static void AddPlaces(PostgresBatch batch, List<PendingWrite<ShardCommit>> shards)
    {
        var places = shards.SelectMany(s => s.Request.Effects.Where(e => e.Place is not null).Select(e => (s.Request.Shard, e.Client, Place: e.Place!)))
            .GroupBy(p => p.Client).Select(g => g.Last()).ToArray();
        if (places.Length > 0)
        {
            batch.Add(
                "insert into client_place (client, outlet, desk, hq_for) select r.client, r.outlet, r.desk, r.hq_for "
                + "from unnest($1::integer[], $2::text[], $3::text[], $4::text[], $5::smallint[]) r (shard, client, outlet, desk, hq_for)" + ShardRows.Fence
                + " on conflict (client) do update set outlet = excluded.outlet, desk = excluded.desk, hq_for = excluded.hq_for",
                Array.ConvertAll(places, p => p.Shard), Array.ConvertAll(places, p => p.Client), Array.ConvertAll(places, p => p.Place.Outlet), Array.ConvertAll(places, p => p.Place.Desk),
                Array.ConvertAll(places, p => (short?)p.Place.HqFor));
        }
    }

    /// <summary>A decision that comes again with its final outcome keeps its place, and what made it.</summary>
    private static void AddDecisions(PostgresBatch batch, List<PendingWrite<ShardCommit>> shards)
    {
        var rows = shards.SelectMany(s => s.Request.Effects.SelectMany(e => e.Decisions.Select(d => (s.Request.Shard, Decision: d))))
            .GroupBy(d => d.Decision.Id).Select(g => (g.First().Shard, Decision: Final(g.First().Decision, g.Last().Decision))).ToArray();
        if (rows.Length > 0)
        {
            batch.Add(
                "insert into decision (id, client, campaign, trigger, at_ms, outcome, prompt, because) "
                + "select r.id, r.client, r.campaign, r.trigger, r.at_ms, r.outcome, r.prompt, r.because "
                + "from unnest($1::integer[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::text[], $8::text[], $9::text[]) with ordinality "
                + "r (shard, id, client, campaign, trigger, at_ms, outcome, prompt, because, n)" + ShardRows.Fence
                + " order by r.n on conflict (id) do update set outcome = excluded.outcome, prompt = excluded.prompt, because = excluded.because",
                Array.ConvertAll(rows, r => r.Shard), Array.ConvertAll(rows, r => r.Decision.Id), Array.ConvertAll(rows, r => r.Decision.Client), Array.ConvertAll(rows, r => r.Decision.Campaign),
                Array.ConvertAll(rows, r => r.Decision.Trigger), Array.ConvertAll(rows, r => r.Decision.AtMs), Array.ConvertAll(rows, r => r.Decision.Outcome),
                Array.ConvertAll(rows, r => r.Decision.Prompt), Array.ConvertAll(rows, r => JsonSerializer.Serialize(r.Decision.Because)));
        }
    }

    private static Decision Final(Decision first, Decision last) => first with { Outcome = last.Outcome, Prompt = last.Prompt, Because = last.Because };
}
