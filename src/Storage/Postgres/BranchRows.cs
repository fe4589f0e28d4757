using Engagement.Contracts.Storage;

namespace Engagement.Storage.Postgres;

/// <summary>The branches' rows, of all commits of a transaction together.</summary>
internal static class BranchRows
{
    /// <summary>Only branches whose row this transaction has changed are written.</summary>
    private const string Fence = " where (r.branch in (select f.id from branch f where f.xmin = pg_current_xact_id()::xid)) is true";

    public static void Add(PostgresBatch batch, List<PendingWrite<BranchCommit>> branches)
    {
        if (branches.Count == 0)
        {
            return;
        }

        AddFences(batch, branches);
        var commits = branches.ConvertAll(b => b.Request);
        var removed = commits.SelectMany(c => c.Removed.Select(client => (c.Branch, Client: client))).ToArray();
        if (removed.Length > 0)
        {
            batch.Add(
                "delete from place p using unnest($1::text[], $2::text[]) r (branch, client)" + Fence + " and p.branch = r.branch and p.client = r.client",
                Array.ConvertAll(removed, r => r.Branch), Array.ConvertAll(removed, r => r.Client));
        }

        var places = commits.SelectMany(c => c.Changed.Select(p => (c.Branch, Place: p))).GroupBy(p => (p.Branch, p.Place.Client)).Select(g => g.Last()).ToArray();
        if (places.Length > 0)
        {
            batch.Add(
                "insert into place select * from unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::bigint[], $6::text[], $7::boolean[]) r (branch, client, outlet, asked, assets_fen, advisor, confirmed)" + Fence
                + " on conflict (branch, client) do update set outlet = excluded.outlet, asked = excluded.asked, assets_fen = excluded.assets_fen, advisor = excluded.advisor, confirmed = excluded.confirmed",
                Array.ConvertAll(places, p => p.Branch), Array.ConvertAll(places, p => p.Place.Client), Array.ConvertAll(places, p => p.Place.Outlet), Array.ConvertAll(places, p => p.Place.Asked),
                Array.ConvertAll(places, p => p.Place.AssetsFen), Array.ConvertAll(places, p => p.Place.Advisor), Array.ConvertAll(places, p => p.Place.Confirmed));
        }

        var cursors = commits.SelectMany(c => c.Cursors.Select(x => (c.Branch, x.Source, x.Cursor))).ToArray();
        if (cursors.Length > 0)
        {
            batch.Add(
                "insert into branch_cursor select * from unnest($1::text[], $2::text[], $3::bigint[]) r (branch, source, seq)" + Fence
                + " on conflict (branch, source) do update set seq = excluded.seq",
                Array.ConvertAll(cursors, c => c.Branch), Array.ConvertAll(cursors, c => c.Source), Array.ConvertAll(cursors, c => c.Cursor));
        }
    }

    private static void AddFences(PostgresBatch batch, List<PendingWrite<BranchCommit>> branches)
    {
        var byBranch = branches.ToDictionary(b => b.Request.Branch);
        foreach (var commits in branches.Select(b => b.Request).GroupBy(c => c.OldVersion == 0))
        {
            const string rows = "from unnest($1::text[], $2::bigint[]) r (id, version) ";
            batch.Each(
                commits.Key
                    ? "insert into branch select r.id, 1 " + rows + "on conflict (id) do nothing returning id"
                    : "update branch b set version = b.version + 1 " + rows + "where b.id = r.id and b.version = r.version returning b.id",
                r => byBranch[r.GetString(0)].Passed = true,
                commits.Select(c => c.Branch).ToArray(), commits.Select(c => c.OldVersion).ToArray());
        }
    }
}
