using System.IO.Hashing;
using System.Text;
using Engagement.Contracts.Shards;
using Orleans.Runtime;

namespace Engagement.Grains.Placement;

/// <summary>Which silo a shard, a client, a desk or a branch belongs to: the highest of the hashes of its key with each live silo.</summary>
internal sealed class KeyedHome(ShardMap shards, ILocalSiloDetails local, ISiloStatusOracle silos)
{
    private int held;

    /// <summary>This silo stops: what it holds belongs to the others, as far as there are any.</summary>
    public bool IsLeaving { get; set; }

    /// <summary>Shards that are awake in this silo.</summary>
    public int Held => Volatile.Read(ref held);

    public bool IsAlone => silos.GetApproximateSiloStatuses(onlyActive: true).Keys.All(s => s.Equals(local.SiloAddress));

    public void OnAwake() => Interlocked.Increment(ref held);

    public void OnAsleep() => Interlocked.Decrement(ref held);

    /// <returns>Null: there is no silo.</returns>
    public SiloAddress? Of(GrainId grain, IEnumerable<SiloAddress> among)
    {
        if (IsLeaving && !IsAlone)
        {
            among = among.Where(s => !s.Equals(local.SiloAddress));
        }

        var type = grain.Type.ToString();
        var key = type switch
        {
            "client" => "shard/" + shards.ShardOf(grain.Key.ToString()!),
            "shard" or "event-stream" => "shard/" + grain.GetIntegerKey(),
            _ => $"{type}/{grain.Key}",
        };
        SiloAddress? best = null;
        var highest = 0UL;
        foreach (var silo in among)
        {
            var weight = XxHash3.HashToUInt64(Encoding.UTF8.GetBytes($"{key}@{silo.ToParsableString()}"));
            if (best is null || weight > highest)
            {
                (best, highest) = (silo, weight);
            }
        }

        return best;
    }

    /// <summary>Does it belong to this silo, as far as this one knows?</summary>
    public bool IsHere(GrainId grain) => Of(grain, silos.GetApproximateSiloStatuses(onlyActive: true).Keys) is not { } home || home.Equals(local.SiloAddress);
}
