using System.Text.Json;
using Engagement.Domain.Clients;
using Engagement.Domain.Organisation;

namespace Engagement.Domain.Campaigns;

/// <summary>The published documents, and beside them one that is only thought of, under a number that no publish reaches.</summary>
public sealed class CandidateDocuments : IPublishedDocuments
{
    /// <summary>The version to compile a candidate under.</summary>
    public const int Version = int.MaxValue;

    private readonly IPublishedDocuments published;
    private readonly Catalogue? catalogue;
    private readonly OrganisationTree? organisation;

    public CandidateDocuments(IPublishedDocuments published, Catalogue candidate) => (this.published, catalogue) = (published, candidate);

    public CandidateDocuments(IPublishedDocuments published, OrganisationTree candidate) => (this.published, organisation) = (published, candidate);

    public Catalogue Catalogue(int version) => version == Version && catalogue is not null ? catalogue : published.Catalogue(version);

    public OrganisationTree Organisation(int version) => version == Version && organisation is not null ? organisation : published.Organisation(version);

    /// <summary>The record that a publish of it would put into a log.</summary>
    public LogRecord Publish(long position, long nowMs)
    {
        var (kind, type) = catalogue is not null ? (RecordKind.Catalogue, LogRecord.CatalogueType) : (RecordKind.Organisation, LogRecord.OrganisationType);
        return new(position, kind, "", "", "", type, nowMs, nowMs, JsonSerializer.SerializeToUtf8Bytes(new { version = Version }), null);
    }
}
