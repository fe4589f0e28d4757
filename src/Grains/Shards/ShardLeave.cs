using Engagement.Contracts.Shards;
using Engagement.Grains.Placement;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Engagement.Grains.Shards;

/// <summary>
/// Before a silo stops it hands its shards, desks and branches over, one activation to the next, while it still answers: so nobody
/// meets one that two silos hold, and no caller sees an error.
/// </summary>
internal sealed partial class ShardLeave(IGrainFactory grains, ShardMap shards, KeyedHome home, TimeProvider time, ILogger<ShardLeave> logger) : IHostedLifecycleService
{
    private static readonly TimeSpan LeavesWithin = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50);

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        if (home.IsAlone)
        {
            return;
        }

        home.IsLeaving = true;
        var began = time.GetTimestamp();
        try
        {
            while (home.Held > 0 && time.GetElapsedTime(began) < LeavesWithin)
            {
                home.SendAway();
                await Task.WhenAll(Enumerable.Range(0, shards.Count).Select(s => grains.GetGrain<IShardGrain>(s).Touch())).WaitAsync(LeavesWithin, time, cancellationToken);
                await Task.Delay(LookEvery, time, cancellationToken);
            }

            if (home.Held > 0)
            {
                LogNotLeft(null, home.Held);
            }
        }
        catch (Exception e)
        {
            // The silo stops whatever comes of it; those who ask then are answered when the shards are elsewhere.
            LogNotLeft(e, home.Held);
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} shards, desks and branches were not handed over before the stop")]
    private partial void LogNotLeft(Exception? exception, int count);
}
