using Engagement.Contracts.Storage;

namespace Engagement.Storage.Postgres;

/// <inheritdoc cref="IBranchStore"/>
public sealed class PostgresBranchStore(PostgresDatabase database) : IBranchStore
{
    public Task<StoredBranch> Read(string branch) => database.Read<StoredBranch>(b =>
    {
        var version = b.List("select version from branch where id = $1", r => r.GetInt64(0), branch);
        var places = b.List(
            "select client, outlet, asked, assets_fen, advisor, confirmed from place where branch = $1",
            r => new Place(r.GetString(0), r.GetString(1), r.GetInt64(2), r.GetInt64(3), r.IsDBNull(4) ? null : r.GetString(4), r.GetBoolean(5)),
            branch);
        var cursors = b.List("select source, seq from branch_cursor where branch = $1", r => (r.GetString(0), r.GetInt64(1)), branch);
        return () => new StoredBranch(version.FirstOrDefault(), places, cursors.ToDictionary(c => c.Item1, c => c.Item2));
    });

    public Task<bool> Commit(BranchCommit commit) => database.Write("branch:" + commit.Branch, commit.Changed.Count + 1, commit);
}
