namespace Engagement.Domain.Map;

/// <summary>Where a client is counted: his outlet, and the advisor who serves him; <c>""</c>: none. Everything on the map is a sum of leaves.</summary>
[Orleans.GenerateSerializer, Orleans.Immutable, Orleans.Alias("map-leaf")]
public readonly record struct Leaf([property: Orleans.Id(0)] string Outlet, [property: Orleans.Id(1)] string Advisor);
