namespace Engagement.Domain.Audit;

/// <summary>Something is not as it was written.</summary>
/// <param name="Seq">The row where it shows; 0: the head.</param>
public sealed record AuditFault(int Shard, long Seq, string Kind, string Detail)
{
    public override string ToString() => $"shard {Shard}{(Seq > 0 ? $", row {Seq}" : "")}: {Kind}: {Detail}";
}

/// <summary>Holds a chain against its signed head, and against a head of it that was kept elsewhere.</summary>
public static class AuditCheck
{
    /// <param name="head">Null: it is gone.</param>
    /// <param name="rows">All rows of the chain, by number.</param>
    /// <param name="known">The head as it was before; null: nobody kept it.</param>
    public static IEnumerable<AuditFault> Check(int shard, AuditHead? head, IEnumerable<AuditRow> rows, AuditKey key, AuditHead? known = null)
    {
        AuditFault Fault(long seq, string kind, string detail) => new(shard, seq, kind, detail);

        if (head is null)
        {
            yield return Fault(0, "head missing", "the chain has no signed end");
        }
        else if (!AuditChain.IsSigned(head, key))
        {
            yield return Fault(0, "head forged", "the signature is not of this key over this end");
        }

        if (known is not null && (head?.Seq ?? 0) < known.Seq)
        {
            yield return Fault(0, "rolled back", $"the chain had {known.Seq} rows before");
        }

        var (hash, seq) = (AuditChain.Genesis(shard), 0L);
        foreach (var row in rows)
        {
            if (row.Seq <= seq)
            {
                yield return Fault(row.Seq, "inserted", "its number is another row's, or none that was given");
                continue;
            }

            if (row.Seq > seq + 1)
            {
                yield return Fault(seq + 1, "missing", row.Seq == seq + 2 ? "the row is gone" : $"rows up to {row.Seq - 1} are gone");
            }
            else if (!AuditChain.Hash(hash, shard, row.Seq, row.Entry).AsSpan().SequenceEqual(row.Hash))
            {
                yield return Fault(row.Seq, "changed", "the row, or the one before it, is not what was written");
            }

            if (head is not null && row.Seq > head.Seq)
            {
                yield return Fault(row.Seq, "inserted", "it stands beyond the signed end");
            }

            if (known?.Seq == row.Seq && !known.Hash.AsSpan().SequenceEqual(row.Hash))
            {
                yield return Fault(row.Seq, "rewritten", "the chain up to here is not the one that was seen before");
            }

            (hash, seq) = (row.Hash, row.Seq);
        }

        if (head is not null && seq < head.Seq)
        {
            yield return Fault(seq + 1, "missing", $"the chain ends here, and was signed with {head.Seq} rows");
        }
        else if (head is not null && seq == head.Seq && !hash.AsSpan().SequenceEqual(head.Hash))
        {
            yield return Fault(seq, "rewritten", "the rows hang together, and do not lead to the signed end");
        }
    }
}
