using Engagement.Contracts.Catalogue;
using Engagement.Contracts.Clock;
using Engagement.Domain.Campaigns;
using Engagement.Domain.Documents;
using Compiled = Engagement.Domain.Campaigns.Catalogue;

namespace Engagement.Grains.Catalogue;

/// <summary>
/// A second person is needed where the catalogue in force asks for one, or the one that is published: so to turn four eyes on and
/// off, too. A version that waits is stored and in no log; it takes effect like any other when it is approved.
/// </summary>
internal sealed partial class DocumentGrain
{
    private (int Version, bool Asked) policy;

    public async Task<PublishAnswer> Approve(int version, int? ifMatch, string by)
    {
        await Complete();
        var newest = InForce?.Version ?? 0;
        if (Refuse(version) is { } refusal)
        {
            return refusal;
        }

        var waiting = All.Find(v => v.Version == version)!;
        if (waiting.By == by)
        {
            return new(version, [], false, Refusal: ApprovalRefusal.SamePerson);
        }

        if (ifMatch is { } match && match != newest)
        {
            return new(newest, [], true);
        }

        var now = (await GrainFactory.GetGrain<IClockGrain>(0).Read()).NowMs;
        Settle(DocumentState.Published, by, now);
        (versions.State.Waiting, versions.State.Pending) = (0, version);
        await Store();
        return await TakeEffect(version, newest, Kind == DocumentKind.Catalogue ? Before(version) : null);
    }

    public async Task<PublishAnswer> Reject(int version, string by)
    {
        await Complete();
        if (Refuse(version) is { } refusal)
        {
            return refusal;
        }

        Settle(DocumentState.Rejected, by);
        versions.State.Waiting = 0;
        await Store();
        return new(version, [], false);
    }

    public Task<bool> FourEyes()
    {
        var newest = InForce;
        if (newest is not null && newest.Version != policy.Version)
        {
            // One that this version of the engine cannot read may have asked for it.
            policy = (newest.Version, Compile(newest) is not { } catalogue || catalogue.Policy.FourEyes);
        }

        return Task.FromResult(newest is not null && policy.Asked);
    }

    private Task<bool> NeedsASecond() =>
        Kind == DocumentKind.Catalogue ? FourEyes() : GrainFactory.GetGrain<IDocumentGrain>(DocumentKeys.Of(DocumentKind.Catalogue)).FourEyes();

    private PublishAnswer? Refuse(int version) =>
        All.All(v => v.Version != version) ? new(version, [], false, Refusal: ApprovalRefusal.Unknown)
        : version != versions.State.Waiting ? new(version, [], false, Refusal: ApprovalRefusal.NotWaiting)
        : null;

    /// <summary>Says what became of the version that waits, if one does.</summary>
    private void Settle(DocumentState state, string? by, long? nowMs = null)
    {
        var place = All.FindIndex(v => v.Version == versions.State.Waiting);
        if (place >= 0)
        {
            All[place] = All[place] with { State = state, SecondBy = by, PublishedMs = nowMs ?? All[place].PublishedMs };
        }
    }
}
