namespace Engagement.Domain.Quotes;

/// <summary>What a security costs. Shown on screens; never an input of a decision.</summary>
/// <param name="Price">Yuan, more than 0.</param>
/// <param name="PreviousClose">Yuan, more than 0: what the change of the day is counted from.</param>
/// <param name="TimeMs">When it was so, by whoever sent it.</param>
[Orleans.GenerateSerializer, Orleans.Immutable, Orleans.Alias("quote")]
public readonly record struct Quote([property: Orleans.Id(0)] string Symbol, [property: Orleans.Id(1)] decimal Price, [property: Orleans.Id(2)] decimal PreviousClose, [property: Orleans.Id(3)] long TimeMs);
