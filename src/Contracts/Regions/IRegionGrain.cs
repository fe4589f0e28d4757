using Engagement.Domain.Map;

namespace Engagement.Contracts.Regions;

/// <summary>
/// The map's totals of a part of the organisation, put together from what others tell: of a branch from the shards, of headquarters from
/// the branches. Holds nothing that is not told again. Keyed by <see cref="RegionKeys"/>.
/// </summary>
[Alias("region")]
public interface IRegionGrain : IGrainWithStringKey
{
    /// <summary>Takes cumulative totals; the newest of a source wins.</summary>
    /// <returns>False where it needs everything of the source: it knows nothing of it, or has missed something.</returns>
    [Alias("report")]
    Task<bool> Report(RegionReport report);

    [Alias("read")]
    Task<RegionView> Read();
}

public static class RegionKeys
{
    public const string Hq = "hq";

    /// <summary>Of the outlets that the organisation does not name.</summary>
    public const string Unnamed = "none";

    private const string BranchPrefix = "branch:";

    public static string Branch(string id) => BranchPrefix + id;
}

/// <summary>What a source has counted since midnight, and the gauges: cumulative, never differences.</summary>
/// <param name="Source">A shard's number, or a region's key.</param>
/// <param name="Epoch">A later one of the same source wins.</param>
/// <param name="Seq">Grows within the epoch.</param>
/// <param name="After">What this source told this region before it.</param>
/// <param name="All">What is not in it is zero; otherwise it is as it was told before.</param>
/// <param name="AtMs">The engine's instant there.</param>
/// <param name="Day">Whose counts these are, as a day of the business calendar.</param>
/// <param name="AgeMs">How old it was already when it was told.</param>
/// <param name="Sources">Of how many shards it is the sum; 0: not of all that there are.</param>
/// <param name="Late">Of how many of them nothing was heard lately.</param>
[GenerateSerializer, Immutable, Alias("region-report")]
public sealed record RegionReport(
    [property: Id(0)] string Source,
    [property: Id(1)] long Epoch,
    [property: Id(2)] long Seq,
    [property: Id(3)] bool All,
    [property: Id(4)] long AtMs,
    [property: Id(5)] int Day,
    [property: Id(6)] long AgeMs,
    [property: Id(7)] int Sources,
    [property: Id(8)] int Late,
    [property: Id(9)] IReadOnlyList<LeafTotal> Leaves,
    [property: Id(10)] long After = 0);

/// <param name="Leaf">In a report to <c>hq</c>: the region's key as the outlet, and no advisor.</param>
/// <param name="Recent">Events that arrived in the last <see cref="RecentSeconds"/> whole seconds.</param>
/// <param name="Moves">Between segments, since midnight; null: as they were told before.</param>
[GenerateSerializer, Immutable, Alias("leaf-total")]
public sealed record LeafTotal(
    [property: Id(0)] Leaf Leaf,
    [property: Id(1)] Measures Measures,
    [property: Id(2)] long Recent,
    [property: Id(3)] IReadOnlyList<MoveTotal>? Moves)
{
    public const int RecentSeconds = 5;
}

[GenerateSerializer, Immutable, Alias("move-total")]
public readonly record struct MoveTotal([property: Id(0)] SegmentMove Move, [property: Id(1)] long Clients);

/// <summary>What a region knows now.</summary>
/// <param name="Expected">Sources that there are; 0: the region does not know.</param>
/// <param name="Leaves">Sums over the sources, by leaf.</param>
[GenerateSerializer, Immutable, Alias("region-view")]
public sealed record RegionView(
    [property: Id(0)] int Expected,
    [property: Id(1)] IReadOnlyList<RegionSource> Sources,
    [property: Id(2)] IReadOnlyList<LeafTotal> Leaves);

/// <summary>One source, as it was last heard.</summary>
[GenerateSerializer, Immutable, Alias("region-source")]
public sealed record RegionSource(
    [property: Id(0)] string Source,
    [property: Id(1)] long AtMs,
    [property: Id(2)] long AgeMs,
    [property: Id(3)] int Sources,
    [property: Id(4)] int Late);
