using Engagement.Contracts.Storage;
using Engagement.Domain.Audit;
using Engagement.Storage.Audit;
using Npgsql;

namespace Engagement.Storage.Postgres;

/// <summary>An entry on its way into its chain.</summary>
internal sealed record AuditAppend(int Shard, AuditEntry Entry, AuditKey Key);

/// <summary>
/// Entries of the audit trail. Heads are read before the transaction and are the fence in it: where another gateway has added to a chain in
/// between, nothing of this one's is written, and it chains anew.
/// </summary>
internal sealed class AuditRows
{
    private readonly List<(AuditHead Head, long Old, List<AuditRow> Rows, List<PendingWrite<AuditAppend>> Of)> chains = [];

    /// <summary>Those whose chain has no head. They know.</summary>
    public HashSet<PendingWrite> Failed { get; } = [];

    public static async Task<AuditRows> Chain(NpgsqlConnection connection, List<PendingWrite<AuditAppend>> added)
    {
        var chaining = new AuditRows();
        if (added.Count == 0)
        {
            return chaining;
        }

        using var batch = new PostgresBatch(connection);
        var stored = batch.List(
            "select shard, seq, hash from audit_head where shard = any($1)",
            r => (Shard: r.GetInt32(0), Seq: r.GetInt64(1), Hash: r.GetFieldValue<byte[]>(2)),
            added.Select(a => a.Request.Shard).Distinct().ToArray());
        await batch.Run().ConfigureAwait(false);
        var heads = stored.ToDictionary(h => h.Shard);
        foreach (var chain in added.GroupBy(a => a.Request.Shard).OrderBy(g => g.Key))
        {
            if (heads.TryGetValue(chain.Key, out var head))
            {
                var (next, rows) = AuditChain.Extend(chain.Key, head.Seq, head.Hash, chain.Select(a => a.Request.Entry), chain.First().Request.Key);
                chaining.chains.Add((next, head.Seq, rows, [.. chain]));
                continue;
            }

            foreach (var pending in chain)
            {
                pending.Fail("The entry was not recorded.", new InvalidOperationException($"The audit chain of shard {chain.Key} has no head."));
                chaining.Failed.Add(pending);
            }
        }

        return chaining;
    }

    public void Add(PostgresBatch batch)
    {
        if (chains.Count == 0)
        {
            return;
        }

        var rows = chains.SelectMany(c => c.Rows).ToArray();
        // In one order, whoever asks: two gateways never wait for each other.
        batch.Each("select 1 from audit_head where shard = any($1) order by shard for update", _ => { }, chains.Select(c => c.Head.Shard).ToArray());
        batch.Each(
            "with passed as (update audit_head h set seq = r.seq, hash = r.hash, signature = r.signature "
            + "from unnest($1::integer[], $2::bigint[], $3::bigint[], $4::bytea[], $5::bytea[]) r (shard, old, seq, hash, signature) where h.shard = r.shard and h.seq = r.old returning h.shard), "
            + $"written as (insert into audit ({AuditSql.Columns}) select r.shard, r.seq, r.at_ms, r.who, r.role, r.node, r.action, r.refused, r.client, r.target, r.detail, r.branch, r.mandate, r.hash "
            + "from unnest($6::integer[], $7::bigint[], $8::bigint[], $9::text[], $10::text[], $11::text[], $12::text[], $13::boolean[], $14::text[], $15::text[], $16::text[], $17::text[], $18::text[], $19::bytea[]) "
            + "r (shard, seq, at_ms, who, role, node, action, refused, client, target, detail, branch, mandate, hash) join passed p on p.shard = r.shard) "
            + "select shard from passed",
            Passed,
            chains.Select(c => c.Head.Shard).ToArray(), chains.Select(c => c.Old).ToArray(), chains.Select(c => c.Head.Seq).ToArray(),
            chains.Select(c => c.Head.Hash).ToArray(), chains.Select(c => c.Head.Signature).ToArray(),
            Array.ConvertAll(rows, r => r.Shard), Array.ConvertAll(rows, r => r.Seq), Array.ConvertAll(rows, r => r.Entry.AtMs), Array.ConvertAll(rows, r => r.Entry.Who),
            Array.ConvertAll(rows, r => r.Entry.Role), Array.ConvertAll(rows, r => r.Entry.Node), Array.ConvertAll(rows, r => r.Entry.Action), Array.ConvertAll(rows, r => r.Entry.Refused),
            Array.ConvertAll(rows, r => r.Entry.Client), Array.ConvertAll(rows, r => r.Entry.Target), Array.ConvertAll(rows, r => r.Entry.Detail), Array.ConvertAll(rows, r => r.Entry.Branch),
            Array.ConvertAll(rows, r => r.Entry.Mandate), Array.ConvertAll(rows, r => r.Hash));
    }

    private void Passed(NpgsqlDataReader row)
    {
        var shard = row.GetInt32(0);
        chains.Find(c => c.Head.Shard == shard).Of.ForEach(p => p.Passed = true);
    }
}
