using Engagement.Contracts.Storage;
using Engagement.Domain.Audit;
using Engagement.Storage.Audit;

namespace Engagement.Storage.Sqlite;

/// <inheritdoc cref="IAuditStore"/>
public sealed class SqliteAuditStore(SqliteDatabase database) : IAuditStore
{
    public Task<bool> Begin(int shards, AuditKey key) => database.Write(s =>
    {
        var heads = s.List(AuditSql.Heads, AuditSql.Head);
        if (heads.Count > 0)
        {
            return heads.TrueForAll(h => AuditChain.IsSigned(h, key));
        }

        for (var shard = 0; shard < shards; shard++)
        {
            var head = AuditChain.Begin(shard, key);
            s.Run("insert into audit_head values ($1, $2, $3, $4)", shard, head.Seq, head.Hash, head.Signature);
        }

        return true;
    });

    public Task<IReadOnlyList<AuditHead>> Heads() => database.Read<IReadOnlyList<AuditHead>>(s => s.List(AuditSql.Heads, AuditSql.Head));

    public Task Append(int shard, AuditEntry entry, AuditKey key) => database.Write(s =>
    {
        var (seq, hash) = s.First("select seq, hash from audit_head where shard = $1", r => (r.GetInt64(0), r.GetFieldValue<byte[]>(1)), shard);
        if (hash is null)
        {
            throw new InvalidOperationException($"The audit chain of shard {shard} has no head.");
        }

        var (head, rows) = AuditChain.Extend(shard, seq, hash, [entry], key);
        foreach (var row in rows)
        {
            s.Run(
                $"insert into audit ({AuditSql.Columns}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
                shard, row.Seq, entry.AtMs, entry.Who, entry.Role, entry.Node, entry.Action, entry.Refused ? 1 : 0, entry.Client, entry.Target, entry.Detail, entry.Branch,
                entry.Mandate, row.Hash);
        }

        return s.Run("update audit_head set seq = $1, hash = $2, signature = $3 where shard = $4", head.Seq, head.Hash, head.Signature, shard);
    });

    public Task<IReadOnlyList<AuditRow>> Read(AuditQuery query, int limit) => database.Read<IReadOnlyList<AuditRow>>(s =>
    {
        var (sql, values) = AuditSql.Select(query, limit);
        return s.List(sql, AuditSql.Row, values);
    });
}
