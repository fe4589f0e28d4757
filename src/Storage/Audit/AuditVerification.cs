using Engagement.Contracts.Storage;
using Engagement.Domain.Audit;

namespace Engagement.Storage.Audit;

/// <param name="Heads">As they are stored.</param>
public sealed record AuditReport(IReadOnlyList<AuditFault> Faults, long Rows, IReadOnlyList<AuditHead> Heads);

/// <summary>Reads every chain of a trail and holds it against its head.</summary>
public static class AuditVerification
{
    /// <summary>Faults that are looked for; one is enough to know.</summary>
    private const int FaultsMax = 10_000;

    /// <param name="known">Heads that were kept elsewhere.</param>
    public static AuditReport Run(IAuditView view, int shards, AuditKey key, IReadOnlyList<AuditHead> known)
    {
        var heads = view.ReadHeads();
        var (rows, faults) = (0L, new List<AuditFault>());
        IEnumerable<AuditRow> Counted(int shard)
        {
            foreach (var row in view.ReadChain(shard))
            {
                rows++;
                yield return row;
            }
        }

        // Chains beyond the number of shards were put in.
        foreach (var shard in Enumerable.Range(0, shards).Union(heads.Select(h => h.Shard)).Union(view.ReadShards()).Union(known.Select(h => h.Shard)).Order())
        {
            if (shard < 0 || shard >= shards)
            {
                faults.Add(new(shard, 0, "inserted", "there is no such shard"));
            }

            faults.AddRange(AuditCheck.Check(shard, heads.FirstOrDefault(h => h.Shard == shard), Counted(shard), key, known.FirstOrDefault(h => h.Shard == shard)).Take(FaultsMax - faults.Count));
        }

        return new(faults, rows, heads);
    }
}
