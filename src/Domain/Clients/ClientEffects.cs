using System.Collections.Immutable;
using Engagement.Domain.Campaigns;
using Engagement.Domain.Desks;
using Engagement.Domain.Map;
using Engagement.Domain.Organisation;

namespace Engagement.Domain.Clients;

/// <summary>What follows from records of one client; written in one transaction with <c>applied</c>.</summary>
/// <param name="DueMs">When time alone can change something next; <see cref="long.MaxValue"/>: never.</param>
/// <param name="Evaluated">How many segments were evaluated.</param>
/// <param name="Place">Null: unchanged.</param>
/// <param name="AsksMs">When time alone can make the client ask for a place on a desk, or give one back; <see cref="long.MaxValue"/>: never.</param>
[Orleans.GenerateSerializer, Orleans.Immutable, Orleans.Alias("client-effects")]
public sealed record ClientEffects(
    [property: Orleans.Id(0)] string Client,
    [property: Orleans.Id(1)] long Position,
    [property: Orleans.Id(2)] ImmutableArray<MembershipChange> Memberships,
    [property: Orleans.Id(3)] ImmutableArray<Decision> Decisions,
    [property: Orleans.Id(4)] ImmutableArray<Message> Messages,
    [property: Orleans.Id(5)] long DueMs,
    [property: Orleans.Id(6)] int Evaluated,
    [property: Orleans.Id(7)] ClientPlaceChange? Place,
    [property: Orleans.Id(8)] long AsksMs = long.MaxValue)
{
    /// <summary>What it adds to the map.</summary>
    [Orleans.Id(9)]
    public ClientCounts Counts { get; init; }

    /// <summary>How many of the segments that were evaluated failed, which is "not a member".</summary>
    [Orleans.Id(10)]
    public int Failed { get; init; }

    /// <summary>Does nothing follow but when time matters next, and what is counted?</summary>
    public bool IsEmpty => Memberships.IsEmpty && Decisions.IsEmpty && Messages.IsEmpty && Place is null;
}

/// <summary>Where the client belongs now, for lists that are filtered by relation.</summary>
[Orleans.GenerateSerializer, Orleans.Immutable, Orleans.Alias("client-place-change")]
public sealed record ClientPlaceChange([property: Orleans.Id(0)] string Outlet, [property: Orleans.Id(1)] string Desk)
{
    /// <summary>For what a mandate has him on the desk <c>hq</c>; null on every other desk.</summary>
    [Orleans.Id(2)]
    public MandateScope? HqFor { get; init; }
}

[Orleans.GenerateSerializer, Orleans.Immutable, Orleans.Alias("membership-change")]
public sealed record MembershipChange(
    [property: Orleans.Id(0)] string Segment,
    [property: Orleans.Id(1)] bool Entered,
    [property: Orleans.Id(2)] long AtMs);

/// <summary>Something handed on after the commit.</summary>
/// <param name="Position">Of the client's record that it follows from.</param>
[Orleans.GenerateSerializer, Orleans.Immutable, Orleans.Alias("message")]
public abstract record Message(
    [property: Orleans.Id(0)] long Position,
    [property: Orleans.Id(1)] long AtMs,
    [property: Orleans.Id(2)] string Client);

/// <summary>A message with its number in the shard's outbox: a receiver keeps the last and so drops repeats.</summary>
[Orleans.GenerateSerializer, Orleans.Immutable, Orleans.Alias("sequenced`1")]
public sealed record Sequenced<T>([property: Orleans.Id(0)] long Seq, [property: Orleans.Id(1)] T Message)
    where T : Message;

/// <summary>A message to a desk.</summary>
[Orleans.GenerateSerializer, Orleans.Immutable, Orleans.Alias("desk-message")]
public abstract record DeskMessage(long Position, long AtMs, string Client, [property: Orleans.Id(0)] string Desk)
    : Message(Position, AtMs, Client);

