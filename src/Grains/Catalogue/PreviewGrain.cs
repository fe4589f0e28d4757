using Engagement.Contracts.Catalogue;
using Engagement.Contracts.Storage;
using Engagement.Domain.Campaigns;
using Engagement.Domain.Clients;
using Engagement.Grains.Clients;
using Engagement.Grains.Placement;
using Engagement.Grains.Shards;

namespace Engagement.Grains.Catalogue;

/// <inheritdoc cref="IPreviewGrain"/>
/// <remarks>Clients are built from what is stored of them, a piece at a time, beside the shard and not in it: no turn waits for a preview.</remarks>
[GrainType("preview"), KeyedPlacement]
internal sealed class PreviewGrain(IShardStore store, PublishedDocuments documents, CandidateCatalogues candidates) : Grain, IPreviewGrain
{
    private const int Piece = 500;

    public async Task<PreviewCounts> Preview(string text, bool json, long nowMs, ClientFilter? visible, CancellationToken cancellation)
    {
        using var place = await candidates.Enter(cancellation);
        await using var view = await store.OpenView((int)this.GetPrimaryKeyLong());
        foreach (var control in view.Controls)
        {
            await documents.Fetch(ClientSeeds.Kind(control), ClientSeeds.Version(control));
        }

        var candidate = candidates.Compile(text, json);
        var thought = new CandidateDocuments(documents, candidate);
        var publish = CandidateDocuments.Publish(view.Head.Last + 1, Math.Max(nowMs, view.Head.NowMs));
        // What the candidate computes over the log is computed here as well: his metrics would otherwise have counted nothing.
        var history = new ShardHistory((int)this.GetPrimaryKeyLong(), store, thought);
        foreach (var control in view.Controls.Append(publish))
        {
            history.Add(control);
        }

        var now = documents.Catalogue(ClientSeeds.Newest(view.Controls, DocumentKind.Catalogue, long.MaxValue));
        return await Task.Run(() => Count(view, publish, history, new(now, candidate), thought, visible, cancellation), cancellation);
    }

    private static async Task<PreviewCounts> Count(
        IShardView view, LogRecord publish, ShardHistory history, PreviewTally tally, CandidateDocuments documents, ClientFilter? visible, CancellationToken cancellation)
    {
        while (await view.Next(Piece) is { Count: > 0 } piece)
        {
            foreach (var stored in piece)
            {
                cancellation.ThrowIfCancellationRequested();
                var seed = ClientSeeds.Of(stored.Client, stored, [], view.Controls, view.Head);
                var client = ClientLoader.Make(stored.Client, seed with { Tail = await history.Complete(seed.Tail, stored.Last) }, documents);
                var unmet = await history.Complete(view.Controls.Where(c => c.Position > client.State.Position).Append(publish), client.State.LastRecord);
                tally.Add(client, unmet, visible?.Includes(client.State.Outlet, client.State.Assignment.Desk) == true);
            }
        }

        return tally.Result();
    }
}
