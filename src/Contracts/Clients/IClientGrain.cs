using System.Collections.Immutable;
using Engagement.Domain.Clients;
using Engagement.Domain.Language;
using Engagement.Domain.Organisation;
using Orleans.Concurrency;

namespace Engagement.Contracts.Clients;

/// <summary>One client. Only his shard calls it.</summary>
[Alias("client")]
public interface IClientGrain : IGrainWithStringKey
{
    /// <summary>Replaces what the client holds by a snapshot and the records after it, whose effects are already written.</summary>
    [Alias("load")]
    Task<ClientLoaded> Load(long epoch, ClientSeed seed);

    /// <summary>Applies the client's next records, in order.</summary>
    /// <param name="epoch">The shard's; another one than that of the load is refused.</param>
    /// <param name="from">Position of the last record that the shard knows the client to have.</param>
    /// <param name="records">Records that follow.</param>
    /// <param name="snapshot">Is a snapshot wanted with the answer?</param>
    /// <returns>Null where the client is not at <paramref name="from"/>: the shard loads him again.</returns>
    [Alias("apply")]
    Task<ClientAnswer?> Apply(long epoch, long from, IReadOnlyList<LogRecord> records, bool snapshot);

    /// <summary>Packs the client's state, gives it to the shard and leaves: he is loaded again when he is needed.</summary>
    /// <returns>Null where the client is not at <paramref name="from"/>.</returns>
    [Alias("rest")]
    Task<ClientRest?> Rest(long epoch, long from);

    /// <summary>Has him leave with what he holds: his shard went elsewhere, or threw away what it knew. Nobody waits for it.</summary>
    /// <param name="epoch">The shard's; one who was loaded under a later one stays.</param>
    [Alias("leave"), OneWay]
    Task Leave(long epoch);

    /// <summary>The client's packed state, while he goes on working.</summary>
    /// <returns>Null where the client is not at <paramref name="from"/>: the shard loads him again.</returns>
    [Alias("seal")]
    Task<ClientRest?> Seal(long epoch, long from);

    /// <summary>The client at an instant; null where he is not loaded.</summary>
    [Alias("view")]
    Task<ClientView?> View(long nowMs);
}

/// <summary>What a client starts from.</summary>
/// <param name="Snapshot">Null: from nothing.</param>
/// <param name="Recent">Hashes of the last events before the tail, for the shard.</param>
/// <param name="Personal">As of the snapshot.</param>
/// <param name="Tail">Records after it.</param>
/// <param name="CatalogueVersion">What a client without a snapshot is born under.</param>
[GenerateSerializer, Immutable, Alias("client-seed")]
public sealed record ClientSeed(
    [property: Id(0)] byte[]? Snapshot,
    [property: Id(5)] byte[]? Recent,
    [property: Id(1)] PersonalFields Personal,
    [property: Id(2)] IReadOnlyList<LogRecord> Tail,
    [property: Id(3)] int CatalogueVersion,
    [property: Id(4)] int OrganisationVersion);

/// <summary>What a shard must know of a client who was loaded.</summary>
[GenerateSerializer, Immutable, Alias("client-loaded")]
public readonly record struct ClientLoaded([property: Id(0)] long Position, [property: Id(1)] long DueMs, [property: Id(2)] long AsksMs);

[GenerateSerializer, Immutable, Alias("client-answer")]
public sealed record ClientAnswer(
    [property: Id(0)] IReadOnlyList<ClientEffects> Effects,
    [property: Id(1)] byte[]? Snapshot);

/// <summary>A client packed: what he is, in few bytes.</summary>
/// <param name="State">As snapshots are stored.</param>
[GenerateSerializer, Immutable, Alias("client-rest")]
public sealed record ClientRest([property: Id(0)] byte[] State, [property: Id(1)] PersonalFields Personal);

/// <summary>A client as screens and the API show him.</summary>
[GenerateSerializer, Immutable, Alias("client-view")]
public sealed record ClientView
{
    [Id(0)] public required string Id { get; init; }

    [Id(1)] public string? Name { get; init; }

    [Id(2)] public string? Phone { get; init; }

    [Id(3)] public required string Outlet { get; init; }

    [Id(4)] public required string Branch { get; init; }

    [Id(5)] public required string Advisor { get; init; }

    [Id(6)] public required string Desk { get; init; }

    /// <summary>For what a mandate has him on the desk <c>hq</c>; null elsewhere.</summary>
    [Id(23)] public MandateScope? HqFor { get; init; }

    /// <summary>Prompts that consent, suitability and status still allow, among them some that his desk no longer holds live.</summary>
    [Id(24)] public ImmutableArray<string> Prompts { get; init; } = [];

    [Id(7)] public required string Status { get; init; }

    [Id(8)] public required string Channel { get; init; }

    [Id(9)] public required string Tier { get; init; }

    [Id(10)] public required long AssetsFen { get; init; }

    [Id(11)] public required long Age { get; init; }

    [Id(12)] public required int Risk { get; init; }

    [Id(13)] public required bool RiskValid { get; init; }

    [Id(14)] public required long OpenedMs { get; init; }

    [Id(15)] public required ImmutableArray<string> Tags { get; init; }

    [Id(16)] public required ImmutableArray<string> Consents { get; init; }

    [Id(17)] public required ImmutableArray<ContractState> Contracts { get; init; }

    /// <summary>Ten-thousandths.</summary>
    [Id(18)] public required ImmutableArray<KeyValuePair<string, long>> Holdings { get; init; }

    [Id(19)] public required ImmutableArray<SegmentView> Segments { get; init; }

    /// <summary>Segments that he is not in because their evaluation fails; there is no instant since when.</summary>
    [Id(25)] public ImmutableArray<SegmentView> Failed { get; init; } = [];

    [Id(20)] public required long Position { get; init; }

    [Id(21)] public required long AtMs { get; init; }

    /// <summary>Position of the client's own last record.</summary>
    [Id(22)] public required long LastRecord { get; init; }
}

[GenerateSerializer, Immutable, Alias("segment-view")]
public sealed record SegmentView(
    [property: Id(0)] string Id,
    [property: Id(1)] long SinceMs,
    [property: Id(2)] ImmutableArray<Reason> Because);
