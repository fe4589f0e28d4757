using Engagement.Contracts.Regions;
using Engagement.Contracts.Shards;
using Engagement.Domain.Map;
using Engagement.Grains.Placement;
using Microsoft.Extensions.Logging;

namespace Engagement.Grains.Regions;

/// <summary>Totals of a branch, which it tells headquarters, or of headquarters. All of it is told again by whoever counted: nothing is stored.</summary>
[GrainType("region"), KeyedPlacement]
internal sealed partial class RegionGrain(ShardMap shards, TimeProvider time, ILogger<RegionGrain> logger) : Grain, IRegionGrain
{
    private static readonly TimeSpan TellEvery = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LateAfter = TimeSpan.FromSeconds(2);

    private readonly HeardTotals totals = new();
    private long epoch;
    private long seq;

    private string Key => this.GetPrimaryKeyString();

    private bool IsHq => Key == RegionKeys.Hq;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        epoch = time.GetUtcNow().ToUnixTimeMilliseconds();
        if (!IsHq)
        {
            this.RegisterGrainTimer(TellHq, new GrainTimerCreationOptions(TellEvery, TellEvery) { Interleave = true });
        }

        return Task.CompletedTask;
    }

    public Task<bool> Report(RegionReport report) => Task.FromResult(totals.Take(report, time.GetTimestamp()));

    public Task<RegionView> Read() => Task.FromResult(new RegionView(IsHq ? 0 : shards.Count, Heard(), totals.Leaves()));

    private List<RegionSource> Heard() =>
        [.. totals.Known.Select(s => new RegionSource(s.Key, s.Value.AtMs, s.Value.AgeMs(time), s.Value.Sources, s.Value.Late))];

    private async Task TellHq(CancellationToken cancellation)
    {
        // Always, and always everything: it is one line, and how old it is counts from the shards on.
        var heard = Heard();
        if (heard.Count < shards.Count)
        {
            // What is missing is not known to be zero.
            return;
        }

        var total = HeardTotals.Total(new(Key, ""), totals.Leaves());
        var report = new RegionReport(
            Key, epoch, ++seq, true, heard.Min(h => h.AtMs), totals.NewestDay, heard.Max(h => h.AgeMs), heard.Count,
            heard.Count(h => h.AgeMs > LateAfter.TotalMilliseconds), [total]);
        try
        {
            await GrainFactory.GetGrain<IRegionGrain>(RegionKeys.Hq).Report(report).WaitAsync(LateAfter, time, cancellation);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The next heartbeat tells it again; meanwhile headquarters shows that it is late.
            LogNotTold(e, Key);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Region {Region} could not tell headquarters")]
    private partial void LogNotTold(Exception exception, string region);
}
