using Engagement.Contracts.Faults;
using Engagement.Contracts.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Engagement.Storage.Postgres;

/// <summary>Adds the cluster's storage: one PostgreSQL database.</summary>
public static class PostgresHosting
{
    public static IServiceCollection AddPostgresStorage(this IServiceCollection services, string connectionString)
    {
        services.AddSingleton(s => new PostgresDatabase(connectionString, s.GetService<IFaultPoints>()));
        services.AddSingleton<IShardStore, PostgresShardStore>();
        services.AddSingleton<IDeskStore, PostgresDeskStore>();
        services.AddSingleton<IBranchStore, PostgresBranchStore>();
        services.AddSingleton<IEngagementQueries, PostgresQueries>();
        services.AddSingleton<IMapQueries, PostgresMapQueries>();
        services.AddSingleton<IDeadLetters, PostgresDeadLetters>();
        services.AddSingleton<IAuditStore, PostgresAuditStore>();
        return services;
    }
}
