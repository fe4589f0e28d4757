using System.Collections.Concurrent;
using System.IO.Hashing;
using System.Text;
using Engagement.Contracts.Shards;
using Orleans.Runtime;

namespace Engagement.Grains.Placement;

/// <summary>
/// Which silo a shard, a client, a desk or a branch belongs to: the highest of the hashes of its key with each live silo. Shards,
/// desks and branches that are awake here are known, and go where they belong when a silo has come, or this one stops; clients
/// go with their shards.
/// </summary>
internal sealed class KeyedHome(ShardMap shards, ILocalSiloDetails local, ISiloStatusOracle silos, TimeProvider time)
{
    private static readonly TimeSpan StaysFor = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<GrainId, (IGrainContext Context, long Since)> held = new();

    /// <summary>This silo stops: what it holds belongs to the others, as far as there are any.</summary>
    public bool IsLeaving { get; set; }

    /// <summary>Shards, desks and branches that are awake in this silo.</summary>
    public int Held => held.Count;

    public bool IsAlone => silos.GetApproximateSiloStatuses(onlyActive: true).Keys.All(s => s.Equals(local.SiloAddress));

    public void OnAwake(IGrainContext context) => held[context.GrainId] = (context, time.GetTimestamp());

    public void OnAsleep(IGrainContext context)
    {
        // The next activation may be awake here already.
        if (held.TryGetValue(context.GrainId, out var known) && known.Context == context)
        {
            held.TryRemove(new(context.GrainId, known));
        }
    }

    /// <summary>
    /// Sends those away that belong to another silo, after what they are doing is done. Migrated and not only deactivated: whoever remembers
    /// where they were would wake them here again.
    /// </summary>
    public void SendAway()
    {
        foreach (var (grain, (context, since)) in held)
        {
            // Not at once: silos do not learn at the same moment who has come and who goes.
            if (!IsHere(grain) && (IsLeaving || time.GetElapsedTime(since) > StaysFor))
            {
                context.Migrate(null);
            }
        }
    }

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
