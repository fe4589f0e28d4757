using Engagement.Contracts.Desks;
using Engagement.Domain.Desks;

namespace Engagement.Contracts.Storage;

/// <summary>The desks' rows. A desk's writes are fenced by its version: two activations of one desk cannot both write.</summary>
public interface IDeskStore
{
    Task<StoredDesk> Read(string desk);

    /// <returns>False where another activation wrote since.</returns>
    Task<bool> Commit(DeskCommit commit);

    /// <summary>Forgets a handover that its receiver has confirmed.</summary>
    Task Delivered(string desk, long handover);

    /// <summary>Forgets a record that the client's log holds.</summary>
    Task Appended(string actionId);

    /// <summary>One prompt of a desk, live or not.</summary>
    Task<Prompt?> ReadPrompt(string desk, string prompt);

    /// <summary>Prompts that changed after a sequence number, in its order.</summary>
    Task<IReadOnlyList<Prompt>> ReadChanges(string desk, long afterSeq, int limit);

    /// <summary>Prompts in a state; null: live.</summary>
    Task<IReadOnlyList<Prompt>> ReadPrompts(string desk, PromptState? state);

    /// <summary>The answer to an action that was taken before.</summary>
    Task<ActAnswer?> ReadAction(string actionId);

    /// <summary>Desks on which something is due by an instant.</summary>
    Task<IReadOnlyList<string>> ReadDue(long nowMs);

    /// <summary>Desks that have something to hand on.</summary>
    Task<IReadOnlyList<string>> ReadPending();
}

/// <param name="Cursors">Source and the last message taken from it.</param>
/// <param name="Clients">Number of clients on the desk.</param>
/// <param name="Handovers">Not yet confirmed by their receivers.</param>
/// <param name="Records">Not yet confirmed by the clients' logs.</param>
public sealed record StoredDesk(
    long Version,
    long Seq,
    long Clients,
    IReadOnlyList<Prompt> Live,
    IReadOnlyDictionary<string, long> Cursors,
    IReadOnlyList<Handover> Handovers,
    IReadOnlyList<ActedRecord> Records,
    IReadOnlyDictionary<string, ClientOnDesk> OnDesk);

/// <param name="To">Null: on the desk; otherwise where he went.</param>
public readonly record struct ClientOnDesk(long Position, string? To);

public sealed record Handover(long Id, string To, PromptsMoved Moved);

/// <summary>A click on its way to the client's log.</summary>
public sealed record ActedRecord(string ActionId, string Client, byte[] Data);

public sealed record DeskCommit
{
    public required string Desk { get; init; }

    public required long OldVersion { get; init; }

    public required long Seq { get; init; }

    public required long Clients { get; init; }

    /// <summary>Changed prompts, each as this desk has it now; one whose <c>Desk</c> differs has left.</summary>
    public IReadOnlyList<Prompt> Prompts { get; init; } = [];

    public IReadOnlyList<(string Source, long Cursor)> Cursors { get; init; } = [];

    public IReadOnlyList<(string Client, ClientOnDesk On)> OnDesk { get; init; } = [];

    public IReadOnlyList<Handover> Handovers { get; init; } = [];

    public IReadOnlyList<(string ActionId, ActAnswer Answer)> Actions { get; init; } = [];

    public IReadOnlyList<ActedRecord> Records { get; init; } = [];
}
