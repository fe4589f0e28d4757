using Engagement.Contracts.Storage;
using Engagement.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace Engagement.Storage.Tests.Sqlite;

internal sealed class SqliteStores : IStores
{
    private ServiceProvider services;

    public SqliteStores()
        : this(Directory.CreateTempSubdirectory("engagement-storage-").FullName)
    {
    }

    /// <param name="folder">Goes with this, also where somebody else made it.</param>
    public SqliteStores(string folder) => (Folder, services) = (folder, Open(folder));

    public string Folder { get; }

    public string File => Path.Combine(Folder, "engine.db");

    public IGrainState GrainState => new SqliteGrainState(File);

    public IShardStore Shards => services.GetRequiredService<IShardStore>();

    public IDeskStore Desks => services.GetRequiredService<IDeskStore>();

    public IBranchStore Branches => services.GetRequiredService<IBranchStore>();

    public IDeadLetters DeadLetters => services.GetRequiredService<IDeadLetters>();

    public IAuditStore Audit => services.GetRequiredService<IAuditStore>();

    public IMapQueries Map => services.GetRequiredService<IMapQueries>();

    public IEngagementQueries Queries => services.GetRequiredService<IEngagementQueries>();

    public async Task Reopen()
    {
        await services.DisposeAsync();
        services = Open(Folder);
    }

    public async Task<byte[]> RawBytes()
    {
        List<byte> all = [];
        foreach (var file in Directory.GetFiles(Folder))
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
        Directory.Delete(Folder, recursive: true);
    }

    private static ServiceProvider Open(string folder)
    {
        var opened = new ServiceCollection().AddSerializer().AddSqliteStorage(Path.Combine(folder, "engine.db")).BuildServiceProvider();
        // Made at once, so that the schema is there also for whoever opens the file beside it.
        opened.GetRequiredService<SqliteDatabase>();
        return opened;
    }
}
