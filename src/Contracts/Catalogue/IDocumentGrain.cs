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

    /// <summary>Lets a version take effect that waits for a second person. Answers as <see cref="Publish"/> does.</summary>
    [Alias("approve"), ResponseTimeout("00:02:00")]
    Task<PublishAnswer> Approve(int version, int? ifMatch, string by);

    /// <summary>Gives up a version that waits for a second person; whoever sent it may too.</summary>
    [Alias("reject"), ResponseTimeout("00:02:00")]
    Task<PublishAnswer> Reject(int version, string by);

    /// <summary>While a version rolls out: publishes the one before it once more. Answers as <see cref="Publish"/> does; null: everybody is under it.</summary>
    /// <param name="version">The newest; so a repeat takes nothing else back.</param>
    [Alias("take-back"), ResponseTimeout("00:02:00")]
    Task<PublishAnswer?> TakeBack(int version, string by);

    /// <summary>Does the catalogue in force ask for a second person? Only the catalogue's grain knows.</summary>
    [Alias("four-eyes")]
    Task<bool> FourEyes();

    /// <summary>A version, also one that never took effect; null where there is none. 0: the newest that is in force.</summary>
    [Alias("get")]
    Task<DocumentVersion?> Get(int version);

    /// <summary>Number of the newest version that is in force; 0: none.</summary>
    [Alias("newest")]
    Task<int> Newest();

    /// <summary>The newest version that is in force, and the one that is on its way into the logs.</summary>
    [Alias("stage")]
    Task<PublishStage> Stage();

    [Alias("versions")]
    Task<IReadOnlyList<DocumentVersion>> Versions();

    /// <summary>Completes a publish that a crash cut off.</summary>
    [Alias("touch")]
    Task Touch();
}

/// <summary>Where a version stands; only <see cref="Published"/> ones are, or were, in force.</summary>
public enum DocumentState : byte { Published, Waiting, Rejected, Superseded }

/// <param name="Newest">0: none.</param>
/// <param name="Pending">0: none.</param>
[GenerateSerializer, Immutable, Alias("publish-stage")]
public readonly record struct PublishStage([property: Id(0)] int Newest, [property: Id(1)] int Pending);

/// <summary>Why a version was not approved or rejected.</summary>
public enum ApprovalRefusal : byte { None, Unknown, NotWaiting, SamePerson }

/// <param name="Text">Empty in lists.</param>
/// <param name="PublishedMs">When it took effect; until then, when it was sent.</param>
/// <param name="By">Who sent it.</param>
/// <param name="SecondBy">Who approved or rejected it; null: nobody had to, or has yet.</param>
[GenerateSerializer, Immutable, Alias("document-version")]
public sealed record DocumentVersion(
    [property: Id(0)] int Version,
    [property: Id(1)] string Text,
    [property: Id(2)] bool Json,
    [property: Id(3)] long PublishedMs,
    [property: Id(4)] string By,
    [property: Id(5)] DocumentState State = DocumentState.Published,
    [property: Id(6)] string? SecondBy = null);

/// <summary>Exactly one of: a version, problems, or the version that <c>If-Match</c> missed.</summary>
/// <param name="Waits">It takes effect when a second person approves it.</param>
/// <param name="Backfills">Metrics are computed over the log: each client is under the version when his are.</param>
[GenerateSerializer, Immutable, Alias("publish-answer")]
public sealed record PublishAnswer(
    [property: Id(0)] int Version,
    [property: Id(1)] ImmutableArray<DocumentProblem> Problems,
    [property: Id(2)] bool Stale,
    [property: Id(3)] bool Backfills = false,
    [property: Id(4)] bool Waits = false,
    [property: Id(5)] ApprovalRefusal Refusal = ApprovalRefusal.None);
