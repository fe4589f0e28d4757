using Engagement.Contracts.Regions;
using Engagement.Domain.Map;
using Engagement.Domain.Organisation;
using Microsoft.Extensions.Logging;

namespace Engagement.Grains.Regions;

/// <summary>
/// Tells the regions what a shard has counted: cumulative totals of what changed, one message at a time to each region, so that a slow
/// one gets the newest when it is ready and never a backlog.
/// </summary>
internal sealed partial class ShardReports(int shard, long epoch, ShardTally tally, IGrainFactory grains, TimeProvider time, ILogger logger)
{
    /// <summary>So that what headquarters hears by way of a branch is not late when nothing happens.</summary>
    private static readonly TimeSpan HeartbeatEvery = TimeSpan.FromMilliseconds(750);
    private static readonly TimeSpan AnsweredWithin = TimeSpan.FromSeconds(2);

    private readonly string source = $"{shard}";
    private readonly Dictionary<string, Told> regions = new(StringComparer.Ordinal);
    private int organisation = -1;
    private long seq;

    /// <summary>Tells whoever is to be told. Nobody waits for the answers.</summary>
    public void Tell(OrganisationTree tree, long nowMs)
    {
        tally.OnTime(nowMs);
        if (tree.Version != organisation)
        {
            // Outlets may have gone from one branch to another.
            organisation = tree.Version;
            foreach (var key in tree.Branches.Select(b => RegionKeys.Branch(b.Id)).Append(RegionKeys.Unnamed))
            {
                regions.TryAdd(key, new(key, grains.GetGrain<IRegionGrain>(key)));
                regions[key].WantsAll = true;
            }
        }

        foreach (var (leaf, moves) in tally.Changed)
        {
            var told = regions[RegionOf(leaf, tree)];
            told.Changed[leaf] = moves || told.Changed.GetValueOrDefault(leaf);
        }

        tally.Changed.Clear();
        foreach (var told in regions.Values)
        {
            if (!told.IsAsked && (told.WantsAll || told.Changed.Count > 0 || told.At is not { } at || time.GetElapsedTime(at) >= HeartbeatEvery))
            {
                _ = Tell(told, tree, nowMs);
            }
        }
    }

    private static string RegionOf(Leaf leaf, OrganisationTree tree) =>
        tree.Outlets.TryGetValue(leaf.Outlet, out var outlet) ? RegionKeys.Branch(outlet.Branch) : RegionKeys.Unnamed;

    private async Task Tell(Told told, OrganisationTree tree, long nowMs)
    {
        var all = told.WantsAll;
        var leaves = all
            ? tally.Totals(tally.All.Where(l => RegionOf(l, tree) == told.Key), _ => true)
            : tally.Totals(told.Changed.Keys, l => told.Changed[l]);
        var report = new RegionReport(source, epoch, ++seq, all, nowMs, tally.Day, 0, 1, 0, [.. leaves], told.Last);
        told.Changed.Clear();
        (told.WantsAll, told.IsAsked, told.At, told.Last) = (false, true, time.GetTimestamp(), report.Seq);
        try
        {
            told.WantsAll |= !await told.Region.Report(report).WaitAsync(AnsweredWithin, time);
        }
        catch (Exception e)
        {
            // Whatever it is: it may have arrived or not, and everything is told again.
            told.WantsAll = true;
            LogNotTold(e, shard, told.Key);
        }

        told.IsAsked = false;
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Shard {Shard} could not tell region {Region}")]
    private partial void LogNotTold(Exception exception, int shard, string region);

    /// <summary>A region, and what it has not been told.</summary>
    private sealed class Told(string key, IRegionGrain region)
    {
        public string Key => key;

        public IRegionGrain Region => region;

        public Dictionary<Leaf, bool> Changed { get; } = [];

        public bool WantsAll { get; set; } = true;

        public bool IsAsked { get; set; }

        public long? At { get; set; }

        /// <summary>Number of the last report to it.</summary>
        public long Last { get; set; }
    }
}