[Orleans.GenerateSerializer, Orleans.Immutable, Orleans.Alias("prompt-raised")]
public sealed record PromptRaised(long Position, long AtMs, string Client, string Desk, [property: Orleans.Id(0)] Prompt Prompt)
    : DeskMessage(Position, AtMs, Client, Desk);

/// <summary>Consent, suitability or status no longer allow the prompt.</summary>
[Orleans.GenerateSerializer, Orleans.Immutable, Orleans.Alias("prompt-withdrawn")]
public sealed record PromptWithdrawn(long Position, long AtMs, string Client, string Desk, [property: Orleans.Id(0)] string PromptId)
    : DeskMessage(Position, AtMs, Client, Desk);

/// <summary>The client left this desk; his live prompts go with him.</summary>
[Orleans.GenerateSerializer, Orleans.Immutable, Orleans.Alias("client-left")]
public sealed record ClientLeft(long Position, long AtMs, string Client, string Desk, [property: Orleans.Id(0)] string To)
    : DeskMessage(Position, AtMs, Client, Desk)
{
    /// <summary>His outlet where he goes.</summary>
    [Orleans.Id(1)]
    public string? Outlet { get; init; }

    /// <summary>For what a mandate has him there; null on every desk but <c>hq</c>.</summary>
    [Orleans.Id(2)]
    public MandateScope? HqFor { get; init; }
}

/// <summary>On the desk <c>hq</c> he stays, and what the rights over him rest on changed.</summary>
[Orleans.GenerateSerializer, Orleans.Immutable, Orleans.Alias("client-related")]
public sealed record ClientRelated(
    long Position, long AtMs, string Client, string Desk,
    [property: Orleans.Id(0)] string Outlet,
    [property: Orleans.Id(1)] MandateScope? HqFor) : DeskMessage(Position, AtMs, Client, Desk);

/// <summary>The client came to this desk.</summary>
[Orleans.GenerateSerializer, Orleans.Immutable, Orleans.Alias("client-came")]
public sealed record ClientCame(long Position, long AtMs, string Client, string Desk)
    : DeskMessage(Position, AtMs, Client, Desk);

/// <summary>A message to a branch, the one authority over its advisors' places.</summary>
/// <param name="Organisation">The version under which the client asked or released: the branch answers under this one or a later.</param>
[Orleans.GenerateSerializer, Orleans.Immutable, Orleans.Alias("place-message")]
public abstract record PlaceMessage(
    long Position, long AtMs, string Client,
    [property: Orleans.Id(0)] string Branch,
    [property: Orleans.Id(1)] int Organisation) : Message(Position, AtMs, Client);

/// <summary>The client asks for an advisor; repeated with the same <paramref name="Asked"/> when his assets change while he waits.</summary>
[Orleans.GenerateSerializer, Orleans.Immutable, Orleans.Alias("place-asked")]
public sealed record PlaceAsked(
    long Position, long AtMs, string Client, string Branch, int Organisation,
    [property: Orleans.Id(0)] long Asked,
    [property: Orleans.Id(1)] string Outlet,
    [property: Orleans.Id(2)] long AssetsFen) : PlaceMessage(Position, AtMs, Client, Branch, Organisation);

/// <summary>The client neither holds nor waits for a place in the branch any more.</summary>
[Orleans.GenerateSerializer, Orleans.Immutable, Orleans.Alias("place-released")]
public sealed record PlaceReleased(long Position, long AtMs, string Client, string Branch, int Organisation)
    : PlaceMessage(Position, AtMs, Client, Branch, Organisation)
{
    /// <summary>The last asking that is given back; 0 in messages that earlier versions stored, which gave back all up to their own record.</summary>
    [Orleans.Id(0)]
    public long Asked { get; init; }

    /// <summary>With whom the place is, where the client knows: it may have gone to another branch with him. Null: he waited, or in messages of earlier versions.</summary>
    [Orleans.Id(1)]
    public string? Advisor { get; init; }

    /// <summary>A place that was asked for later is not given back, though it may come to the branch earlier: its advisor can bring it from another.</summary>
    public bool GivesBack(long asked) => asked <= (Asked > 0 ? Asked : Position);
}
