using System.Collections.Frozen;
using Engagement.Domain.Clients;

namespace Engagement.Domain.Campaigns;

/// <summary>What an event or a change concerns, worked out once a catalogue and not for each client and record.</summary>
internal sealed class CatalogueIndex
{
    private static readonly Campaign[] NoCampaigns = [];
    private static readonly int[] NoMetrics = [];

    private readonly FrozenDictionary<string, Campaign[]> byEvent;
    private readonly FrozenDictionary<string, int[]> metrics;
    private readonly FrozenSet<string> segments;
    private readonly Campaign[][] onEnter;
    private readonly Campaign[][] onLeave;

    public CatalogueIndex(Catalogue catalogue)
    {
        byEvent = catalogue.Campaigns.Where(c => c.Trigger.Kind == TriggerKind.Event).GroupBy(c => c.Trigger.Event!).ToFrozenDictionary(g => g.Key, g => g.ToArray());
        metrics = catalogue.Metrics.Index().GroupBy(m => m.Item.On, m => m.Index).ToFrozenDictionary(g => g.Key, g => g.ToArray());
        segments = catalogue.Segments.Select(s => s.Id).ToFrozenSet();
        onEnter = [.. catalogue.Segments.Select(s => Of(TriggerKind.Enter, s.Index))];
        onLeave = [.. catalogue.Segments.Select(s => Of(TriggerKind.Leave, s.Index))];
        Every = [.. catalogue.Campaigns.Where(c => c.Trigger.Kind == TriggerKind.Every)];
        SegmentInputs = [.. catalogue.Segments.Select(s => Inputs.Of(s.When.Reads) | Inputs.Of(s.Stay.Reads))];

        Campaign[] Of(TriggerKind kind, int segment) => [.. catalogue.Campaigns.Where(c => c.Trigger.Kind == kind && c.Trigger.Segment == segment)];
    }

    /// <summary>Campaigns that trigger at a time of the day.</summary>
    public Campaign[] Every { get; }

    /// <summary>What each segment reads, as <see cref="Inputs"/>.</summary>
    public ulong[] SegmentInputs { get; }

    public bool HasSegment(string id) => segments.Contains(id);

    public Campaign[] OnEvent(string type) => byEvent.GetValueOrDefault(type, NoCampaigns);

    public Campaign[] OnSegment(int segment, bool entered) => (entered ? onEnter : onLeave)[segment];

    /// <summary>Indices of the metrics that count events of a type.</summary>
    public int[] MetricsOn(string type) => metrics.GetValueOrDefault(type, NoMetrics);
}
