namespace Engagement.Contracts.Faults;

/// <summary>The steps, each named by what has happened when it is reached.</summary>
public static class FaultPoint
{
    /// <summary>A turn has taken what was sent; nothing is applied.</summary>
    public const string ShardTaken = "shard.taken";

    /// <summary>Clients have applied their records; nothing is written.</summary>
    public const string ShardApplied = "shard.applied";

    /// <summary>What fell due is applied; nothing is written.</summary>
    public const string ShardDue = "shard.due";

    /// <summary>A piece of the roll-over is applied; nothing is written.</summary>
    public const string ShardRolled = "shard.rolled";

    /// <summary>A client has met the erasure of his personal fields; nothing is written.</summary>
    public const string ShardErased = "shard.erased";

    /// <summary>A shard's rows are written in a transaction that is still open.</summary>
    public const string ShardWritten = "shard.written";

    /// <summary>The database has committed; no writer knows it yet.</summary>
    public const string StoreCommitted = "store.committed";

    /// <summary>The turn is committed; its senders are not answered and its messages not handed on.</summary>
    public const string ShardCommitted = "shard.committed";

    /// <summary>Messages are about to go to one receiver; others may have theirs.</summary>
    public const string OutboxDelivering = "outbox.delivering";

    /// <summary>A receiver has taken messages; that they were delivered is not recorded.</summary>
    public const string OutboxDelivered = "outbox.delivered";

    /// <summary>A desk has decided; nothing is written.</summary>
    public const string DeskChanged = "desk.changed";

    /// <summary>A desk has committed; whoever asked is not answered and nobody who watches knows.</summary>
    public const string DeskCommitted = "desk.committed";

    /// <summary>An action is stored; its record is not in the client's log.</summary>
    public const string DeskActed = "desk.acted";

    /// <summary>The record of an action is in the client's log; the desk has not noted that.</summary>
    public const string DeskAppended = "desk.appended";

    /// <summary>A desk has let prompts go; their new desk does not have them.</summary>
    public const string DeskLeft = "desk.left";

    /// <summary>Prompts have reached their new desk; the old one has not noted that.</summary>
    public const string DeskHandedOver = "desk.handed.over";

    /// <summary>A branch has decided about places; nothing is written.</summary>
    public const string BranchChanged = "branch.changed";

    /// <summary>A branch has committed; no grant is sent.</summary>
    public const string BranchCommitted = "branch.committed";

    /// <summary>Grants are in one shard's log; the branch has not noted that.</summary>
    public const string BranchGranted = "branch.granted";

    /// <summary>A document is stored; no shard's log has it.</summary>
    public const string DocumentStored = "document.stored";

    /// <summary>Branches have handed places over to each other; no shard's log has the document.</summary>
    public const string DocumentPlaced = "document.placed";

    /// <summary>One more shard's log has the document.</summary>
    public const string DocumentAppended = "document.appended";

    /// <summary>Every shard's log has the document; that is not recorded.</summary>
    public const string DocumentLogged = "document.logged";

    /// <summary>The publish is recorded as complete in the logs; the branches have not been told.</summary>
    public const string DocumentAnnouncing = "document.announcing";

    /// <summary>Where the manual clock goes is stored; nothing has happened.</summary>
    public const string ClockTargeted = "clock.targeted";

    /// <summary>All shards that were due at one instant have carried it.</summary>
    public const string ClockInstant = "clock.instant";

    /// <summary>Everything has come to the target; that is not recorded.</summary>
    public const string ClockSettled = "clock.settled";

    /// <summary>Every shard has answered a request; its refused events are not kept and its sender not answered.</summary>
    public const string IngestAppended = "ingest.appended";

    /// <summary>The refused events of a request are kept; its sender is not answered.</summary>
    public const string IngestRefused = "ingest.refused";

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<string> All =
    [
        ShardTaken, ShardApplied, ShardDue, ShardRolled, ShardErased, ShardWritten, StoreCommitted, ShardCommitted, OutboxDelivering, OutboxDelivered,
        DeskChanged, DeskCommitted, DeskActed, DeskAppended, DeskLeft, DeskHandedOver, BranchChanged, BranchCommitted, BranchGranted,
        DocumentStored, DocumentPlaced, DocumentAppended, DocumentLogged, DocumentAnnouncing, ClockTargeted, ClockInstant, ClockSettled, IngestAppended,
        IngestRefused,
    ];
}
