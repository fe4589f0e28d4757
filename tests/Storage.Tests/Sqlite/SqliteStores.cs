using Engagement.Contracts.Storage;
using Engagement.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace Engagement.Storage.Tests.Sqlite;

internal sealed class SqliteStores : IStores
{
    private readonly string folder = Directory.CreateTempSubdirectory("engagement-storage-").FullName;
    private ServiceProvider services;

    public SqliteStores() => services = Open();

    public string File => Path.Combine(folder, "engine.db");

    public IShardStore Shards => services.GetRequiredService<IShardStore>();

    public IDeskStore Desks => services.GetRequiredService<IDeskStore>();

    public IBranchStore Branches => services.GetRequiredService<IBranchStore>();

    public IDeadLetters DeadLetters => services.GetRequiredService<IDeadLetters>();

    public IEngagementQueries Queries => services.GetRequiredService<IEngagementQueries>();

    public async Task Reopen()
    {
        await services.DisposeAsync();
        services = Open();
    }

    public async Task<byte[]> RawBytes()
    {
        List<byte> all = [];
        foreach (var file in Directory.GetFiles(folder))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var copy = new MemoryStream();
            await stream.CopyToAsync(copy);
            all.AddRange(copy.ToArray());
        }

        return [.. all];
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private ServiceProvider Open()
    {
        var opened = new ServiceCollection().AddSerializer().AddSqliteStorage(File).BuildServiceProvider();
        // Made at once, so that the schema is there also for whoever opens the file beside it.
        opened.GetRequiredService<SqliteDatabase>();
        return opened;
    }
}

public sealed class SqliteShardStoreTests : ShardStoreContract
{
    protected override IStores Make() => new SqliteStores();
}

public sealed class SqliteEffectsTests : EffectsContract
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

public sealed class SqliteShardModelTests : ShardModelContract
{
    protected override IStores Make() => new SqliteStores();
}
