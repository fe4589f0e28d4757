namespace Engagement.Domain.Map;

/// <summary>What one applied record of a client adds to the map.</summary>
/// <param name="Leaf">Where he is after it.</param>
/// <param name="TimeMs">In whose minute events, accounts, inflow and conversions count: the event's time, at the latest the engine's.</param>
/// <param name="AtMs">In whose minute prompts and moves between segments count: the engine's.</param>
/// <param name="Accepted">-1: an acceptance was undone.</param>
/// <param name="Gauges">Null: what he has is as it was, and where it was.</param>
[Orleans.GenerateSerializer, Orleans.Immutable, Orleans.Alias("client-counts")]
public readonly record struct ClientCounts(
    [property: Orleans.Id(0)] Leaf Leaf,
    [property: Orleans.Id(1)] long TimeMs,
    [property: Orleans.Id(2)] long AtMs,
    [property: Orleans.Id(3)] int Events,
    [property: Orleans.Id(4)] int AccountsOpened,
    [property: Orleans.Id(5)] int PromptsRaised,
    [property: Orleans.Id(6)] int Accepted,
    [property: Orleans.Id(7)] int Conversions,
    [property: Orleans.Id(8)] long NetInflowFen,
    [property: Orleans.Id(9)] GaugeChange? Gauges);

/// <summary>A client's gauges before and after a record: who moves takes them along.</summary>
[Orleans.GenerateSerializer, Orleans.Immutable, Orleans.Alias("gauge-change")]
public sealed record GaugeChange([property: Orleans.Id(0)] ClientGauges Before, [property: Orleans.Id(1)] ClientGauges After);

/// <param name="Clients">0 before his first event.</param>
/// <param name="OpenUntilMs">When each of his open prompts expires.</param>
[Orleans.GenerateSerializer, Orleans.Immutable, Orleans.Alias("client-gauges")]
public readonly record struct ClientGauges(
    [property: Orleans.Id(0)] Leaf Leaf,
    [property: Orleans.Id(1)] int Clients,
    [property: Orleans.Id(2)] int Contracts,
    [property: Orleans.Id(3)] long SignedFen,
    [property: Orleans.Id(4)] long[] OpenUntilMs);
