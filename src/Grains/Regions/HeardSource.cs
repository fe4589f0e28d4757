using System.Runtime.InteropServices;
using Engagement.Contracts.Regions;
using Engagement.Domain.Map;

namespace Engagement.Grains.Regions;

/// <summary>What a region last heard of one source.</summary>
internal sealed class HeardSource
{
    private readonly Dictionary<Leaf, LeafTotal> leaves = [];
    private (long Epoch, long Seq) newest;
    private long heardAt;
    private long ageMs;

    /// <summary>Was all of it told since the source is known here?</summary>
    public bool IsKnown { get; private set; }

    public long AtMs { get; private set; }

    public int Sources { get; private set; }

    public int Late { get; private set; }

    /// <summary>Whose counts it told.</summary>
    public int Day { get; private set; }

    public long AgeMs(TimeProvider time) => ageMs + (long)time.GetElapsedTime(heardAt).TotalMilliseconds;

    /// <returns>False where everything must be told.</returns>
    public bool Take(RegionReport report, long now)
    {
        if ((report.Epoch, report.Seq).CompareTo(newest) <= 0)
        {
            // Overtaken on its way by a newer one.
            return IsKnown;
        }

        if (!report.All && (!IsKnown || report.Epoch != newest.Epoch || report.After != newest.Seq))
        {
            return false;
        }

        if (report.All)
        {
            leaves.Clear();
        }

        foreach (var leaf in report.Leaves)
        {
            leaves[leaf.Leaf] = leaf.Moves is null && leaves.TryGetValue(leaf.Leaf, out var before) ? leaf with { Moves = before.Moves } : leaf;
        }

        (newest, heardAt, IsKnown) = ((report.Epoch, report.Seq), now, true);
        (AtMs, Day, ageMs, Sources, Late) = (report.AtMs, report.Day, report.AgeMs, report.Sources, report.Late);
        return true;
    }

    public static int NewestDay(IEnumerable<HeardSource> sources) => sources.Max(s => s.Day);

    /// <summary>By leaf. Of a source that has not come to the newest day only the gauges count: it has told nothing of that day.</summary>
    public static IReadOnlyList<LeafTotal> Sum(IReadOnlyCollection<HeardSource> sources)
    {
        var newestDay = sources.Count == 0 ? 0 : NewestDay(sources);
        Dictionary<Leaf, (Measures Measures, long Recent, Dictionary<SegmentMove, long>? Moves)> sums = [];
        foreach (var source in sources.Where(s => s.IsKnown))
        {
            foreach (var leaf in source.leaves.Values)
            {
                ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(sums, leaf.Leaf, out _);
                sum.Measures += source.Day == newestDay ? leaf.Measures : leaf.Measures.OnlyGauges();
                sum.Recent += leaf.Recent;
                if (source.Day == newestDay && leaf.Moves is { Count: > 0 } moves)
                {
                    Add(sum.Moves ??= [], moves);
                }
            }
        }

        return [.. sums.Select(s => new LeafTotal(s.Key, s.Value.Measures, s.Value.Recent, Listed(s.Value.Moves)))];
    }

    public static LeafTotal Total(Leaf name, IReadOnlyList<LeafTotal> leaves)
    {
        var (measures, recent, moves) = (default(Measures), 0L, new Dictionary<SegmentMove, long>());
        foreach (var leaf in leaves)
        {
            (measures, recent) = (measures + leaf.Measures, recent + leaf.Recent);
            Add(moves, leaf.Moves ?? []);
        }

        return new(name, measures, recent, Listed(moves));
    }

    private static void Add(Dictionary<SegmentMove, long> sums, IReadOnlyList<MoveTotal> moves)
    {
        foreach (var (move, clients) in moves)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(sums, move, out _) += clients;
        }
    }

    private static IReadOnlyList<MoveTotal> Listed(Dictionary<SegmentMove, long>? moves) => moves is null ? [] : [.. moves.Select(m => new MoveTotal(m.Key, m.Value))];
}
