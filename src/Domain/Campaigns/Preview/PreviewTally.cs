using Engagement.Domain.Clients;
using Engagement.Domain.Segments;

namespace Engagement.Domain.Campaigns;

/// <summary>Counts, client by client, what a publish would change. Holds counts and a few ids, however many clients there are.</summary>
/// <param name="now">The catalogue in force.</param>
/// <param name="candidate">The catalogue that is thought of.</param>
public sealed class PreviewTally(Catalogue now, Catalogue candidate)
{
    private readonly Dictionary<string, Counts> segments = now.Segments.Concat(candidate.Segments).Select(s => s.Id).Distinct().ToDictionary(id => id, _ => new Counts());
    private readonly Dictionary<(string From, string To), long> tiers = [];
    private readonly List<string> before = [];
    private long clients;

    /// <summary>Takes a client as he is stored, and publishes the candidate to him. He is of no use for anything else after it.</summary>
    /// <param name="unmet">What was published and he has not met yet, then the candidate.</param>
    /// <param name="visible">May the asker see him? Otherwise he is counted and not named.</param>
    public void Add(ClientEngine client, IEnumerable<LogRecord> unmet, bool visible)
    {
        clients++;
        before.Clear();
        foreach (var membership in client.State.Memberships)
        {
            before.Add(membership.Segment);
            Of(membership.Segment).Members++;
        }

        var tier = client.Tier;
        foreach (var record in unmet)
        {
            client.Apply(record);
        }

        var (id, after) = (visible ? client.State.Id : null, client.State.Memberships);
        foreach (var membership in after)
        {
            var counts = Of(membership.Segment);
            counts.Would++;
            if (!before.Contains(membership.Segment))
            {
                counts.Enter.Add(id);
            }
        }

        foreach (var segment in before)
        {
            if (!Holds(after, segment))
            {
                Of(segment).Leave.Add(id);
            }
        }

        if (client.Tier is var moved && moved != tier)
        {
            tiers[(tier, moved)] = tiers.GetValueOrDefault((tier, moved)) + 1;
        }
    }

    public PreviewCounts Result() => new(
        clients,
        [.. segments.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => new SegmentPreview(
            s.Key, s.Value.Members, s.Value.Would, s.Value.Enter.Count, s.Value.Leave.Count, [.. s.Value.Enter.Ids], [.. s.Value.Leave.Ids]))],
        [.. tiers.OrderBy(t => t.Key.From, StringComparer.Ordinal).ThenBy(t => t.Key.To, StringComparer.Ordinal).Select(t => new TierPreview(t.Key.From, t.Key.To, t.Value))]);

    /// <summary>One may still be a member of a segment that the catalogue in force has no more: the roll-over has not come to him.</summary>
    private Counts Of(string segment)
    {
        if (!segments.TryGetValue(segment, out var counts))
        {
            segments.Add(segment, counts = new());
        }

        return counts;
    }

    private static bool Holds(List<Membership> memberships, string segment)
    {
        foreach (var membership in memberships)
        {
            if (membership.Segment == segment)
            {
                return true;
            }
        }

        return false;
    }

    private sealed class Counts
    {
        public long Members { get; set; }

        public long Would { get; set; }

        public Moves Enter { get; } = new();

        public Moves Leave { get; } = new();
    }

    private sealed class Moves
    {
        public long Count { get; private set; }

        public List<string> Ids { get; } = [];

        public void Add(string? id)
        {
            Count++;
            if (id is not null && Ids.Count < PreviewCounts.IdsMax)
            {
                Ids.Add(id);
            }
        }
    }
}
