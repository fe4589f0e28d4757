using Engagement.Contracts.Faults;
using Engagement.Contracts.Shards;
using Engagement.Domain.Clients;
using Engagement.Grains.Catalogue;
using Engagement.Grains.Placement;
using Engagement.Grains.Shards;
using Engagement.Grains.Streams;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Hosting;

namespace Engagement.Grains;

/// <summary>Adds the engine's grains to a silo. Storage is added beside it.</summary>
public static class EngineHosting
{
    private const int WhereaboutsMax = 100_000;

    public static ISiloBuilder AddEngine(this ISiloBuilder silo)
    {
        silo.Services.AddOptions<EngineOptions>().BindConfiguration("Engagement").ValidateOnStart();
        silo.Services.AddSingleton<IValidateOptions<EngineOptions>, EngineOptionsValidator>();
        silo.Services.TryAddSingleton(TimeProvider.System);
        silo.Services.TryAddSingleton<IFaultPoints>(NoFaults.Instance);
        silo.Services.TryAddSingleton(s => new ShardMap(s.GetRequiredService<IOptions<EngineOptions>>().Value.Shards));
        silo.Services.AddSingleton<PublishedDocuments>();
        silo.Services.AddSingleton<IPublishedDocuments>(s => s.GetRequiredService<PublishedDocuments>());
        silo.Services.AddSingleton<Candidates>();
        silo.Services.AddSingleton<KeyedHome>();
        silo.Services.AddPlacementDirector<KeyedPlacement, KeyedPlacementDirector>();
        silo.Services.AddHostedService<ShardTouch>();
        silo.Services.AddHostedService<ShardLeave>();
        silo.AddEngineStreams();
        // Clients come and go; Orleans would remember where a million of them last were, at half a kilobyte each.
        silo.Services.Configure<GrainDirectoryOptions>(o => o.CacheSize = WhereaboutsMax);
        return silo;
    }
}
