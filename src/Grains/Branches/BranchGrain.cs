using Engagement.Contracts.Branches;
using Engagement.Contracts.Catalogue;
using Engagement.Contracts.Faults;
using Engagement.Contracts.Shards;
using Engagement.Contracts.Storage;
using Engagement.Domain.Clients;
using Engagement.Domain.Organisation;
using Engagement.Grains.Catalogue;
using Engagement.Grains.Placement;
using Engagement.Grains.Shards;

namespace Engagement.Grains.Branches;

/// <summary>The one authority over a branch's places. One call at a time, so that capacity holds whatever happens at once.</summary>
[GrainType("branch"), KeyedPlacement]
internal sealed class BranchGrain(IBranchStore store, PublishedDocuments documents, ShardMap shards, IFaultPoints faults, KeyedHome home, TimeProvider time) : Grain, IBranchGrain
{
    private const int MeetFirstMax = 500;

    private static readonly TimeSpan PublishedWithin = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(5);

    private StoredBranch stored = null!;
    private BranchPlaces places = null!;

    private string Branch => this.GetPrimaryKeyString();

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        stored = await store.Read(Branch);
        places = new(Branch, stored.Places);
        home.OnAwake(GrainContext);
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        home.OnAsleep(GrainContext);
        return Task.CompletedTask;
    }

    public async Task<IReadOnlyList<PlaceElsewhere>> Deliver(
        int shard, IReadOnlyList<Sequenced<PlaceMessage>> messages, IReadOnlyList<PlaceElsewhere> released)
    {
        var tree = await Organisation(messages.Max(m => m.Message.Organisation));
        var source = "shard:" + shard;
        var cursor = stored.Cursors.GetValueOrDefault(source);
        List<Sequenced<PlaceMessage>> news = [.. messages.Where(m => m.Seq > cursor)];
        List<PlaceElsewhere> elsewhere = [.. places.Elsewhere(news.Select(m => m.Message), tree).Except(released)];
        if (elsewhere.Count > 0)
        {
            return elsewhere;
        }

        RefuseWhile(places.AnyHandedOver(news.Select(m => m.Message)));
        try
        {
            foreach (var (seq, message) in news)
            {
                places.On(message, tree);
                cursor = seq;
            }
        }
        catch
        {
            // What was taken of the messages before is not committed, and they come again: nobody may go on from it.
            DeactivateOnIdle();
            throw;
        }

        await Commit(source, cursor);
        await Answer(tree);
        return [];
    }

    public async Task<IReadOnlyList<Place>> Leaving()
    {
        await Organisation(0);
        return places.Leaving();
    }

    public async Task Take(IReadOnlyList<Place> coming)
    {
        places.Take(coming, await Organisation(0));
        await Commit(null, 0);
    }

    public async Task Release(IReadOnlyList<PlaceElsewhere> released)
    {
        var tree = await Organisation(0);
        if (places.AnyElsewhere(released, tree))
        {
            throw new InvalidOperationException($"Places of branch {Branch} have gone on to another branch meanwhile.");
        }

        RefuseWhile(places.AnyHandedOver(released));
        foreach (var place in released)
        {
            places.Release(place, tree);
        }

        await Commit(null, 0);
        await Answer(tree);
    }

    public async Task Refresh(int organisationVersion)
    {
        var tree = await Organisation(organisationVersion);
        places.Fill(tree);
        await Commit(null, 0);
        await Answer(tree);
        // Nobody whose advisor has left waits until the roll-over has come to him. With more, the roll-over is as quick.
        // Nothing waits for them: they only meet sooner what the roll-over brings.
        foreach (var group in places.WithoutAdvisor(tree).Take(MeetFirstMax).GroupBy(shards.ShardOf))
        {
            GrainFactory.GetGrain<IShardGrain>(group.Key).AppendControl(
                [.. group.Select(c => new ControlRecord(RecordKind.Met, c, $"met:{organisationVersion}", ControlData.Version(organisationVersion)))]).Ignore();
        }
    }

    /// <summary>The branch that gets them has been told of them, and could not be told now that they are free.</summary>
    private void RefuseWhile(bool handedOver)
    {
        if (handedOver)
        {
            throw new InvalidOperationException($"Places of branch {Branch} go to another branch with an organisation that is being published.");
        }
    }

    /// <summary>
    /// The newest organisation, once it is at least <paramref name="asked"/>: a shard can be ahead of the publish that it is part of.
    /// Nobody gets a place any more with those whom one that is on its way takes to another branch, and that is not remembered but asked
    /// each time: an activation may be newer than the publish.
    /// </summary>
    private async Task<OrganisationTree> Organisation(int asked)
    {
        var document = GrainFactory.GetGrain<IDocumentGrain>(DocumentKeys.Of(DocumentKind.Organisation));
        var began = time.GetTimestamp();
        PublishStage stage;
        while ((stage = await document.Stage()).Newest < asked)
        {
            if (time.GetElapsedTime(began) > PublishedWithin)
            {
                throw new InvalidOperationException($"Branch {Branch} waits for organisation {asked}, which is not published yet.");
            }

            await Task.Delay(PollEvery, time);
        }

        await documents.Fetch(DocumentKind.Organisation, stage.Newest);
        var tree = documents.Organisation(stage.Newest);
        if (stage.Pending > 0)
        {
            await documents.Fetch(DocumentKind.Organisation, stage.Pending);
        }

        places.HandOver(tree, stage.Pending > 0 ? documents.Organisation(stage.Pending) : tree);
        return tree;
    }

    private async Task Commit(string? source, long cursor)
    {
        var (changed, removed) = places.TakeChanges();
        var moved = source is not null && cursor > stored.Cursors.GetValueOrDefault(source);
        if (changed.Count == 0 && removed.Count == 0 && !moved)
        {
            return;
        }

        faults.Reach(FaultPoint.BranchChanged);
        try
        {
            if (!await store.Commit(new(Branch, stored.Version, changed, removed, moved ? [(source!, cursor)] : [])))
            {
                throw new InvalidOperationException($"Branch {Branch} is held by another activation.");
            }
        }
        catch
        {
            // Memory is ahead of the store: it is read again.
            DeactivateOnIdle();
            throw;
        }

        faults.Reach(FaultPoint.BranchCommitted);
        var cursors = new Dictionary<string, long>(stored.Cursors);
        if (moved)
        {
            cursors[source!] = cursor;
        }

        stored = stored with { Version = stored.Version + 1, Cursors = cursors };
    }

    /// <summary>Puts answers into the clients' logs. One that was sent and not confirmed is sent again; the client takes it once.</summary>
    private async Task Answer(OrganisationTree tree)
    {
        List<Place> open = [.. places.Unconfirmed(tree), .. places.Untold(tree)];
        if (open.Count == 0)
        {
            return;
        }

        await Task.WhenAll(open.GroupBy(p => shards.ShardOf(p.Client)).Select(async group =>
        {
            var answer = await GrainFactory.GetGrain<IShardGrain>(group.Key).AppendControl([.. group.Select(Record)]);
            if (answer.Outcome != AppendOutcome.Durable)
            {
                throw new InvalidOperationException($"Answers of branch {Branch} are not in shard {group.Key}'s log: {answer.Outcome}.");
            }

            faults.Reach(FaultPoint.BranchGranted);
            foreach (var place in group)
            {
                places.Confirm(place);
            }
        }));
        await Commit(null, 0);
    }

    private ControlRecord Record(Place place) => place.Advisor is { } advisor
        ? new(RecordKind.Granted, place.Client, $"grant:{place.Asked}", ControlData.Granted(Branch, advisor, place.Asked))
        : new(RecordKind.Full, place.Client, $"full:{place.Asked}", ControlData.Full(Branch, place.Asked));
}
