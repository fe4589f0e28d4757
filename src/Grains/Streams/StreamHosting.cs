using Engagement.Contracts.Streams;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Streams;

namespace Engagement.Grains.Streams;

/// <summary>Adds the two stream providers to a silo (decision 0011). Subscriptions are kept in the grain storage <see cref="StorageNames.Subscriptions"/>.</summary>
internal static class StreamHosting
{
    private const int EventQueues = 8;
    private const int EngagementQueues = 4;
    private static readonly TimeSpan CachedFor = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan EventsWaitMax = TimeSpan.FromMinutes(5);

    public static void AddEngineStreams(this ISiloBuilder silo)
    {
        silo.AddMemoryStreams(StreamNames.Events, streams =>
        {
            // Shards' grains are the only ones who read it: there is no subscription to keep.
            streams.ConfigureStreamPubSub(StreamPubSubType.ImplicitOnly);
            streams.ConfigurePartitioning(EventQueues);
            streams.ConfigureCacheEviction(options => options.Configure(Bound));
            streams.ConfigurePullingAgent(options => options.Configure(o => o.MaxEventDeliveryTime = EventsWaitMax));
        });
        silo.AddMemoryStreams(StreamNames.Engagement, streams =>
        {
            streams.ConfigurePartitioning(EngagementQueues);
            streams.ConfigureCacheEviction(options => options.Configure(Bound));
            streams.ConfigurePullingAgent(options => options.Configure(o => o.MaxEventDeliveryTime = CachedFor));
        });
        silo.Services.AddSingleton<EngagementFeed>();
        silo.Services.AddHostedService(s => s.GetRequiredService<EngagementFeed>());
    }

    /// <summary>Whoever is slower than this misses messages; the default keeps half an hour of them in memory.</summary>
    private static void Bound(StreamCacheEvictionOptions options) => (options.DataMinTimeInCache, options.DataMaxAgeInCache) = (CachedFor, CachedFor);
}
