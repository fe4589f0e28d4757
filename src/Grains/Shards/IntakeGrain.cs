using Engagement.Contracts;
using Engagement.Contracts.Shards;
using Orleans.Concurrency;

namespace Engagement.Grains.Shards;

/// <summary>Hands a request's events to their shards. Holds nothing, so there are as many of it as are needed.</summary>
[GrainType("intake"), StatelessWorker, Reentrant]
internal sealed class IntakeGrain(ShardMap map, TimeProvider time) : Grain, IIntakeGrain
{
    private readonly IShardGrain?[] shards = new IShardGrain?[map.Count];

    public Task<AppendAnswer[]> Append(ShardAppend[] parts) => Task.WhenAll(parts.Select(p =>
    {
        // Made once: to make one looks through attributes.
        var shard = shards[p.Shard] ??= GrainFactory.GetGrain<IShardGrain>(p.Shard);
        return Moving.Wait(() => shard.Append(p.Events), time, a => a.Outcome == AppendOutcome.Moving);
    }));
}
