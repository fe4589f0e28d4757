using System.Collections.Immutable;
using Engagement.Domain;

namespace Engagement.Contracts.Catalogue;

public enum DocumentKind : byte { Catalogue, Organisation }

/// <summary>The versions of a published document. Keyed <c>catalogue</c> or <c>organisation</c>.</summary>
[Alias("document")]
public interface IDocumentGrain : IGrainWithStringKey
{
    /// <summary>Publishes a document as a whole. Answers when every shard's log holds the version.</summary>
    [Alias("publish"), ResponseTimeout("00:02:00")]
    Task<PublishAnswer> Publish(string text, bool json, int? ifMatch, string by);

    /// <summary>A version; null where there is none. 0: the newest.</summary>
    [Alias("get")]
    Task<DocumentVersion?> Get(int version);

    /// <summary>Number of the newest version; 0: none.</summary>
    [Alias("newest")]
    Task<int> Newest();

    [Alias("versions")]
    Task<IReadOnlyList<DocumentVersion>> Versions();

    /// <summary>Completes a publish that a crash cut off.</summary>
    [Alias("touch")]
    Task Touch();
}

/// <param name="Text">Empty in lists.</param>
[GenerateSerializer, Immutable, Alias("document-version")]
public sealed record DocumentVersion(
    [property: Id(0)] int Version,
    [property: Id(1)] string Text,
    [property: Id(2)] bool Json,
    [property: Id(3)] long PublishedMs,
    [property: Id(4)] string By);

/// <summary>Exactly one of: a version, problems, or the version that <c>If-Match</c> missed.</summary>
/// <param name="Backfills">Metrics are computed over the log: each client is under the version when his are.</param>
[GenerateSerializer, Immutable, Alias("publish-answer")]
public sealed record PublishAnswer(
    [property: Id(0)] int Version,
    [property: Id(1)] ImmutableArray<DocumentProblem> Problems,
    [property: Id(2)] bool Stale,
    [property: Id(3)] bool Backfills = false);
