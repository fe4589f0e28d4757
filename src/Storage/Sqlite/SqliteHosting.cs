using Engagement.Contracts.Faults;
using Engagement.Contracts.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Engagement.Storage.Sqlite;

/// <summary>Adds the embedded engine's storage: one SQLite file.</summary>
public static class SqliteHosting
{
    public static IServiceCollection AddSqliteStorage(this IServiceCollection services, string path)
    {
        services.AddSingleton(s => new SqliteDatabase(path, s.GetService<IFaultPoints>()));
        services.AddSingleton<IShardStore, SqliteShardStore>();
        services.AddSingleton<IDeskStore, SqliteDeskStore>();
        services.AddSingleton<IBranchStore, SqliteBranchStore>();
        services.AddSingleton<IEngagementQueries, SqliteQueries>();
        services.AddSingleton<IMapQueries, SqliteMapQueries>();
        services.AddSingleton<IDeadLetters, SqliteDeadLetters>();
        services.AddSingleton<IAuditStore, SqliteAuditStore>();
        return services;
    }
}
