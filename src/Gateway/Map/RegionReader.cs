using System.Collections.Concurrent;
using Engagement.Contracts.Regions;

namespace Engagement.Gateway.Map;

/// <summary>
/// What the regions know, asked at most so often for all who look. One that does not answer is shown as it was last
/// heard, growing older: never longer waited for than a screen can wait.
/// </summary>
public sealed class RegionReader(IGrainFactory grains, TimeProvider time)
{
    private static readonly TimeSpan FreshFor = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan AnsweredWithin = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, Known> regions = [];

    /// <summary>The region as of the last time it answered, and how long ago that was; null: it never did.</summary>
    public async Task<(RegionView View, long AgeMs)?> Read(string region)
    {
        var known = regions.GetOrAdd(region, _ => new());
        await known.Gate.WaitAsync();
        try
        {
            if (known.View is null || time.GetElapsedTime(known.ReadAt) >= FreshFor)
            {
                // Asked of a silo that died, the answer comes when that is known: long after the screen has to say so.
                known.Asked = known.Asked is null or { IsCompleted: true } ? grains.GetGrain<IRegionGrain>(region).Read() : known.Asked;
                known.View = await known.Asked.WaitAsync(known.Missed ? FreshFor : AnsweredWithin, time);
                (known.ReadAt, known.Missed) = (time.GetTimestamp(), false);
            }
        }
        catch (Exception e) when (e is TimeoutException or Orleans.Runtime.OrleansException)
        {
            known.Missed = true;
        }
        finally
        {
            known.Gate.Release();
        }

        return known.View is null ? null : (known.View, (long)time.GetElapsedTime(known.ReadAt).TotalMilliseconds);
    }

    private sealed class Known
    {
        public SemaphoreSlim Gate { get; } = new(1, 1);

        public Task<RegionView>? Asked { get; set; }

        public RegionView? View { get; set; }

        public long ReadAt { get; set; }

        public bool Missed { get; set; }
    }
}
