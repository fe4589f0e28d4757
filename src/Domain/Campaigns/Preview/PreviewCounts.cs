using System.Collections.Immutable;

namespace Engagement.Domain.Campaigns;

/// <summary>What a catalogue would change if it were published: who is a member now, and who would be.</summary>
/// <param name="Clients">Clients that were looked at.</param>
/// <param name="Segments">By id; those of either catalogue.</param>
/// <param name="Tiers">Who would move, by tier; <c>""</c> where there are none.</param>
[Orleans.GenerateSerializer, Orleans.Immutable, Orleans.Alias("preview-counts")]
public sealed record PreviewCounts(
    [property: Orleans.Id(0)] long Clients,
    [property: Orleans.Id(1)] ImmutableArray<SegmentPreview> Segments,
    [property: Orleans.Id(2)] ImmutableArray<TierPreview> Tiers)
{
    /// <summary>Ids that are named of those who would enter a segment, and of those who would leave it.</summary>
    public const int IdsMax = 20;

    /// <summary>Of several shards together.</summary>
    public static PreviewCounts Sum(IReadOnlyCollection<PreviewCounts> parts) => new(
        parts.Sum(p => p.Clients),
        [.. parts.SelectMany(p => p.Segments).GroupBy(s => s.Id).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => new SegmentPreview(
            g.Key, g.Sum(s => s.Members), g.Sum(s => s.Would), g.Sum(s => s.Enter), g.Sum(s => s.Leave), First(g.SelectMany(s => s.EnterIds)), First(g.SelectMany(s => s.LeaveIds))))],
        [.. parts.SelectMany(p => p.Tiers).GroupBy(t => (t.From, t.To)).OrderBy(g => g.Key.From, StringComparer.Ordinal).ThenBy(g => g.Key.To, StringComparer.Ordinal)
            .Select(g => new TierPreview(g.Key.From, g.Key.To, g.Sum(t => t.Clients)))]);

    private static ImmutableArray<string> First(IEnumerable<string> ids) => [.. ids.Order(StringComparer.Ordinal).Take(IdsMax)];
}

/// <param name="Members">Now.</param>
/// <param name="Would">Members under the new catalogue.</param>
/// <param name="EnterIds">The first of those who would enter, of those whom the asker may see.</param>
[Orleans.GenerateSerializer, Orleans.Immutable, Orleans.Alias("segment-preview")]
public sealed record SegmentPreview(
    [property: Orleans.Id(0)] string Id,
    [property: Orleans.Id(1)] long Members,
    [property: Orleans.Id(2)] long Would,
    [property: Orleans.Id(3)] long Enter,
    [property: Orleans.Id(4)] long Leave,
    [property: Orleans.Id(5)] ImmutableArray<string> EnterIds,
    [property: Orleans.Id(6)] ImmutableArray<string> LeaveIds);

[Orleans.GenerateSerializer, Orleans.Immutable, Orleans.Alias("tier-preview")]
public sealed record TierPreview([property: Orleans.Id(0)] string From, [property: Orleans.Id(1)] string To, [property: Orleans.Id(2)] long Clients);
