using Orleans.Placement;
using Orleans.Runtime;
using Orleans.Runtime.Placement;

namespace Engagement.Grains.Placement;

/// <summary>Places shards, their clients, desks and branches by rendezvous hash over the live silos: evenly, a client beside his shard, and without a directory to agree on.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class KeyedPlacementAttribute() : PlacementAttribute(new KeyedPlacement());

[Serializable, GenerateSerializer, Immutable, Alias("keyed-placement")]
internal sealed class KeyedPlacement : PlacementStrategy;

internal sealed class KeyedPlacementDirector(KeyedHome home) : IPlacementDirector
{
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context) =>
        Task.FromResult(home.Of(target.GrainIdentity, context.GetCompatibleSilos(target)) ?? throw new OrleansException($"No silo can hold {target.GrainIdentity}."));
}
