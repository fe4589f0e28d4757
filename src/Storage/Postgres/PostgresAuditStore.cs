using Engagement.Contracts.Storage;
using Engagement.Domain.Audit;
using Engagement.Storage.Audit;

namespace Engagement.Storage.Postgres;

/// <inheritdoc cref="IAuditStore"/>
public sealed class PostgresAuditStore(PostgresDatabase database) : IAuditStore
{
    /// <summary>Of those who meet at one chain one gets on each time.</summary>
    private const int TriesMax = 200;

    public async Task<bool> Begin(int shards, AuditKey key)
    {
        if (await Heads() is not { Count: > 0 } heads)
        {
            await database.BeginAudit([.. Enumerable.Range(0, shards).Select(s => AuditChain.Begin(s, key))]);
            // Another gateway may have been first.
            heads = await Heads();
        }

        return heads.All(h => AuditChain.IsSigned(h, key));
    }

    public Task<IReadOnlyList<AuditHead>> Heads() => database.Read<IReadOnlyList<AuditHead>>(b =>
    {
        var heads = b.List(AuditSql.Heads, AuditSql.Head);
        return () => heads;
    });

    public async Task Append(int shard, AuditEntry entry, AuditKey key)
    {
        for (var tries = 0; tries < TriesMax; tries++)
        {
            if (await database.Write(null, 1, new AuditAppend(shard, entry, key)))
            {
                return;
            }
        }

        throw new StoreUnavailableException($"The audit chain of shard {shard} was never free.");
    }

    public Task<IReadOnlyList<AuditRow>> Read(AuditQuery query, int limit) => database.Read<IReadOnlyList<AuditRow>>(b =>
    {
        var (sql, values) = AuditSql.Select(query, limit);
        var rows = b.List(sql, AuditSql.Row, values);
        return () => rows;
    });
}
