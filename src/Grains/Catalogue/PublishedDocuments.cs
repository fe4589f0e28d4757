using System.Collections.Concurrent;
using Engagement.Contracts.Catalogue;
using Engagement.Domain.Campaigns;
using Engagement.Domain.Clients;
using Engagement.Domain.Documents;
using Engagement.Domain.Organisation;
using Catalogue1 = Engagement.Domain.Campaigns.Catalogue;

namespace Engagement.Grains.Catalogue;

/// <summary>Compiled documents by version, one copy a silo. Shards fetch a version before a client can ask for it.</summary>
public sealed class PublishedDocuments(IGrainFactory grains) : IPublishedDocuments
{
    private readonly ConcurrentDictionary<int, Catalogue1> catalogues = new([new(0, Catalogue1.Empty)]);
    private readonly ConcurrentDictionary<int, OrganisationTree> organisations = new([new(0, OrganisationTree.Empty)]);

    public Catalogue1 Catalogue(int version) => catalogues[version];

    public OrganisationTree Organisation(int version) => organisations[version];

    public async Task Fetch(DocumentKind kind, int version)
    {
        if (kind == DocumentKind.Catalogue ? catalogues.ContainsKey(version) : organisations.ContainsKey(version))
        {
            return;
        }

        var document = await grains.GetGrain<IDocumentGrain>(DocumentKeys.Of(kind)).Get(version)
            ?? throw new InvalidOperationException($"The log names version {version} of the {kind}, which was never stored.");
        var format = document.Json ? DocumentFormat.Json : DocumentFormat.Yaml;
        if (kind == DocumentKind.Catalogue)
        {
            catalogues[version] = CatalogueDocument.TryRead(document.Text, format, version, out var catalogue, out _)
                ? catalogue
                : throw new InvalidOperationException($"Catalogue {version} was published and no longer compiles.");
        }
        else
        {
            organisations[version] = OrganisationDocument.TryRead(document.Text, format, version, out var tree, out _)
                ? tree
                : throw new InvalidOperationException($"Organisation {version} was published and no longer reads.");
        }
    }
}
