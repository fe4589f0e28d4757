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
/// <param name="Confirmed">Is the branch's answer in the client's log: the grant, or, while he waits, that there is no room?</param>
[GenerateSerializer, Immutable, Alias("place")]
public sealed record Place(
    [property: Id(0)] string Client,
    [property: Id(1)] string Outlet,
    [property: Id(2)] long Asked,
    [property: Id(3)] long AssetsFen,
    [property: Id(4)] string? Advisor,
    [property: Id(5)] bool Confirmed);

public sealed record StoredBranch(long Version, IReadOnlyList<Place> Places, IReadOnlyDictionary<string, long> Cursors);

public sealed record BranchCommit(
    string Branch,
    long OldVersion,
    IReadOnlyList<Place> Changed,
    IReadOnlyList<string> Removed,
    IReadOnlyList<(string Source, long Cursor)> Cursors);
