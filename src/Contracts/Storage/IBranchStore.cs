namespace Engagement.Contracts.Storage;

/// <summary>The places with a branch's advisors. Fenced like a desk's rows.</summary>
public interface IBranchStore
{
    Task<StoredBranch> Read(string branch);

    /// <returns>False where another activation wrote since.</returns>
    Task<bool> Commit(BranchCommit commit);
}

/// <summary>A client's place, or his waiting for one.</summary>
/// <param name="Advisor">Null: he waits.</param>
/// <param name="Asked">Position of the record that asked.</param>
/// <param name="AssetsFen">As last reported.</param>
/// <param name="Confirmed">Is the grant in the client's log?</param>
public sealed record Place(string Client, string Outlet, long Asked, long AssetsFen, string? Advisor, bool Confirmed);

public sealed record StoredBranch(long Version, IReadOnlyList<Place> Places, IReadOnlyDictionary<string, long> Cursors);

public sealed record BranchCommit(
    string Branch,
    long OldVersion,
    IReadOnlyList<Place> Changed,
    IReadOnlyList<string> Removed,
    IReadOnlyList<(string Source, long Cursor)> Cursors);
