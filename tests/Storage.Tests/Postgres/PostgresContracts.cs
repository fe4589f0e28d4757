using Engagement.Contracts.Storage;
using Engagement.Domain.Audit;
using Engagement.Storage.Audit;
using Engagement.Storage.Postgres;
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

public sealed class PostgresAuditStoreTests : AuditStoreContract
{
    protected override string Unguard => "drop trigger audit_append_only on audit";

    protected override IStores Make() => new PostgresStores();

    protected override IAuditView View(IStores stores) => new PostgresAuditView(((PostgresStores)stores).ConnectionString);

    protected override Task Run(IStores stores, string sql) => ((PostgresStores)stores).RunAsync(sql);

    /// <summary>Gateways are processes of their own, each with its committer.</summary>
    [Fact]
    public async Task Append_ByFourGatewaysAtOnce_MakesOneChain()
    {
        await using var first = new PostgresStores();
        using var key = AuditKey.New();
        var others = Enumerable.Range(0, 3).Select(_ => new PostgresStores(first.ConnectionString)).ToList();
        try
        {
            PostgresStores[] all = [first, .. others];
            Assert.All(await Task.WhenAll(all.Select(s => s.Audit.Begin(2, key))), Assert.True);
            await Task.WhenAll(all.SelectMany((s, g) => Enumerable.Range(0, 50).Select(i =>
                s.Audit.Append(i % 2, new(i, $"g-{g}", "auditor", null, "client.read", false, $"c-{g}-{i}", null, null, null, null), key))));
            using var view = View(first);
            var report = AuditVerification.Run(view, 2, key, []);
            Assert.Empty(report.Faults);
            Assert.Equal([100L, 100], report.Heads.Select(h => h.Seq));
            Assert.Equal(200, view.ReadChain(0).Concat(view.ReadChain(1)).Select(r => r.Entry.Client).Distinct().Count());
        }
        finally
        {
            foreach (var other in others)
            {
                await other.DisposeAsync();
            }
        }
    }
}
