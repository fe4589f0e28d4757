using Engagement.Contracts.Storage;
using Engagement.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Xunit.Abstractions;

namespace Engagement.Storage.Tests.Sqlite;

public sealed class SqliteShardStoreTests : ShardStoreContract
{
    protected override IStores Make() => new SqliteStores();
}

public sealed class SqliteShardViewTests : ShardViewContract
{
    protected override IStores Make() => new SqliteStores();
}

public sealed class SqliteEffectsTests : EffectsContract
{
    protected override IStores Make() => new SqliteStores();
}

public sealed class SqliteMapTests : MapContract
{
    protected override IStores Make() => new SqliteStores();
}

public sealed class SqliteDeskStoreTests : DeskStoreContract
{
    protected override IStores Make() => new SqliteStores();
}

public sealed class SqliteBranchStoreTests : BranchStoreContract
{
    protected override IStores Make() => new SqliteStores();
}

public sealed class SqliteGrainStateTests : GrainStateContract
{
    protected override IStores Make() => new SqliteStores();
}

public sealed class SqliteWholeReadsTests : WholeReadsContract
{
    protected override IStores Make() => new SqliteStores();
}

public sealed class SqliteStoreModelTests(ITestOutputHelper output) : StoreModelContract(output)
{
    protected override IStores Make() => new SqliteStores();
}

public sealed class SqliteUnknownOutcomeTests(ITestOutputHelper output) : UnknownOutcomeContract(output)
{
    protected override IStores Make() => new SqliteStores();

    protected override IEnumerable<string> Writer(IStores stores) => ["write", "sqlite", ((SqliteStores)stores).Folder];
}

public sealed class SqliteAuditStoreTests : AuditStoreContract
{
    protected override string Unguard => "drop trigger audit_no_update; drop trigger audit_no_delete";

    protected override IStores Make() => new SqliteStores();

    protected override IAuditView View(IStores stores) => new SqliteAuditView(Path.Combine(((SqliteStores)stores).Folder, "engine.db"));

    protected override Task Run(IStores stores, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(((SqliteStores)stores).Folder, "engine.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // A test's own statement.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
        return Task.CompletedTask;
    }
}
