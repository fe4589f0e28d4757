using Engagement.Domain.Language;

namespace Engagement.Domain.Segments;

/// <summary>A name in both languages; one that is missing falls back to the other.</summary>
[Orleans.GenerateSerializer, Orleans.Immutable, Orleans.Alias("localized")]
public sealed record Localized([property: Orleans.Id(0)] string Zh, [property: Orleans.Id(1)] string En);

/// <summary>What a metric counts. A built-in has <paramref name="BuiltIn"/> set and needs no expressions.</summary>
/// <param name="Where">Which events count; null: all of the type.</param>
/// <param name="Value">The value summed; null: 1.</param>
/// <param name="Fingerprint">Changes whenever the definition does: a changed metric counts anew.</param>
public sealed record Metric(string Id, string On, Expression? Where, Expression? Value, bool Backfill, bool BuiltIn, string Fingerprint);

/// <summary>A segment; <paramref name="Index"/> is its place in the order of evaluation, after those it asks for.</summary>
public sealed record Segment(int Index, string Id, Localized Name, Expression When, Expression Stay);

/// <summary>An asset tier: its id and its lower bound in fen.</summary>
public readonly record struct Tier(string Id, long FromFen);
