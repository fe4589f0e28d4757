using Engagement.Domain.Clients;

namespace Engagement.Contracts.Storage;

/// <summary>
/// A shard's log and what follows from it. The seam between the engine and its database: SQLite and PostgreSQL keep the
/// same contract. Writes of one shard are fenced by its epoch; writes that are asked for together may share a transaction.
/// </summary>
public interface IShardStore
{
    /// <summary>Takes the shard's next epoch. Whoever held it before can commit nothing more.</summary>
    Task<ShardHead> Acquire(int shard);

    /// <summary>Commits records and effects in one transaction.</summary>
    /// <returns>False where the shard was lost to a newer epoch; nothing was written then.</returns>
    /// <exception cref="StoreUnavailableException">The outcome is not known.</exception>
    Task<bool> Commit(ShardCommit commit);

    /// <summary>Records that concern every client, in order.</summary>
    Task<IReadOnlyList<LogRecord>> ReadControls(int shard);

    /// <summary>Snapshots and the records after them. A client who has neither is left out.</summary>
    Task<IReadOnlyList<StoredClient>> ReadClients(int shard, IReadOnlyCollection<ClientAt> clients);

    /// <summary>
    /// Snapshots in id order, of the clients from one id to another, both included. What the log holds after a snapshot is left out,
    /// and so is who has none.
    /// </summary>
    Task<IReadOnlyList<StoredClient>> ReadSnapshots(int shard, string from, string upTo);

    /// <summary>
    /// A client's records from one of his backwards, newest first, at most so many; the next are found from the last one's <c>Previous</c>.
    /// None where the log was dropped up to there.
    /// </summary>
    Task<IReadOnlyList<LogRecord>> ReadBack(int shard, long last, int most);

    /// <summary>Opens a view of a shard as of now.</summary>
    Task<IShardView> OpenView(int shard);

    /// <summary>Of some records of the engine's own about clients, those that the log holds already.</summary>
    Task<IReadOnlyCollection<RecordSought>> ReadHeld(int shard, IReadOnlyCollection<RecordSought> records);

    /// <summary>Every client of the shard who has a snapshot, by id.</summary>
    Task<IReadOnlyList<StoredClientHead>> ReadClientHeads(int shard);

    /// <summary>When clients of the shard must be looked at.</summary>
    Task<IReadOnlyList<DueRow>> ReadDues(int shard);

    /// <summary>Whose records follow a position, in order: what no snapshot covers yet.</summary>
    Task<IReadOnlyList<ClientAt>> ReadTail(int shard, long afterPosition);

    /// <summary>What has not been handed on yet, in order.</summary>
    Task<IReadOnlyList<OutboxRow>> ReadOutbox(int shard);

    /// <summary>What the shard has counted for the map: the gauges, and the minutes from one on.</summary>
    Task<IReadOnlyList<MapRow>> ReadMap(int shard, int fromMinute);
}

/// <summary>A shard as of one instant, however long the reading takes. Nobody who writes waits for it. One reader at a time.</summary>
public interface IShardView : IAsyncDisposable
{
    ShardHead Head { get; }

    /// <summary>Records that concern every client, in order.</summary>
    IReadOnlyList<LogRecord> Controls { get; }

    /// <summary>The next clients in id order, at most so many, each with his snapshot and the records after it; empty at the end.</summary>
    Task<IReadOnlyList<StoredClient>> Next(int most);
}

/// <summary>The database did not answer as it should; what was asked for may or may not have happened.</summary>
public sealed class StoreUnavailableException(string message, Exception? inner = null) : Exception(message, inner);

/// <param name="Last">Position of the last record. What follows from it is written with it.</param>
/// <param name="OutboxSeq">Number of the last message that was handed to the outbox.</param>
/// <param name="NowMs">The shard's time, which never runs backwards.</param>
/// <param name="RolledPosition">Position of the control record whose roll-over is complete or under way.</param>
/// <param name="RolledTo">Clients up to this id (ordinal) were brought under it; null: all.</param>
/// <param name="Checkpoint">Records up to here are covered by snapshots; a recovery reads the log from here.</param>
public sealed record ShardHead(int Shard, long Epoch, long Last, long OutboxSeq, long NowMs, long RolledPosition, string? RolledTo, long Checkpoint);

/// <summary>One shard's write.</summary>
public sealed record ShardCommit
{
    public required int Shard { get; init; }

    public required long Epoch { get; init; }

    public required long OldLast { get; init; }

    public required long NewLast { get; init; }

    public required long OutboxSeq { get; init; }

    public required long NowMs { get; init; }

    public required long RolledPosition { get; init; }

    public required string? RolledTo { get; init; }

    public required long Checkpoint { get; init; }

    public required IReadOnlyList<LogRecord> Records { get; init; }

    public required IReadOnlyList<ClientEffects> Effects { get; init; }

    /// <summary>Messages to be handed on, numbered in the order of the commits.</summary>
    public required IReadOnlyList<OutboxRow> Outbox { get; init; }

    public required IReadOnlyList<SnapshotRow> Snapshots { get; init; }

    public required IReadOnlyList<DueRow> Dues { get; init; }

    /// <summary>Messages that were handed on: to be forgotten.</summary>
    public required IReadOnlyList<long> Delivered { get; init; }

    /// <summary>What the map counts of this.</summary>
    public IReadOnlyList<MapRow> Map { get; init; } = [];

    /// <summary>Rows that are part of those of <see cref="Map"/> now.</summary>
    public IReadOnlyList<MapPart> MapReplaced { get; init; } = [];

    /// <summary>The first minute that is kept; 0: nothing is thrown away.</summary>
    public int MapKeptFrom { get; init; }
}

/// <param name="Payload">The message, serialized.</param>
public sealed record OutboxRow(long Seq, byte[] Payload);

/// <param name="Position">Position of the last record that the state holds.</param>
/// <param name="Last">Position of the client's own last record; those that concern everybody are not counted.</param>
/// <param name="Recent">Hashes of the last accepted events, for finding repeats.</param>
public sealed record SnapshotRow(string Client, long Position, long Last, byte[] State, byte[] Recent);

/// <summary>
/// When a client must be looked at, at the latest. May be earlier than needed: then he is found to have nothing to do. So
/// a due time that only moves on, as that of a sliding window does with each event, need not be written each time.
/// </summary>
/// <param name="DueMs"><see cref="long.MaxValue"/>: never.</param>
/// <param name="AsksMs">When what is due may ask for a place on a desk; <see cref="long.MaxValue"/>: never.</param>
public sealed record DueRow(string Client, long DueMs, long AsksMs);

/// <param name="Last">As in the snapshot.</param>
public sealed record StoredClientHead(string Client, long SnapshotPosition, long Last);

/// <summary>A client and the position of his own last record: from there each record names the one before it.</summary>
public readonly record struct ClientAt(string Client, long Last);

/// <summary>A record of the engine's own that may stand in the log: sought by its id from the client's last record backwards.</summary>
/// <param name="Last">Position of the client's own last record.</param>
/// <param name="AfterPosition">It stands after this one.</param>
/// <param name="FromMs">It was not appended before.</param>
public readonly record struct RecordSought(string Client, long Last, string Id, long AfterPosition, long FromMs);

/// <param name="Snapshot">Null: none yet.</param>
/// <param name="Personal">As of the snapshot.</param>
public sealed record StoredClient(string Client, long Position, byte[]? Snapshot, byte[]? Recent, PersonalFields Personal, IReadOnlyList<LogRecord> Tail)
{
    /// <summary>Position of the client's own last record in the snapshot; 0 without one.</summary>
    public long Last { get; init; }
}
