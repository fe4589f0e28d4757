using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Engagement.Domain.Documents;
using Engagement.Domain.Experiments;
using Engagement.Domain.Language;
using Engagement.Domain.Segments;
using Engagement.Domain.Shares;

namespace Engagement.Domain.Campaigns;

/// <summary>Reads, checks and compiles a catalogue as people write it.</summary>
public static class CatalogueDocument
{
    /// <param name="utf8">At most 4 MiB.</param>
    /// <param name="version">The version under which it would be published.</param>
    /// <param name="problems">All that is wrong, in the order of the document; empty when the catalogue is good.</param>
    public static bool TryRead(
        ReadOnlySpan<byte> utf8,
        DocumentFormat format,
        int version,
        [NotNullWhen(true)] out Catalogue? catalogue,
        out ImmutableArray<DocumentProblem> problems)
    {
        var root = DocumentReader.Read(utf8, format, out var list);
        catalogue = root is not null && Fields.Of(root, list) is { } fields ? Read(fields, version, list) : null;
        problems = list.ToImmutable();
        if (!problems.IsEmpty)
        {
            catalogue = null;
        }

        return catalogue is not null;
    }

    /// <inheritdoc cref="TryRead(ReadOnlySpan{byte}, DocumentFormat, int, out Catalogue?, out ImmutableArray{DocumentProblem})"/>
    public static bool TryRead(
        string text,
        DocumentFormat format,
        int version,
        [NotNullWhen(true)] out Catalogue? catalogue,
        out ImmutableArray<DocumentProblem> problems) =>
        TryRead(Encoding.UTF8.GetBytes(text), format, version, out catalogue, out problems);

    private static Catalogue Read(Fields fields, int version, ProblemList problems)
    {
        var tiers = fields.Optional("tiers", TierReader.Read, TierLists.None);
        ImmutableArray<Metric> metrics = [.. BuiltInMetrics.All, .. fields.Optional("metrics", MetricReader.Read, [])];
        var metricPlaces = Places(metrics.Select(m => m.Id));
        var segmentReader = new SegmentReader(metricPlaces, problems);
        var segments = fields.Optional("segments", segmentReader.Read, []);
        var experiments = fields.Optional("experiments", ExperimentReader.Read, []);
        var scope = new ExpressionScope(Client: true, Event: false, null, metricPlaces, segmentReader.Places);
        var catalogue = new Catalogue
        {
            Version = version,
            DefaultTiers = tiers.Default,
            TierOverrides = tiers.Overrides,
            Metrics = metrics,
            Segments = segments,
            Campaigns = fields.Optional("campaigns", new CampaignReader(metricPlaces, segmentReader.Places, experiments, problems).Read, []),
            Policy = fields.Optional("policy", PolicyReader.Read, Policy.None),
            Experiments = experiments,
            Holdout = fields.Optional<Holdout?>("holdout", ExperimentReader.Holdout, null),
            Sharing = fields.Optional("sharing", new SharingReader(scope, experiments, problems).Read, []),
        };
        fields.Close();
        return catalogue;
    }

    private static Dictionary<string, int> Places(IEnumerable<string> ids)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (place, id) in ids.Index())
        {
            places.TryAdd(id, place);
        }

        return places;
    }
}
