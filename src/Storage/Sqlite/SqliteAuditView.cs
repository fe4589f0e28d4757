using Engagement.Contracts.Storage;
using Engagement.Domain.Audit;
using Engagement.Storage.Audit;
using Microsoft.Data.Sqlite;

namespace Engagement.Storage.Sqlite;

/// <summary>Reads the trail of an engine's file, whether an engine runs on it or not, and writes nothing into it.</summary>
public sealed class SqliteAuditView : IAuditView
{
    private readonly SqliteSession session;

    public SqliteAuditView(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        connection.Open();
        session = new(connection);
        session.Script($"pragma busy_timeout={SqliteDatabase.BusyWaitMs};");
        session.Run("begin");
    }

    public IReadOnlyList<AuditHead> ReadHeads() => session.List(AuditSql.Heads, AuditSql.Head);

    public IReadOnlyList<int> ReadShards() => session.List("select distinct shard from audit order by shard", r => r.GetInt32(0));

    public IEnumerable<AuditRow> ReadChain(int shard) => session.Stream($"select {AuditSql.Columns} from audit where shard = $1 order by seq", AuditSql.Row, shard);

    public void Dispose() => session.Dispose();
}
