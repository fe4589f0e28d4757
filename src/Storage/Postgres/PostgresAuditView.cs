using Engagement.Contracts.Storage;
using Engagement.Domain.Audit;
using Engagement.Storage.Audit;
using Npgsql;

namespace Engagement.Storage.Postgres;

/// <summary>Reads the trail of a cluster's database in one transaction, whether anybody writes meanwhile or not.</summary>
public sealed class PostgresAuditView : IAuditView
{
    private readonly NpgsqlConnection connection;

    public PostgresAuditView(string connectionString)
    {
        connection = new(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ToString());
        try
        {
            connection.Open();
            _ = Rows("begin transaction isolation level repeatable read read only", _ => 0).ToList();
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public IReadOnlyList<AuditHead> ReadHeads() => [.. Rows(AuditSql.Heads, AuditSql.Head)];

    public IReadOnlyList<int> ReadShards() => [.. Rows("select distinct shard from audit order by shard", r => r.GetInt32(0))];

    public IEnumerable<AuditRow> ReadChain(int shard) => Rows($"select {AuditSql.Columns} from audit where shard = $1 order by seq", AuditSql.Row, shard);

    public void Dispose() => connection.Dispose();

    private IEnumerable<T> Rows<T>(string sql, Func<NpgsqlDataReader, T> row, params object[] values)
    {
#pragma warning disable CA2100 // Every statement is a constant of ours.
        using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }

        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            yield return row(reader);
        }
    }
}
