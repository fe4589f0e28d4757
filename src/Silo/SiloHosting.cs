using Engagement.Grains;
using Orleans.Configuration;
using Orleans.Serialization;
using Orleans.Storage;

namespace Engagement.Silo;

/// <summary>Composes a silo.</summary>
public static class SiloHosting
{
    private static readonly TimeSpan AnswersWithin = TimeSpan.FromSeconds(60);

    /// <summary>The embedded silo: alone on localhost, grain state in the engine's own SQLite file.</summary>
    public static IHostApplicationBuilder AddEmbeddedSilo(this IHostApplicationBuilder builder, string databasePath)
    {
        builder.UseOrleans(silo =>
        {
            silo.Configure<ClusterOptions>(o => (o.ClusterId, o.ServiceId) = ("embedded", "engagement"));
            // Nothing outside this process connects: the ports are whatever is free on the loopback address.
            silo.UseLocalhostClustering(LoopbackPorts.Free(), LoopbackPorts.Free());
            silo.Configure<SiloMessagingOptions>(o => o.ResponseTimeout = AnswersWithin);
            // The gateway in the same process says by this until when an append is waited for.
            silo.Configure<ClientMessagingOptions>(o => o.ResponseTimeout = AnswersWithin);
            silo.AddEngine().AddGrainState($"Data Source={databasePath}");
        });
        return builder;
    }

    /// <summary>Keeps grain state of low rate in the engine's own database.</summary>
    public static ISiloBuilder AddGrainState(this ISiloBuilder silo, string connectionString)
    {
        foreach (var name in (string[])[StorageNames.Engagement, StorageNames.Subscriptions])
        {
            silo.AddAdoNetGrainStorage(name, options => options.Configure<Serializer>((o, serializer) =>
            {
                // Orleans loads Microsoft.Data.Sqlite under this name.
                o.Invariant = "System.Data.SQLite";
                o.ConnectionString = connectionString;
                // The default is Newtonsoft's JSON; grain state is in the format of everything else that crosses silos.
                o.GrainStorageSerializer = new OrleansGrainStorageSerializer(serializer);
            }));
        }

        return silo;
    }
}
