using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Engagement.Domain.Audit;

/// <summary>
/// How rows hang together: SHA-256 over the hash before and all fields of a row, each with its length, so that no two rows have
/// the same bytes. What is signed is the end of a chain. The layout is stored and never changes.
/// </summary>
public static class AuditChain
{
    /// <summary>Takes the place of a row before the first: no shard's first row fits another's.</summary>
    public static byte[] Genesis(int shard) => SHA256.HashData(Encoding.UTF8.GetBytes($"engagement.audit/1/{shard}"));

    public static byte[] Hash(ReadOnlySpan<byte> previous, int shard, long seq, AuditEntry entry)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(previous);
        Add(hash, shard);
        Add(hash, seq);
        Add(hash, entry.AtMs);
        Add(hash, entry.Refused ? 1 : 0);
        foreach (var text in (ReadOnlySpan<string?>)[entry.Who, entry.Role, entry.Node, entry.Action, entry.Client, entry.Target, entry.Detail, entry.Branch, entry.Mandate])
        {
            var bytes = text is null ? null : Encoding.UTF8.GetBytes(text);
            Add(hash, bytes?.Length ?? -1);
            hash.AppendData(bytes ?? []);
        }

        return hash.GetHashAndReset();
    }

    public static AuditHead Begin(int shard, AuditKey key) => Head(shard, 0, Genesis(shard), key);

    /// <summary>The rows of new entries, and where the chain ends with them.</summary>
    public static (AuditHead Head, List<AuditRow> Rows) Extend(int shard, long seq, byte[] hash, IEnumerable<AuditEntry> entries, AuditKey key)
    {
        List<AuditRow> rows = [];
        foreach (var entry in entries)
        {
            hash = Hash(hash, shard, ++seq, entry);
            rows.Add(new(shard, seq, entry, hash));
        }

        return (Head(shard, seq, hash, key), rows);
    }

    /// <summary>By the key, or by one before it.</summary>
    public static bool IsSigned(AuditHead head, AuditKey key) => key.Verifies(Signed(head.Shard, head.Seq, head.Hash), head.Signature);

    /// <summary>Does the chain still end with what a key before this one signed?</summary>
    public static bool IsSignedByFormer(AuditHead head, AuditKey key) => IsSigned(head, key) && !key.Signed(Signed(head.Shard, head.Seq, head.Hash), head.Signature);

    private static AuditHead Head(int shard, long seq, byte[] hash, AuditKey key) => new(shard, seq, hash, key.Sign(Signed(shard, seq, hash)));

    private static byte[] Signed(int shard, long seq, byte[] hash) => [.. Encoding.UTF8.GetBytes($"engagement.audit.head/1/{shard}/{seq}/"), .. hash];

    private static void Add(IncrementalHash hash, long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        hash.AppendData(bytes);
    }
}
