using Engagement.Contracts.Catalogue;
using Engagement.Domain.Campaigns;
using Engagement.Domain.Clients;
using Engagement.Domain.Segments;

namespace Engagement.Contracts.Storage;

/// <summary>What a replay reads: the log, and what was stored because of it. It changes nothing, and an engine may run beside it.</summary>
public interface IReplayStore
{
    /// <summary>Opens views of one and the same instant, so that shards can be read side by side.</summary>
    IReadOnlyList<IReplayView> Open(int count);
}

/// <summary>The store as of one instant, however long the reading takes. One reader at a time; calls block.</summary>
public interface IReplayView : IDisposable
{
    IReadOnlyList<ShardHead> ReadShards();

    /// <summary>Every stored version of a document, also one that is still on its way into the logs.</summary>
    IReadOnlyList<DocumentVersion> ReadDocuments(DocumentKind kind);

    /// <summary>Records before this position were dropped by age, but for those that concern every client; 0: none were.</summary>
    long ReadLogStart();

    /// <summary>Clients as they were kept when the log before them was dropped: a replay begins there.</summary>
    /// <param name="client">Him alone; null: all.</param>
    IReadOnlyList<KeptClient> ReadKept(int shard, string? client);

    /// <summary>Client to the position of his newest record that erased personal fields.</summary>
    IReadOnlyDictionary<string, long> ReadAnchors(int shard);

    /// <summary>Client to the position of his snapshot.</summary>
    IReadOnlyDictionary<string, long> ReadSnapshotPositions(int shard);

    /// <summary>The log in order, read as it is asked for. Source and id may be left out: nothing is judged by them.</summary>
    /// <param name="client">His records and those that concern every client; null: all.</param>
    IEnumerable<LogRecord> ReadLog(int shard, string? client);

    /// <summary>Snapshots by client; who has none is left out.</summary>
    IReadOnlyDictionary<string, byte[]> ReadSnapshots(int shard, IReadOnlyCollection<string> clients);

    /// <summary>What is stored of clients beside their snapshots and decisions, in the order asked for.</summary>
    IReadOnlyList<StoredEffects> ReadEffects(int shard, IReadOnlyList<string> clients);

    /// <summary>Decisions by id, wherever they stand; what is not stored is left out.</summary>
    IReadOnlyDictionary<string, StoredDecision> ReadDecisions(IReadOnlyCollection<string> ids);

    /// <summary>Clients' next decisions after a cursor (0: their first), in the order in which they were made, at most so many of each.</summary>
    IReadOnlyList<IReadOnlyList<StoredDecision>> ReadNextDecisions(IReadOnlyList<(string Client, long After, int Most)> wanted);

    /// <summary>Clients' first decisions that were made after an instant.</summary>
    IReadOnlyList<StoredDecision?> ReadDecisionsSince(IReadOnlyList<(string Client, long AfterMs)> wanted);

    /// <summary>Something stored of a client who is not among those who have a place: the table and his id. Null: nothing.</summary>
    (string Table, string Client)? FindStray();

    /// <summary>Number of clients who have a place.</summary>
    long CountPlaces();
}

/// <param name="State">A snapshot.</param>
/// <param name="Personal">As of it.</param>
/// <param name="Differs">The snapshot that is stored of him is of the same position, and another.</param>
public sealed record KeptClient(string Client, byte[] State, PersonalFields Personal, bool Differs);

/// <param name="Decision">But for what decided.</param>
/// <param name="Because">That, as JSON.</param>
public sealed record StoredDecision(long Cursor, Decision Decision, string Because);

/// <param name="Due">Null: none.</param>
/// <param name="Place">Null: none.</param>
public sealed record StoredEffects(IReadOnlyList<Membership> Memberships, DueRow? Due, ClientPlaceChange? Place);
