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
