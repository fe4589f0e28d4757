using Engagement.Contracts.Storage;
using Engagement.Storage.Postgres;
using Engagement.Tests.Postgres;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Orleans.Serialization;

namespace Engagement.Storage.Tests.Postgres;

internal sealed class PostgresStores : IStores
{
    private readonly bool made;
    private ServiceProvider services;

    public PostgresStores()
        : this(PostgresServer.Shared.NewDatabase()) => made = true;

    /// <param name="connectionString">A database that somebody else made; migrated if it is new.</param>
    public PostgresStores(string connectionString)
    {
        ConnectionString = connectionString;
        PostgresMigrations.Apply(connectionString).GetAwaiter().GetResult();
        services = Open();
    }

    public string ConnectionString { get; }

    public IGrainState GrainState => new PostgresGrainState(ConnectionString);

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
        services = Open();
    }

    public async Task<byte[]> RawBytes()
    {
        await RunAsync("checkpoint");
        using var all = new MemoryStream();
        var database = new NpgsqlConnectionStringBuilder(ConnectionString).Database;
        var folder = await ScalarAsync($"select oid::text from pg_database where datname = '{database}'");
        foreach (var file in Directory.GetFiles(Path.Combine(PostgresServer.Shared.Data, "base", folder)).Concat(Directory.GetFiles(Path.Combine(PostgresServer.Shared.Data, "pg_wal"))))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            await stream.CopyToAsync(all);
        }

        return all.ToArray();
    }

    public async Task RunAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(ConnectionString);
#pragma warning disable CA2100 // A test's own statement.
        await using var command = source.CreateCommand(sql);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    public async Task<string> ScalarAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(ConnectionString);
#pragma warning disable CA2100 // A test's own statement.
        await using var command = source.CreateCommand(sql);
#pragma warning restore CA2100
        return (string)(await command.ExecuteScalarAsync())!;
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        if (made)
        {
            // The server goes with the run, and the database with it.
            NpgsqlConnection.ClearAllPools();
        }
    }

    private ServiceProvider Open() => new ServiceCollection().AddSerializer().AddPostgresStorage(ConnectionString).BuildServiceProvider();
}
