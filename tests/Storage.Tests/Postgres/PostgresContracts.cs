using Xunit.Abstractions;

namespace Engagement.Storage.Tests.Postgres;

public sealed class PostgresShardStoreTests : ShardStoreContract
{
    protected override IStores Make() => new PostgresStores();
}

public sealed class PostgresShardViewTests : ShardViewContract
{
    protected override IStores Make() => new PostgresStores();
}

public sealed class PostgresEffectsTests : EffectsContract
{
    protected override IStores Make() => new PostgresStores();
}

public sealed class PostgresMapTests : MapContract
{
    protected override IStores Make() => new PostgresStores();
}

public sealed class PostgresDeskStoreTests : DeskStoreContract
{
    protected override IStores Make() => new PostgresStores();
}

public sealed class PostgresBranchStoreTests : BranchStoreContract
{
    protected override IStores Make() => new PostgresStores();
}

public sealed class PostgresGrainStateTests : GrainStateContract
{
    protected override IStores Make() => new PostgresStores();
}

public sealed class PostgresWholeReadsTests : WholeReadsContract
{
    protected override IStores Make() => new PostgresStores();
}

public sealed class PostgresStoreModelTests(ITestOutputHelper output) : StoreModelContract(output)
{
    protected override IStores Make() => new PostgresStores();
}

public sealed class PostgresUnknownOutcomeTests(ITestOutputHelper output) : UnknownOutcomeContract(output)
{
    protected override IStores Make() => new PostgresStores();

    protected override IEnumerable<string> Writer(IStores stores) => ["write", "postgres", ((PostgresStores)stores).ConnectionString];
}

public sealed class PostgresErasureTests : ErasureContract
{
    protected override IStores Make() => new PostgresStores();
}
