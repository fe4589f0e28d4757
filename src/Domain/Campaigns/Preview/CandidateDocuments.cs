using System.Text.Json;
using Engagement.Domain.Clients;
using Engagement.Domain.Organisation;

namespace Engagement.Domain.Campaigns;

/// <summary>The published documents, and beside them a catalogue that is only thought of, under a number that no publish reaches.</summary>
public sealed class CandidateDocuments(IPublishedDocuments published, Catalogue candidate) : IPublishedDocuments
{
    /// <summary>The version to compile a candidate under.</summary>
    public const int Version = int.MaxValue;

    public Catalogue Catalogue(int version) => version == Version ? candidate : published.Catalogue(version);

    public OrganisationTree Organisation(int version) => published.Organisation(version);

    /// <summary>The record that a publish of it would put into a log.</summary>
    public static LogRecord Publish(long position, long nowMs) => new(
        position, RecordKind.Catalogue, "", "", "", LogRecord.CatalogueType, nowMs, nowMs, JsonSerializer.SerializeToUtf8Bytes(new { version = Version }), null);
}
