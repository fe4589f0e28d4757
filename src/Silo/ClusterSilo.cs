using System.Net;
using Engagement.Grains;
using Engagement.Storage.Postgres;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Serialization;
using Orleans.Storage;

namespace Engagement.Silo;

/// <summary>Composes a silo of a cluster: grains, storage and membership on one PostgreSQL database.</summary>
public static class ClusterSilo
{
    public const string Invariant = "Npgsql";

    private const int JoinSeconds = 5;

    /// <exception cref="OptionsValidationException">A setting cannot be.</exception>
    /// <exception cref="ClusterDatabaseException">The database cannot be used.</exception>
    public static async Task<WebApplicationBuilder> AddClusterSilo(this WebApplicationBuilder builder)
    {
        var options = builder.Configuration.GetSection("Engagement").Get<ClusterSiloOptions>() ?? new();
        if (new ClusterSiloOptionsValidator().Validate(null, options) is { Failed: true } invalid)
        {
            throw new OptionsValidationException("Engagement", typeof(ClusterSiloOptions), invalid.Failures);
        }

        if (builder.Environment.IsProduction() && builder.Configuration["Engagement:Clock"] == "manual")
        {
            throw new OptionsValidationException("Engagement", typeof(EngineOptions), ["Engagement:Clock: a manual clock is not for Production."]);
        }

        if (builder.Configuration.GetConnectionString("Engagement") is not { Length: > 0 } connectionString)
        {
            throw new OptionsValidationException("Engagement", typeof(ClusterSiloOptions), ["ConnectionStrings:Engagement is missing: where the database is (Host=...)."]);
        }

        var shards = await ClusterDatabase.Prepare(connectionString, options.Migrate, builder.Configuration.GetValue<int?>("Engagement:Shards"), TimeProvider.System);
        builder.Configuration.AddInMemoryCollection([new("Engagement:Shards", $"{shards}")]);
        // A silo serves nobody by HTTP but those who watch over it.
        if (builder.Configuration["Urls"] is null)
        {
            builder.WebHost.UseUrls("http://127.0.0.1:0");
        }

        builder.Services.AddPostgresStorage(connectionString);
        if (options.LogDays > 0)
        {
            builder.Services.AddHostedService(s => ActivatorUtilities.CreateInstance<LogDropping>(
                s, new LogRetention(connectionString, s.GetRequiredService<Serializer>()), TimeSpan.FromDays(options.LogDays)));
        }

        builder.UseOrleans(silo => Compose(silo, options, connectionString));
        return builder;
    }

    private static void Compose(ISiloBuilder silo, ClusterSiloOptions options, string connectionString)
    {
        silo.Configure<ClusterOptions>(o => (o.ClusterId, o.ServiceId) = (options.Cluster, "engagement"));
        if (options.Name is { } name)
        {
            silo.Configure<SiloOptions>(o => o.SiloName = name);
        }

        var (siloPort, gatewayPort) = (options.SiloPort == 0 ? LoopbackPorts.Free() : options.SiloPort, options.GatewayPort == 0 ? LoopbackPorts.Free() : options.GatewayPort);
        if (options.Address is { } address)
        {
            silo.ConfigureEndpoints(IPAddress.Parse(address), siloPort, gatewayPort, listenOnAnyHostAddress: !IPAddress.IsLoopback(IPAddress.Parse(address)));
        }
        else
        {
            silo.ConfigureEndpoints(siloPort, gatewayPort, listenOnAnyHostAddress: true);
        }

        silo.UseAdoNetClustering(o => (o.Invariant, o.ConnectionString) = (Invariant, connectionString));
        silo.Configure<ClusterMembershipOptions>(o =>
        {
            (o.ProbeTimeout, o.NumMissedProbesLimit) = (TimeSpan.FromSeconds(options.ProbeSeconds), options.ProbesMissed);
            o.NumVotesForDeathDeclaration = options.DeathVotes;
            // A look by way of a third silo finds a frozen one seconds later.
            o.EnableIndirectProbes = false;
            // Those who do not hear of a change from the others read it.
            o.TableRefreshTimeout = TimeSpan.FromSeconds(5);
            // Rows of dead silos are for whoever looks into what happened.
            (o.DefunctSiloExpiration, o.DefunctSiloCleanupPeriod) = (TimeSpan.FromDays(2), TimeSpan.FromHours(1));
        });
        // Whoever joins asks each silo that is there once whether it answers, and waits five seconds after one that does not within a probe's
        // time. Silos that have all just started answer late; so that one question has more time. The probes that find a dead silo read
        // their options by another way, and are as quick as they are set.
        silo.Services.AddSingleton(services =>
        {
            var joining = services.GetRequiredService<IOptionsFactory<ClusterMembershipOptions>>().Create(Options.DefaultName);
            joining.ProbeTimeout = TimeSpan.FromSeconds(Math.Max(options.ProbeSeconds, JoinSeconds));
            return Options.Create(joining);
        });
        // What a store throws is told to callers elsewhere as it is.
        silo.Services.Configure<ExceptionSerializationOptions>(o => o.SupportedNamespacePrefixes.UnionWith(["Engagement", "Npgsql"]));
        silo.Configure<SiloMessagingOptions>(o => o.ResponseTimeout = TimeSpan.FromSeconds(15));
        silo.AddEngine().AddClusterGrainState(connectionString);
    }

    /// <summary>Keeps grain state of low rate in the cluster's database.</summary>
    public static ISiloBuilder AddClusterGrainState(this ISiloBuilder silo, string connectionString)
    {
        foreach (var kept in (string[])[StorageNames.Engagement, StorageNames.Subscriptions])
        {
            silo.AddAdoNetGrainStorage(kept, storage => storage.Configure<Serializer>((o, serializer) =>
                (o.Invariant, o.ConnectionString, o.GrainStorageSerializer) = (Invariant, connectionString, new OrleansGrainStorageSerializer(serializer))));
        }

        return silo;
    }
}
