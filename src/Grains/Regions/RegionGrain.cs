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

    private readonly Dictionary<string, HeardSource> sources = new(StringComparer.Ordinal);
    private IReadOnlyList<LeafTotal>? leaves;
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

    public Task<bool> Report(RegionReport report)
    {
        if (!sources.TryGetValue(report.Source, out var source))
        {
            sources.Add(report.Source, source = new());
        }

        var day = source.Day;
        var taken = source.Take(report, time.GetTimestamp());
        // A new day of one ends the counts of those who tell nothing any more.
        if (taken && (report.Leaves.Count > 0 || report.All || source.Day != day))
        {
            leaves = null;
        }

        return Task.FromResult(taken);
    }

    public Task<RegionView> Read() => Task.FromResult(new RegionView(IsHq ? 0 : shards.Count, Heard(), Leaves()));

    private List<RegionSource> Heard() =>
        [.. sources.Where(s => s.Value.IsKnown).Select(s => new RegionSource(s.Key, s.Value.AtMs, s.Value.AgeMs(time), s.Value.Sources, s.Value.Late))];

    private IReadOnlyList<LeafTotal> Leaves() => leaves ??= HeardSource.Sum(sources.Values);

    private async Task TellHq(CancellationToken cancellation)
    {
        // Always, and always everything: it is one line, and how old it is counts from the shards on.
        var heard = Heard();
        if (heard.Count < shards.Count)
        {
            // What is missing is not known to be zero.
            return;
        }

        var total = HeardSource.Total(new(Key, ""), Leaves());
        var report = new RegionReport(
            Key, epoch, ++seq, true, heard.Min(h => h.AtMs), HeardSource.NewestDay(sources.Values), heard.Max(h => h.AgeMs), heard.Count,
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
