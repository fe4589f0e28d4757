using Engagement.Contracts.Clients;
using Engagement.Domain.Clients;

namespace Engagement.Contracts.Shards;

/// <summary>One shard: the log of its clients, and the only one who loads and changes them. Keyed by number.</summary>
[Alias("shard")]
public interface IShardGrain : IGrainWithIntegerKey
{
    /// <summary>Appends events. Answers once they are durable; repeats count as appended.</summary>
    [Alias("append")]
    Task<AppendAnswer> Append(IReadOnlyList<IncomingEvent> events);

    /// <summary>Appends records of the engine's own. Answers once they are durable. Sent twice, they change nothing the second time.</summary>
    [Alias("append-control")]
    Task<AppendAnswer> AppendControl(IReadOnlyList<ControlRecord> records);

    /// <summary>Destroys a client's personal fields. Answers once that is durable; a client who has none is left as he is.</summary>
    [Alias("erase")]
    Task<EraseOutcome> Erase(string client);

    /// <summary>A client as he is now; null where he is unknown.</summary>
    [Alias("view")]
    Task<ClientView?> View(string client);

    [Alias("progress")]
    Task<ShardProgress> Progress();

    /// <summary>Carries everything that falls due up to an instant, in order, and sets the manual clock to it.</summary>
    [Alias("advance"), ResponseTimeout("00:30:00")]
    Task<ShardDue> Advance(long nowMs);

    /// <summary>Wakes the shard, so that what it was doing when its silo died goes on.</summary>
    [Alias("touch")]
    Task Touch();
}

public enum AppendOutcome : byte
{
    Durable = 0,

    /// <summary>The shard's queue is full; nothing of the request was appended.</summary>
    Busy = 1,

    /// <summary>It is not known whether the request was appended: send all of it again.</summary>
    Unavailable = 2,

    /// <summary>The shard goes to another silo; nothing of the request was appended: ask again at once.</summary>
    Moving = 3,
}

public enum EraseOutcome : byte
{
    Erased = 0,

    /// <summary>There is no such client.</summary>
    Unknown = 1,

    /// <summary>The shard's queue is full; nothing was erased.</summary>
    Busy = 2,

    /// <summary>It is not known whether it was erased: ask again.</summary>
    Unavailable = 3,
}

/// <param name="RetryAfterSeconds">Of a busy shard: how long what waits there will take at the rate at which it was worked off lately.</param>
[GenerateSerializer, Immutable, Alias("append-answer")]
public sealed record AppendAnswer([property: Id(0)] AppendOutcome Outcome, [property: Id(1)] long Position, [property: Id(2)] int RetryAfterSeconds = 0);

/// <summary>A record that the engine writes itself. Its client is empty where it concerns every client.</summary>
[GenerateSerializer, Immutable, Alias("control-record")]
public sealed record ControlRecord(
    [property: Id(0)] RecordKind Kind,
    [property: Id(1)] string Client,
    [property: Id(2)] string Id,
    [property: Id(3)] byte[] Data);

/// <param name="NextDueMs">When time alone next matters; <see cref="long.MaxValue"/>: never.</param>
/// <param name="NextAsksMs">When it may make a client ask for a place on a desk, or give one back: what follows from that concerns other shards.</param>
[GenerateSerializer, Immutable, Alias("shard-due")]
public readonly record struct ShardDue([property: Id(0)] long NextDueMs, [property: Id(1)] long NextAsksMs);

/// <param name="Settled">Nothing is queued, in flight, or on its way to a desk or branch, and no roll-over is under way.</param>
/// <param name="Due">When time alone next matters.</param>
/// <param name="Rolled">Clients that were brought under the newest documents, of <paramref name="Clients"/>.</param>
[GenerateSerializer, Immutable, Alias("shard-progress")]
public sealed record ShardProgress(
    [property: Id(0)] long Appended,
    [property: Id(1)] long Applied,
    [property: Id(2)] bool Settled,
    [property: Id(3)] ShardDue Due,
    [property: Id(4)] long Clients,
    [property: Id(5)] long Rolled)
{
    /// <summary>Somebody has not met the newest catalogue yet.</summary>
    [Id(6)]
    public bool RollsCatalogue { get; init; }

    /// <summary>Somebody has not met the newest organisation yet.</summary>
    [Id(7)]
    public bool RollsOrganisation { get; init; }

    [Id(8)]
    public ShardFlow Flow { get; init; }
}

/// <summary>How far a shard has come with what it was sent, while more of it comes.</summary>
/// <param name="Epoch">Of the activation that counts <paramref name="Asked"/> and <paramref name="Done"/>.</param>
/// <param name="Asked">Requests to append so far.</param>
/// <param name="Done">How many of the first of them are applied.</param>
/// <param name="Sent">Number of the last message to desks and branches.</param>
/// <param name="FirstLeft">Number of the first one that has not arrived; <see cref="long.MaxValue"/>: all have.</param>
[GenerateSerializer, Immutable, Alias("shard-flow")]
public readonly record struct ShardFlow(
    [property: Id(0)] long Epoch, [property: Id(1)] long Asked, [property: Id(2)] long Done, [property: Id(3)] long Sent, [property: Id(4)] long FirstLeft);
