using System.Text.Json.Serialization;
using Engagement.Contracts.Regions;
using Engagement.Domain;
using Engagement.Domain.Map;
using Engagement.Domain.Segments;

namespace Engagement.Gateway.Map;

/// <summary>The measures of a node as the API and the hub show them; money in yuan.</summary>
public sealed record MeasuresJson(
    long Clients, long Events, decimal EventsPerSecond, long PromptsOpen, long PromptsRaised, long Accepted, long Conversions, long AccountsOpened,
    decimal NetInflow, long Contracts, decimal SignedAssets)
{
    public static MeasuresJson Of(Measures m, long recent) => new(
        m.Clients, m.Events, Math.Round((decimal)recent / LeafTotal.RecentSeconds, 1), m.PromptsOpen, m.PromptsRaised, m.Accepted, m.Conversions, m.AccountsOpened,
        Money.Decimal(m.NetInflowFen), m.Contracts, Money.Decimal(m.SignedAssetsFen));
}

/// <summary>A child of a node. Without measures nothing is known of it: that is not zero.</summary>
public record MapChildJson(string Node)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Localized? Name { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Province { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Mode { get; init; }

    /// <summary>The engine's instant of what is shown.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? At { get; init; }

    public bool Late { get; init; }

    /// <summary>How long ago the oldest part of it was heard.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? AgeMs { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public MeasuresJson? Measures { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Surges { get; init; }

    /// <summary>Does a screen show the same, but for how fresh it is?</summary>
    public bool ShowsAs(MapChildJson? other) =>
        other is not null && Node == other.Node && Name == other.Name && Province == other.Province && Mode == other.Mode && Late == other.Late && Measures == other.Measures
        && (Surges ?? []).SequenceEqual(other.Surges ?? []);
}

/// <summary>A node with its children.</summary>
public sealed record MapNodeJson(string Node) : MapChildJson(Node)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Parent { get; init; }

    public required PartsJson Parts { get; init; }

    public required IReadOnlyList<MapChildJson> Children { get; init; }
}

/// <summary>Parts of the system that a node's figures come from, and how many of them were not heard lately.</summary>
public sealed record PartsJson(int Total, int Late);

/// <summary>What changed of a node since the last one: the node itself, and the children that show something else.</summary>
public sealed record MapDeltaJson(
    string Node,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? At,
    bool Late,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? AgeMs,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] MeasuresJson? Measures,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Surges,
    PartsJson Parts,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Snapshot,
    IReadOnlyList<MapChildJson> Children)
{
    /// <param name="before">What the screen has.</param>
    public static MapDeltaJson Between(MapNodeJson before, MapNodeJson now)
    {
        var anew = !before.Children.Select(c => c.Node).SequenceEqual(now.Children.Select(c => c.Node));
        return new(
            now.Node, now.At, now.Late, now.AgeMs, now.Measures, now.Surges, now.Parts, anew ? true : null,
            anew ? now.Children : [.. now.Children.Where((c, i) => !c.ShowsAs(before.Children[i]))]);
    }
}

/// <summary>A minute of a node alone.</summary>
public sealed record MinuteMeasuresJson(decimal Events, decimal EventsPerSecond, decimal PromptsRaised, decimal Accepted, decimal Conversions, decimal AccountsOpened, decimal NetInflow);
