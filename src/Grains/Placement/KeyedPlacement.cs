using System.IO.Hashing;
using System.Text;
using Engagement.Contracts.Shards;
using Orleans.Placement;
using Orleans.Runtime;
using Orleans.Runtime.Placement;

namespace Engagement.Grains.Placement;

/// <summary>Places shards, their clients, desks and branches by rendezvous hash over the live silos: evenly, a client beside his shard, and without a directory to agree on.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class KeyedPlacementAttribute() : PlacementAttribute(new KeyedPlacement());

[Serializable, GenerateSerializer, Immutable, Alias("keyed-placement")]
internal sealed class KeyedPlacement : PlacementStrategy;

internal sealed class KeyedPlacementDirector(ShardMap shards) : IPlacementDirector
{
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        var type = target.GrainIdentity.Type.ToString();
        var key = type switch
        {
            "client" => "shard/" + shards.ShardOf(target.GrainIdentity.Key.ToString()!),
            "shard" => "shard/" + target.GrainIdentity.GetIntegerKey(),
            _ => $"{type}/{target.GrainIdentity.Key}",
        };
        SiloAddress? best = null;
        var highest = 0UL;
        foreach (var silo in context.GetCompatibleSilos(target))
        {
            var weight = XxHash3.HashToUInt64(Encoding.UTF8.GetBytes($"{key}@{silo.ToParsableString()}"));
            if (best is null || weight > highest)
            {
                (best, highest) = (silo, weight);
            }
        }

        return Task.FromResult(best ?? throw new OrleansException($"No silo can hold {target.GrainIdentity}."));
    }
}
