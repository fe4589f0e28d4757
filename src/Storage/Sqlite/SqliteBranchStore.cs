using Engagement.Contracts.Storage;

namespace Engagement.Storage.Sqlite;

/// <inheritdoc cref="IBranchStore"/>
public sealed class SqliteBranchStore(SqliteDatabase database) : IBranchStore
{
    public Task<StoredBranch> Read(string branch) => database.Read(s => new StoredBranch(
        s.First("select version from branch where id = $1", r => r.GetInt64(0), branch),
        s.List(
            "select client, outlet, asked, assets_fen, advisor, confirmed from place where branch = $1",
            r => new Place(r.GetString(0), r.GetString(1), r.GetInt64(2), r.GetInt64(3), r.IsDBNull(4) ? null : r.GetString(4), r.GetInt32(5) == 1),
            branch),
        s.List("select source, seq from branch_cursor where branch = $1", r => (r.GetString(0), r.GetInt64(1)), branch)
            .ToDictionary(c => c.Item1, c => c.Item2)));

    public Task<bool> Commit(BranchCommit commit) => database.Write(s =>
    {
        var fenced = commit.OldVersion == 0
            ? s.Run("insert into branch values ($1, 1) on conflict do nothing", commit.Branch)
            : s.Run("update branch set version = version + 1 where id = $1 and version = $2", commit.Branch, commit.OldVersion);
        if (fenced == 0)
        {
            return false;
        }

        foreach (var client in commit.Removed)
        {
            s.Run("delete from place where branch = $1 and client = $2", commit.Branch, client);
        }

        foreach (var place in commit.Changed)
        {
            s.Run(
                "insert into place values ($1, $2, $3, $4, $5, $6, $7) on conflict do update set outlet = excluded.outlet, asked = excluded.asked, "
                + "assets_fen = excluded.assets_fen, advisor = excluded.advisor, confirmed = excluded.confirmed",
                commit.Branch, place.Client, place.Outlet, place.Asked, place.AssetsFen, place.Advisor, place.Confirmed ? 1 : 0);
        }

        foreach (var (source, cursor) in commit.Cursors)
        {
            s.Run(
                "insert into branch_cursor values ($1, $2, $3) on conflict do update set seq = excluded.seq",
                commit.Branch, source, cursor);
        }

        return true;
    });
}
