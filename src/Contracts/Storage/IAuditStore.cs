using Engagement.Domain.Audit;

namespace Engagement.Contracts.Storage;

/// <summary>The audit trail: a chain of entries for each shard (decision 0010). Nothing in it is ever changed.</summary>
public interface IAuditStore
{
    /// <summary>Makes the signed heads of all chains, where there are none yet.</summary>
    /// <returns>False: there are, and neither the key nor one before it signed them.</returns>
    Task<bool> Begin(int shards, AuditKey key);

    Task<IReadOnlyList<AuditHead>> Heads();

    /// <summary>Adds an entry to a shard's chain. It is durable when this returns.</summary>
    /// <exception cref="StoreUnavailableException">It may not be recorded.</exception>
    Task Append(int shard, AuditEntry entry, AuditKey key);

    Task<IReadOnlyList<AuditRow>> Read(AuditQuery query, int limit);
}

/// <summary>Entries that a reader asks for; null: any.</summary>
/// <param name="FromMs">Included.</param>
/// <param name="ToMs">Not included.</param>
/// <param name="After">What follows this place, in the order asked for.</param>
public sealed record AuditQuery(string? Client, string? Who, long? FromMs, long? ToMs, AuditPlace? After, bool OldestFirst);

/// <summary>The order of entries over all chains: by time, then shard and number.</summary>
public readonly record struct AuditPlace(long AtMs, int Shard, long Seq);

/// <summary>The trail as of one instant, for whoever verifies it. One reader at a time; calls block.</summary>
public interface IAuditView : IDisposable
{
    IReadOnlyList<AuditHead> ReadHeads();

    /// <summary>A chain's rows by their numbers, read as they are asked for.</summary>
    IEnumerable<AuditRow> ReadChain(int shard);

    /// <summary>Shards that have rows.</summary>
    IReadOnlyList<int> ReadShards();
}
