using System.Collections.Immutable;
using Engagement.Contracts.Branches;
using Engagement.Contracts.Catalogue;
using Engagement.Contracts.Clock;
using Engagement.Contracts.Faults;
using Engagement.Contracts.Shards;
using Engagement.Domain;
using Engagement.Domain.Campaigns;
using Engagement.Domain.Clients;
using Engagement.Domain.Documents;
using Engagement.Domain.Organisation;
using Engagement.Grains.Shards;
using Orleans.Concurrency;
using Compiled = Engagement.Domain.Campaigns.Catalogue;

namespace Engagement.Grains.Catalogue;

/// <summary>
/// The versions of one document. A version is stored first, then put into every shard's log, then announced; a crash in
/// between is completed by <see cref="Touch"/>, since a shard takes a version once.
/// </summary>
/// <remarks>Reads interleave with a publish: shards that take the new version ask for its text while the publish waits for them.</remarks>
[GrainType("document"), MayInterleave(nameof(IsRead))]
internal sealed partial class DocumentGrain(
    [PersistentState(DocumentVersions.StateName, StorageNames.Engagement)] IPersistentState<DocumentVersions> versions,
    ShardMap shards,
    IFaultPoints faults) : Grain, IDocumentGrain
{
    private DocumentKind Kind => this.GetPrimaryKeyString() == DocumentKeys.Of(DocumentKind.Catalogue) ? DocumentKind.Catalogue : DocumentKind.Organisation;

    private List<DocumentVersion> All => versions.State.All;

    /// <summary>Whatever does not publish may interleave.</summary>
    public static bool IsRead(Orleans.Serialization.Invocation.IInvokable call) => call.GetMethodName() is nameof(Get) or nameof(Newest) or nameof(Stage) or nameof(Versions) or nameof(FourEyes);

    public async Task<PublishAnswer> Publish(string text, bool json, int? ifMatch, string by)
    {
        await Complete();
        var newest = InForce?.Version ?? 0;
        if (ifMatch is { } match && match != newest)
        {
            return new(newest, [], true);
        }

        var number = All.Count == 0 ? 1 : All[^1].Version + 1;
        var format = json ? DocumentFormat.Json : DocumentFormat.Yaml;
        ImmutableArray<DocumentProblem> problems;
        Compiled? catalogue = null;
        var good = Kind == DocumentKind.Catalogue
            ? CatalogueDocument.TryRead(text, format, number, out catalogue, out problems)
            : OrganisationDocument.TryRead(text, format, number, out _, out problems);
        if (!good)
        {
            return new(newest, problems, false);
        }

        var waits = catalogue?.Policy.FourEyes == true || await NeedsASecond();
        var now = (await GrainFactory.GetGrain<IClockGrain>(0).Read()).NowMs;
        // What is sent now was made without knowing of what waits: that never takes effect.
        Settle(DocumentState.Superseded, null);
        All.Add(new(number, text, json, now, by, waits ? DocumentState.Waiting : DocumentState.Published));
        (versions.State.Waiting, versions.State.Pending) = waits ? (number, 0) : (0, number);
        await Store();
        return waits ? new(number, [], false, Waits: true) : await TakeEffect(number, newest, catalogue);
    }

    public Task<DocumentVersion?> Get(int version) => Task.FromResult(version == 0 ? InForce : All.Find(v => v.Version == version));

    public Task<int> Newest() => Task.FromResult(InForce?.Version ?? 0);

    public Task<PublishStage> Stage() => Task.FromResult(new PublishStage(InForce?.Version ?? 0, versions.State.Pending));

    /// <summary>The newest version that every shard's log has.</summary>
    private DocumentVersion? InForce => All.FindLast(v => v.State == DocumentState.Published && v.Version != versions.State.Pending);

    public Task<IReadOnlyList<DocumentVersion>> Versions() =>
        Task.FromResult<IReadOnlyList<DocumentVersion>>([.. All.Where(v => v.Version != versions.State.Pending).Select(v => v with { Text = "" })]);

    public Task Touch() => Complete();

    private async Task Store()
    {
        try
        {
            await versions.WriteStateAsync();
        }
        catch
        {
            // A version that may not be stored must not reach a log: what is stored is read again.
            DeactivateOnIdle();
            throw;
        }
    }

    private async Task<PublishAnswer> TakeEffect(int number, int before, Compiled? catalogue)
    {
        faults.Reach(FaultPoint.DocumentStored);
        await Complete();
        return new(number, [], false, catalogue?.HasBackfills == true && !catalogue.BackfilledOver(Before(before)).IsEmpty);
    }

    private async Task Complete()
    {
        if (versions.State.Pending is > 0 and var version)
        {
            if (Kind == DocumentKind.Organisation && versions.State.PlacedVersion != version)
            {
                await HandPlacesOver(version);
                faults.Reach(FaultPoint.DocumentPlaced);
                // Not once more: by then a client may have given back what was handed over.
                versions.State.PlacedVersion = version;
                await Store();
            }

            await Append(version);
            faults.Reach(FaultPoint.DocumentLogged);
            versions.State.Pending = 0;
            await versions.WriteStateAsync();
            faults.Reach(FaultPoint.DocumentAnnouncing);
        }

        if (Kind == DocumentKind.Organisation && InForce is { } newest && versions.State.RefreshedVersion < newest.Version)
        {
            await Task.WhenAll(BranchesOf(newest).Select(b => Branch(b).Refresh(newest.Version)));
            versions.State.RefreshedVersion = newest.Version;
            await versions.WriteStateAsync();
        }
    }

    private async Task Append(int version)
    {
        var kind = Kind == DocumentKind.Catalogue ? RecordKind.Catalogue : RecordKind.Organisation;
        var record = new ControlRecord(kind, "", $"v{version}", ControlData.Version(version));
        var answers = await Task.WhenAll(Enumerable.Range(0, shards.Count).Select(async s =>
        {
            var answer = await GrainFactory.GetGrain<IShardGrain>(s).AppendControl([record]);
            faults.Reach(FaultPoint.DocumentAppended);
            return answer;
        }));
        if (answers.Any(a => a.Outcome != AppendOutcome.Durable))
        {
            throw new InvalidOperationException($"Version {version} of the {Kind} is not in every shard's log yet; it will be completed.");
        }
    }

    /// <summary>
    /// Advisors who go to another branch take their clients' places with them, before any client can know: so no branch
    /// gives a place that another has given.
    /// </summary>
    private async Task HandPlacesOver(int version)
    {
        var next = All.Find(v => v.Version == version)!;
        var before = All.FindLast(v => v.State == DocumentState.Published && v.Version < version);
        var leaving = await Task.WhenAll((before is null ? [] : BranchesOf(before)).Select(b => Branch(b).Leaving()));
        var to = Read(next)!.Advisors;
        var coming = leaving.SelectMany(p => p).ToLookup(p => to[p.Advisor!].Branch);
        await Task.WhenAll(BranchesOf(next).Select(b => Branch(b).Take([.. coming[b]])));
    }

    private Compiled Before(int version) => version > 0 && All.Find(v => v.Version == version) is { } found ? Compile(found) ?? Compiled.Empty : Compiled.Empty;

    private static Compiled? Compile(DocumentVersion catalogue) =>
        CatalogueDocument.TryRead(catalogue.Text, catalogue.Json ? DocumentFormat.Json : DocumentFormat.Yaml, catalogue.Version, out var compiled, out _) ? compiled : null;

    private IBranchGrain Branch(string id) => GrainFactory.GetGrain<IBranchGrain>(id);

    private static IEnumerable<string> BranchesOf(DocumentVersion organisation) => Read(organisation)?.Branches.Select(b => b.Id) ?? [];

    private static OrganisationTree? Read(DocumentVersion organisation) =>
        OrganisationDocument.TryRead(organisation.Text, organisation.Json ? DocumentFormat.Json : DocumentFormat.Yaml, organisation.Version, out var tree, out _) ? tree : null;
}
