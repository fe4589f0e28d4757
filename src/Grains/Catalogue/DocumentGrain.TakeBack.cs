using Engagement.Contracts.Catalogue;
using Engagement.Contracts.Shards;

namespace Engagement.Grains.Catalogue;

/// <summary>Nothing that is in a log is taken out of it: to cancel a roll-over is to publish the version before once more, which follows behind it.</summary>
internal sealed partial class DocumentGrain
{
    private const string Empty = "{}";

    public async Task<PublishAnswer?> TakeBack(string by)
    {
        await Complete();
        if (InForce is not { } newest || await IsThrough())
        {
            return null;
        }

        var before = All.FindLast(v => v.State == DocumentState.Published && v.Version < newest.Version);
        return await Publish(before?.Text ?? Empty, before?.Json ?? true, newest.Version, by);
    }

    private async Task<bool> IsThrough()
    {
        var progress = await Task.WhenAll(Enumerable.Range(0, shards.Count).Select(s => GrainFactory.GetGrain<IShardGrain>(s).Progress()));
        return progress.All(p => p.Rolled == p.Clients);
    }
}
