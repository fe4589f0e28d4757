using System.Collections.Concurrent;
using Engagement.Contracts.Catalogue;
using Engagement.Contracts.Storage;
using Engagement.Domain.Campaigns;
using Engagement.Domain.Clients;
using Engagement.Domain.Documents;
using Engagement.Domain.Organisation;
using Engagement.Domain.Segments;

namespace Engagement.Storage.Replay;

/// <summary>The published documents as they are stored, each compiled when a client first meets it.</summary>
internal sealed class ArchivedDocuments(IReplayView view) : IPublishedDocuments
{
    private readonly ConcurrentDictionary<int, Lazy<Catalogue>> catalogues = new([new(0, new(Domain.Campaigns.Catalogue.Empty))]);
    private readonly ConcurrentDictionary<int, Lazy<OrganisationTree>> organisations = new([new(0, new(OrganisationTree.Empty))]);
    private IReadOnlyList<Metric>? backfills;
    private readonly Dictionary<DocumentKind, IReadOnlyList<DocumentVersion>> stored = new()
    {
        [DocumentKind.Catalogue] = view.ReadDocuments(DocumentKind.Catalogue),
        [DocumentKind.Organisation] = view.ReadDocuments(DocumentKind.Organisation),
    };

    /// <summary>Metrics that any catalogue computes over the log, each once. One that no longer compiles is told where it is met.</summary>
    public IReadOnlyList<Metric> Backfills => LazyInitializer.EnsureInitialized(ref backfills, () =>
    [
        .. stored[DocumentKind.Catalogue]
            .Where(d => d.Text.Contains("backfill", StringComparison.Ordinal))
            .SelectMany(d => CatalogueDocument.TryRead(d.Text, Format(d), d.Version, out var read, out _) ? read.Metrics.Where(m => m.Backfill) : [])
            .DistinctBy(m => (m.Id, m.Fingerprint)),
    ]);

    public Catalogue Catalogue(int version) => catalogues.GetOrAdd(version, v => new(() => Compile(v))).Value;

    public OrganisationTree Organisation(int version) => organisations.GetOrAdd(version, v => new(() => Read(v))).Value;

    private Catalogue Compile(int version)
    {
        var document = Find(DocumentKind.Catalogue, version);
        return CatalogueDocument.TryRead(document.Text, Format(document), version, out var catalogue, out _)
            ? catalogue
            : throw new InvalidDataException($"catalogue {version} was published and no longer compiles");
    }

    private OrganisationTree Read(int version)
    {
        var document = Find(DocumentKind.Organisation, version);
        return OrganisationDocument.TryRead(document.Text, Format(document), version, out var tree, out _)
            ? tree
            : throw new InvalidDataException($"organisation {version} was published and no longer reads");
    }

    private DocumentVersion Find(DocumentKind kind, int version) =>
        stored[kind].FirstOrDefault(d => d.Version == version) ?? throw new InvalidDataException($"version {version} of the {DocumentKeys.Of(kind)} is not stored");

    private static DocumentFormat Format(DocumentVersion document) => document.Json ? DocumentFormat.Json : DocumentFormat.Yaml;
}
