using System.Collections.Immutable;
using Engagement.Contracts.Branches;
using Engagement.Contracts.Catalogue;
using Engagement.Contracts.Clock;
using Engagement.Contracts.Shards;
using Engagement.Domain;
using Engagement.Domain.Campaigns;
using Engagement.Domain.Clients;
using Engagement.Domain.Documents;
using Engagement.Domain.Organisation;
using Engagement.Grains.Shards;
using Orleans.Concurrency;

namespace Engagement.Grains.Catalogue;

/// <summary>
/// The versions of one document. A version is stored first, then put into every shard's log, then announced; a crash in
/// between is completed by <see cref="Touch"/>, since a shard takes a version once.
/// </summary>
/// <remarks>Reads interleave with a publish: shards that take the new version ask for its text while the publish waits for them.</remarks>
[GrainType("document"), MayInterleave(nameof(IsRead))]
internal sealed class DocumentGrain(
    [PersistentState(DocumentVersions.StateName, StorageNames.Engagement)] IPersistentState<DocumentVersions> versions,
    ShardMap shards) : Grain, IDocumentGrain
{
    private DocumentKind Kind => this.GetPrimaryKeyString() == DocumentKeys.Of(DocumentKind.Catalogue) ? DocumentKind.Catalogue : DocumentKind.Organisation;

    private List<DocumentVersion> All => versions.State.All;

    /// <summary>Whatever does not publish may interleave.</summary>
    public static bool IsRead(Orleans.Serialization.Invocation.IInvokable call) => call.GetMethodName() is nameof(Get) or nameof(Newest) or nameof(Versions);

    public async Task<PublishAnswer> Publish(string text, bool json, int? ifMatch, string by)
    {
        await Complete();
        var newest = All.Count == 0 ? 0 : All[^1].Version;
        if (ifMatch is { } match && match != newest)
        {
            return new(newest, [], true);
        }

        var format = json ? DocumentFormat.Json : DocumentFormat.Yaml;
        ImmutableArray<DocumentProblem> problems;
        var good = Kind == DocumentKind.Catalogue
            ? CatalogueDocument.TryRead(text, format, newest + 1, out _, out problems)
            : OrganisationDocument.TryRead(text, format, newest + 1, out _, out problems);
        if (!good)
        {
            return new(newest, problems, false);
        }

        var now = (await GrainFactory.GetGrain<IClockGrain>(0).Read()).NowMs;
        All.Add(new(newest + 1, text, json, now, by));
        versions.State.Pending = newest + 1;
        await versions.WriteStateAsync();
        await Complete();
        return new(newest + 1, [], false);
    }

    public Task<DocumentVersion?> Get(int version) =>
        Task.FromResult(version == 0 ? All.LastOrDefault(v => v.Version != versions.State.Pending) : All.Find(v => v.Version == version));

    public Task<int> Newest() => Task.FromResult(All.FindLast(v => v.Version != versions.State.Pending)?.Version ?? 0);

    public Task<IReadOnlyList<DocumentVersion>> Versions() =>
        Task.FromResult<IReadOnlyList<DocumentVersion>>([.. All.Where(v => v.Version != versions.State.Pending).Select(v => v with { Text = "" })]);

    public Task Touch() => Complete();

    private async Task Complete()
    {
        if (versions.State.Pending is not (> 0 and var version))
        {
            return;
        }

        var kind = Kind == DocumentKind.Catalogue ? RecordKind.Catalogue : RecordKind.Organisation;
        var record = new ControlRecord(kind, "", $"v{version}", ControlData.Version(version));
        var answers = await Task.WhenAll(Enumerable.Range(0, shards.Count).Select(s => GrainFactory.GetGrain<IShardGrain>(s).AppendControl([record])));
        if (answers.Any(a => a.Outcome != AppendOutcome.Durable))
        {
            throw new InvalidOperationException($"Version {version} of the {Kind} is not in every shard's log yet; it will be completed.");
        }

        versions.State.Pending = 0;
        await versions.WriteStateAsync();
        if (Kind == DocumentKind.Organisation
            && OrganisationDocument.TryRead(All[^1].Text, All[^1].Json ? DocumentFormat.Json : DocumentFormat.Yaml, version, out var tree, out _))
        {
            await Task.WhenAll(tree.Branches.Select(b => GrainFactory.GetGrain<IBranchGrain>(b.Id).Refresh(version)));
        }
    }
}
