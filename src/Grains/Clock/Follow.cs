using Engagement.Contracts.Shards;

namespace Engagement.Grains.Clock;

/// <summary>
/// Follows what was accepted up to now while more comes in. A hop is over when each shard has applied what it had been sent at the
/// hop's beginning, what it made of that has arrived at the desks and branches, which answer when what they make of it is in a shard's
/// queue, and the desks have handed on what they owed to each other. What one event sets off (a place asked for, granted, another's
/// given back and granted again, and the prompts) is over after far fewer hops than are waited for.
/// </summary>
internal sealed class Follow
{
    private const int HopsMax = 16;

    private ShardFlow[]? hop;
    private long[]? sent;
    private HashSet<string>? owing;
    private int hops;

    /// <param name="now">Of each shard.</param>
    /// <param name="owingNow">Desks that have not handed on all that they owe to other desks and to shards; asked after the shards.</param>
    /// <returns>True where all of it is over.</returns>
    public bool IsOver(IReadOnlyList<ShardProgress> now, IReadOnlyCollection<string> owingNow)
    {
        hop ??= [.. now.Select(s => s.Flow)];
        for (var shard = 0; shard < hop.Length; shard++)
        {
            if (now[shard].Flow.Epoch != hop[shard].Epoch)
            {
                // It was loaded anew: what had been accepted is applied, and what is queued there is new.
                hop[shard] = now[shard].Flow;
            }
        }

        if (sent is null && All(now, s => s.Done, hop.Select(s => s.Asked)))
        {
            sent = [.. now.Select(s => s.Flow.Sent)];
        }

        if (owing is not null)
        {
            owing.IntersectWith(owingNow);
        }
        else if (sent is not null && All(now, s => s.FirstLeft - 1, sent))
        {
            owing = [.. owingNow];
        }

        if (owing is { Count: 0 })
        {
            // The next one begins with the next look: what a desk has just handed on may have come after this one.
            (hop, sent, owing) = (null, null, null);
            hops++;
        }

        return hops >= HopsMax && now.All(s => !s.RollsCatalogue && !s.RollsOrganisation);
    }

    private static bool All(IReadOnlyList<ShardProgress> now, Func<ShardFlow, long> come, IEnumerable<long> to) =>
        now.Select(s => come(s.Flow)).Zip(to).All(s => s.First >= s.Second);
}
