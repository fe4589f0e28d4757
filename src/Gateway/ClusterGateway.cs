using Engagement.Contracts.Shards;
using Engagement.Domain.Audit;
using Engagement.Gateway.Audit;
using Engagement.Gateway.Security;
using Engagement.Storage.Postgres;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Serialization;

namespace Engagement.Gateway;

/// <summary>Composes a gateway of a cluster: it finds the silos through their database, and reads lists from it.</summary>
public static class ClusterGateway
{
    /// <summary>An answer that was on its way through a silo that died never comes; the call is made again, or refused, well within 15 s.</summary>
    private static readonly TimeSpan AnswersWithin = TimeSpan.FromSeconds(6);

    /// <exception cref="OptionsValidationException">A setting cannot be.</exception>
    /// <exception cref="ClusterDatabaseException">The database cannot be used.</exception>
    public static async Task<WebApplicationBuilder> AddClusterGateway(this WebApplicationBuilder builder)
    {
        var options = builder.Configuration.GetSection("Engagement").Get<ClusterGatewayOptions>() ?? new();
        if (new ClusterGatewayOptionsValidator().Validate(null, options) is { Failed: true } invalid)
        {
            throw new OptionsValidationException("Engagement", typeof(ClusterGatewayOptions), invalid.Failures);
        }

        if (builder.Configuration.GetConnectionString("Engagement") is not { Length: > 0 } connectionString)
        {
            throw new OptionsValidationException("Engagement", typeof(ClusterGatewayOptions), ["ConnectionStrings:Engagement is missing: where the database is (Host=...)."]);
        }

        var key = Key(builder);
        var shards = await ClusterDatabase.Prepare(connectionString, options.Migrate, builder.Configuration.GetValue<int?>("Engagement:Shards"), TimeProvider.System);
        builder.Services.AddSingleton(new ShardMap(shards));
        builder.Services.AddPostgresStorage(connectionString);
        builder.UseOrleansClient(client =>
        {
            client.Configure<ClusterOptions>(o => (o.ClusterId, o.ServiceId) = (options.Cluster, "engagement"));
            client.UseAdoNetClustering(o => (o.Invariant, o.ConnectionString) = ("Npgsql", connectionString));
            client.Services.Configure<ExceptionSerializationOptions>(o => o.SupportedNamespacePrefixes.UnionWith(["Engagement", "Npgsql"]));
            client.Configure<GatewayOptions>(o => o.GatewayListRefreshPeriod = TimeSpan.FromSeconds(3));
            client.Configure<ClientMessagingOptions>(o => o.ResponseTimeout = AnswersWithin);
            // Silos may come later than gateways.
            client.UseConnectionRetryFilter(async (_, cancellation) =>
            {
                await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, cancellation);
                return true;
            });
        });
        return builder.AddGateway(key, await KeptKey(builder, key, connectionString));
    }

    /// <summary>Under an authority and without a file of its own, the key of the audit trail is kept in the database, for all gateways.</summary>
    private static async Task<AuditKey?> KeptKey(WebApplicationBuilder builder, EmbeddedKey? key, string connectionString)
    {
        if (key is not null || builder.Configuration[$"{AuditOptions.Section}:{nameof(AuditOptions.KeyFile)}"] is not null)
        {
            return null;
        }

        using var made = AuditKey.New();
        return AuditKey.Read(await ClusterDatabase.AuditKey(connectionString, made.PrivatePem()));
    }

    /// <returns>Null: tokens are those of an authority.</returns>
    private static EmbeddedKey? Key(WebApplicationBuilder builder)
    {
        var auth = builder.Configuration.GetSection(AuthOptions.Section).Get<AuthOptions>() ?? new();
        if (builder.Environment.IsProduction() && auth.KeyFolder is not null)
        {
            throw new OptionsValidationException(AuthOptions.Section, typeof(AuthOptions), ["Engagement:Auth:KeyFolder: a key of one's own is not for Production."]);
        }

        if (auth.Authority is null && auth.KeyFolder is null)
        {
            throw new OptionsValidationException(AuthOptions.Section, typeof(AuthOptions), ["Engagement:Auth:Authority is missing: whose tokens count (or, outside Production, Engagement:Auth:KeyFolder)."]);
        }

        return auth.KeyFolder is { } folder && auth.Authority is null ? EmbeddedKey.Open(folder) : null;
    }
}
