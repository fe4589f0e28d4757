using Engagement.Domain.Desks;

namespace Engagement.Contracts.Streams;

/// <summary>Something that was committed about a branch's clients.</summary>
[GenerateSerializer, Immutable, Alias("engagement-change")]
public abstract record EngagementChange([property: Id(0)] string Branch);

/// <summary>A client entered or left a segment.</summary>
/// <param name="Position">Of the record that made it, in the log of the client's shard: of one client the order, and a repeat is known by it.</param>
[GenerateSerializer, Immutable, Alias("segment-changed")]
public sealed record SegmentChanged(
    string Branch,
    [property: Id(0)] string Client,
    [property: Id(1)] string Outlet,
    [property: Id(2)] string Segment,
    [property: Id(3)] bool Entered,
    [property: Id(4)] long AtMs,
    [property: Id(5)] long Position) : EngagementChange(Branch);

/// <summary>A prompt as it is after a change on a desk of the branch, or on <c>hq</c> for a client of the branch.</summary>
/// <param name="ChangedOn">The desk that changed it; <c>Prompt.Seq</c> is its number there.</param>
[GenerateSerializer, Immutable, Alias("prompt-changed")]
public sealed record PromptChanged(
    string Branch,
    [property: Id(0)] string ChangedOn,
    [property: Id(1)] Prompt Prompt) : EngagementChange(Branch);

/// <summary>About so many changes of a silo, of this branch or another, did not get onto the streams: whoever must know reads the tables.</summary>
[GenerateSerializer, Immutable, Alias("changes-lost")]
public sealed record ChangesLost(string Branch, [property: Id(0)] long Count) : EngagementChange(Branch);
