using Engagement.Domain.Clients;
using Engagement.Domain.Desks;
using Orleans.Concurrency;

namespace Engagement.Contracts.Desks;

/// <summary>A desk: an advisor's, an outlet's or headquarters'. Keyed by its name. It alone decides what becomes of its prompts.</summary>
[Alias("desk")]
public interface IDeskGrain : IGrainWithStringKey
{
    /// <summary>Takes what a shard hands on. Messages at or below the shard's cursor are repeats and dropped. What comes while the desk writes is written together.</summary>
    [Alias("deliver"), AlwaysInterleave]
    Task Deliver(int shard, IReadOnlyList<Sequenced<DeskMessage>> messages);

    /// <summary>Takes prompts that another desk has let go.</summary>
    [Alias("receive")]
    Task Receive(string from, long handover, PromptsMoved moved);

    /// <summary>All live prompts, or those that changed after a sequence number.</summary>
    [Alias("join")]
    Task<DeskChanges> Join(long lastSeq);

    /// <summary>Acts on a prompt.</summary>
    /// <param name="onBehalf">For whom headquarters acts; null on every other desk.</param>
    [Alias("act")]
    Task<ActAnswer> Act(string promptId, PromptAction action, string by, OnBehalf? onBehalf);

    /// <summary>The answer to an action that was done before; null: there is none.</summary>
    [Alias("answered")]
    Task<ActAnswer?> Answered(string actionId);

    /// <summary>Where the desk is, once a second, to whoever watches.</summary>
    [Alias("pulse")]
    Task<DeskPulse> Pulse();

    /// <summary>Lets time pass: what has expired or was snoozed till now changes.</summary>
    [Alias("tick")]
    Task Tick(long nowMs);

    [Alias("subscribe")]
    Task Subscribe(IDeskObserver observer);

    [Alias("unsubscribe")]
    Task Unsubscribe(IDeskObserver observer);
}

/// <summary>A gateway that shows a desk.</summary>
[Alias("desk-observer")]
public interface IDeskObserver : IGrainObserver
{
    [Alias("changed"), OneWay]
    Task Changed(string desk, long from, long seq, IReadOnlyList<Prompt> prompts);
}

/// <summary>Prompts of a client who went to another desk.</summary>
/// <param name="Position">Position of the client's record that moved him.</param>
[GenerateSerializer, Immutable, Alias("prompts-moved")]
public sealed record PromptsMoved(
    [property: Id(0)] string Client,
    [property: Id(1)] long Position,
    [property: Id(2)] IReadOnlyList<Prompt> Prompts);

/// <param name="From">The sequence number that the receiver has; 0 and <paramref name="Snapshot"/> where everything is sent.</param>
/// <param name="More">The snapshot was cut at its bound.</param>
[GenerateSerializer, Immutable, Alias("desk-changes")]
public sealed record DeskChanges(
    [property: Id(0)] long From,
    [property: Id(1)] long Seq,
    [property: Id(2)] bool Snapshot,
    [property: Id(3)] IReadOnlyList<Prompt> Prompts,
    [property: Id(4)] bool More);

[GenerateSerializer, Immutable, Alias("act-answer")]
public sealed record ActAnswer([property: Id(0)] Prompt? Prompt, [property: Id(1)] ActionRefusal? Refusal);

[GenerateSerializer, Immutable, Alias("desk-pulse")]
public sealed record DeskPulse([property: Id(0)] long Seq, [property: Id(1)] long Clients);
