using Engagement.Contracts.Catalogue;
using Engagement.Contracts.Clock;
using Engagement.Contracts.Desks;
using Engagement.Contracts.Shards;
using Engagement.Contracts.Storage;
using Engagement.Grains.Catalogue;
using Engagement.Grains.Placement;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Engagement.Grains.Shards;

/// <summary>
/// Touches every shard every few seconds, so that those of a dead silo come back at once, and every second the desks on
/// which something has expired or that have something to hand on. Also sends away what belongs to a silo that has come, and
/// completes what a crash cut off.
/// </summary>
internal sealed partial class ShardTouch(
    IGrainFactory grains,
    IDeskStore desks,
    ShardMap shards,
    IOptions<EngineOptions> options,
    KeyedHome home,
    TimeProvider time,
    IHostApplicationLifetime lifetime,
    ILogger<ShardTouch> logger) : BackgroundService
{
    private const int ShardsEverySeconds = 3;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource();
        await using var _ = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), time);
        // Beside the touches, not before them: an advance waits for desks that only a touch brings back.
        var clock = CompleteClock();
        var second = 0;
        do
        {
            try
            {
                if (second++ % ShardsEverySeconds == 0)
                {
                    home.SendAway();
                    await Task.WhenAll(Enumerable.Range(0, shards.Count).Select(s => grains.GetGrain<IShardGrain>(s).Touch()));
                    await grains.GetGrain<IDocumentGrain>(DocumentKeys.Of(DocumentKind.Catalogue)).Touch();
                    await grains.GetGrain<IDocumentGrain>(DocumentKeys.Of(DocumentKind.Organisation)).Touch();
                }

                await TouchDesks();
                clock = clock.IsFaulted ? CompleteClock() : clock;
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogNotTouched(e);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Faults where it could not: the next second tries again.</summary>
    private async Task CompleteClock()
    {
        try
        {
            await grains.GetGrain<IClockGrain>(0).Complete();
        }
        catch (Exception e)
        {
            LogNotTouched(e);
            throw;
        }
    }

    private async Task TouchDesks()
    {
        var pending = (await desks.ReadPending()).ToHashSet();
        var now = (await grains.GetGrain<IClockGrain>(0).Read()).NowMs;
        if (!options.Value.Manual)
        {
            pending.UnionWith(await desks.ReadDue(now));
        }

        await Task.WhenAll(pending.Select(d => grains.GetGrain<IDeskGrain>(d).Tick(now)));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Not everything could be touched; the next second tries again")]
    private partial void LogNotTouched(Exception exception);
}
