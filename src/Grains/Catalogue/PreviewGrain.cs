using Engagement.Contracts.Catalogue;
using Engagement.Contracts.Storage;
using Engagement.Domain.Campaigns;
using Engagement.Domain.Clients;
using Engagement.Domain.Organisation;
using Engagement.Grains.Clients;
using Engagement.Grains.Placement;
using Engagement.Grains.Shards;

namespace Engagement.Grains.Catalogue;

/// <inheritdoc cref="IPreviewGrain"/>
/// <remarks>Clients are built from what is stored of them, a piece at a time, beside the shard and not in it: no turn waits for a preview.</remarks>
[GrainType("preview"), KeyedPlacement]
internal sealed class PreviewGrain(IShardStore store, PublishedDocuments documents, Candidates candidates) : Grain, IPreviewGrain
{
    private const int Piece = 500;
    private const int YieldEvery = 50;

    public Task<PreviewCounts> Preview(string text, bool json, long nowMs, ClientFilter? visible, CancellationToken cancellation) => Over(
        controls =>
        {
            var candidate = candidates.Catalogue(text, json);
            var tally = new PreviewTally(documents.Catalogue(ClientSeeds.Newest(controls, DocumentKind.Catalogue, long.MaxValue)), candidate);
            return new Thought<PreviewCounts>(
                new(documents, candidate),
                (client, unmet) => tally.Add(client, unmet, visible?.Includes(client.State.Outlet, client.State.Assignment.Desk, client.State.Assignment.HqFor) == true),
                tally.Result);
        },
        nowMs,
        cancellation);

    public Task<OrganisationPreview> PreviewOrganisation(string text, bool json, long nowMs, CancellationToken cancellation) => Over(
        controls =>
        {
            var candidate = candidates.Organisation(text, json);
            var tally = new OrganisationTally(documents.Organisation(ClientSeeds.Newest(controls, DocumentKind.Organisation, long.MaxValue)), candidate);
            return new Thought<OrganisationPreview>(new(documents, candidate), tally.Add, tally.Result);
        },
        nowMs,
        cancellation);

    private async Task<T> Over<T>(Func<IReadOnlyList<LogRecord>, Thought<T>> begin, long nowMs, CancellationToken cancellation)
    {
        using var place = await candidates.Enter(cancellation);
        await using var view = await store.OpenView((int)this.GetPrimaryKeyLong());
        foreach (var control in view.Controls)
        {
            await documents.Fetch(ClientSeeds.Kind(control), ClientSeeds.Version(control));
        }

        var thought = begin(view.Controls);
        var publish = thought.Documents.Publish(view.Head.Last + 1, Math.Max(nowMs, view.Head.NowMs));
        // What a candidate computes over the log is computed here as well: its metrics would otherwise have counted nothing.
        var history = new ShardHistory((int)this.GetPrimaryKeyLong(), store, thought.Documents);
        foreach (var control in view.Controls.Append(publish))
        {
            history.Add(control);
        }

        return await Task.Run(() => Count(view, publish, history, thought, cancellation), cancellation);
    }

    private static async Task<T> Count<T>(IShardView view, LogRecord publish, ShardHistory history, Thought<T> thought, CancellationToken cancellation)
    {
        var counted = 0;
        while (await view.Next(Piece) is { Count: > 0 } piece)
        {
            foreach (var stored in piece)
            {
                cancellation.ThrowIfCancellationRequested();
                var seed = ClientSeeds.Of(stored.Client, stored, [], view.Controls, view.Head);
                var client = ClientLoader.Make(stored.Client, seed with { Tail = await history.Complete(seed.Tail, stored.Last) }, thought.Documents);
                thought.Add(client, await history.Complete(view.Controls.Where(c => c.Position > client.State.Position).Append(publish), client.State.LastRecord));
                if (++counted % YieldEvery == 0)
                {
                    // About a millisecond: whatever else waits for a thread comes first.
                    await Task.Yield();
                }
            }
        }

        return thought.Result();
    }

    /// <summary>A document that is thought of, and what is counted of it.</summary>
    private sealed record Thought<T>(CandidateDocuments Documents, Action<ClientEngine, IReadOnlyList<LogRecord>> Add, Func<T> Result);
}
