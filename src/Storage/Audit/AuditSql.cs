using System.Data.Common;
using Engagement.Contracts.Storage;
using Engagement.Domain.Audit;

namespace Engagement.Storage.Audit;

/// <summary>What both databases say alike.</summary>
internal static class AuditSql
{
    public const string Columns = "shard, seq, at_ms, who, role, node, action, refused, client, target, detail, branch, mandate, hash";

    public const string Heads = "select shard, seq, hash, signature from audit_head order by shard";

    /// <summary>Only what is asked for becomes a condition, so that each question finds its index.</summary>
    public static (string Sql, object[] Values) Select(AuditQuery query, int limit)
    {
        List<string> conditions = [];
        List<object> values = [];
        void Where(string condition, params ReadOnlySpan<object> with)
        {
            foreach (var value in with)
            {
                values.Add(value);
                var at = condition.IndexOf('?', StringComparison.Ordinal);
                condition = $"{condition[..at]}${values.Count}{condition[(at + 1)..]}";
            }

            conditions.Add(condition);
        }

        if (query.Client is { } client)
        {
            Where("client = ?", client);
        }

        if (query.Who is { } who)
        {
            Where("who = ?", who);
        }

        if (query.FromMs is { } from)
        {
            Where("at_ms >= ?", from);
        }

        if (query.ToMs is { } to)
        {
            Where("at_ms < ?", to);
        }

        if (query.After is { } after)
        {
            Where($"(at_ms, shard, seq) {(query.OldestFirst ? '>' : '<')} (?, ?, ?)", after.AtMs, after.Shard, after.Seq);
        }

        values.Add(limit);
        var order = query.OldestFirst ? "asc" : "desc";
        return (
            $"select {Columns} from audit{(conditions.Count > 0 ? " where " + string.Join(" and ", conditions) : "")} order by at_ms {order}, shard {order}, seq {order} limit ${values.Count}",
            [.. values]);
    }

    public static AuditRow Row(DbDataReader r) => new(
        r.GetInt32(0),
        r.GetInt64(1),
        new(r.GetInt64(2), r.GetString(3), r.GetString(4), Text(r, 5), r.GetString(6), r.GetBoolean(7), Text(r, 8), Text(r, 9), Text(r, 10), Text(r, 11), Text(r, 12)),
        r.GetFieldValue<byte[]>(13));

    public static AuditHead Head(DbDataReader r) => new(r.GetInt32(0), r.GetInt64(1), r.GetFieldValue<byte[]>(2), r.GetFieldValue<byte[]>(3));

    private static string? Text(DbDataReader r, int column) => r.IsDBNull(column) ? null : r.GetString(column);
}
