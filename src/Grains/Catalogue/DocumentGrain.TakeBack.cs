using Engagement.Contracts.Catalogue;
using Engagement.Contracts.Shards;

namespace Engagement.Grains.Catalogue;

/// <summary>Nothing that is in a log is taken out of it: to cancel a roll-over is to publish the version before once more, which follows behind it.</summary>
internal sealed partial class DocumentGrain
{
    private const string Empty = "{}";

    public async Task<PublishAnswer?> TakeBack(int version, string by)
    {
        await Complete();
        if (InForce is not { } newest || newest.Version != version)
        {
            return new(InForce?.Version ?? 0, [], true);
        }

        if (!await IsRolling())
        {
            return null;
        }

        var before = All.FindLast(v => v.State == DocumentState.Published && v.Version < version);
        return await Publish(before?.Text ?? Empty, before?.Json ?? true, version, by);
    }

    private async Task<bool> IsRolling()
    {
        var progress = await Task.WhenAll(Enumerable.Range(0, shards.Count).Select(s => GrainFactory.GetGrain<IShardGrain>(s).Progress()));
        return progress.Any(p => Kind == DocumentKind.Catalogue ? p.RollsCatalogue : p.RollsOrganisation);
    }
}
