using System.Runtime.InteropServices;
using Engagement.Contracts.Regions;
using Engagement.Domain.Map;

namespace Engagement.Grains.Regions;

/// <summary>All that a region has heard, added up by leaf as it comes in: a report costs what it changes, however many sources there are.</summary>
internal sealed class HeardTotals
{
    private readonly Dictionary<string, HeardSource> sources = new(StringComparer.Ordinal);
    private readonly Dictionary<Leaf, Sum> sums = [];
    private IReadOnlyList<LeafTotal>? listed;

    /// <summary>Somebody's day has changed, and with it whose counts are of the newest: all is added up anew.</summary>
    private bool stale;
    private int newestDay;

    public IEnumerable<KeyValuePair<string, HeardSource>> Known => sources.Where(s => s.Value.IsKnown);

    public int NewestDay => sources.Count == 0 ? 0 : sources.Values.Max(s => s.Day);

    /// <returns>False where everything must be told.</returns>
    public bool Take(RegionReport report, long now)
    {
        ref var source = ref CollectionsMarshal.GetValueRefOrAddDefault(sources, report.Source, out _);
        source ??= new();
        var day = source.Day;
        var ofNewest = day == newestDay;
        var known = source.Take(report, now, (before, after) =>
        {
            if (!stale && report.Day == day)
            {
                Change(Counted(before, ofNewest), Counted(after, ofNewest));
            }
        });
        stale |= source.Day != day;
        return known;
    }

    /// <summary>By leaf. Of a source that has not come to the newest day only the gauges count: it has told nothing of that day.</summary>
    public IReadOnlyList<LeafTotal> Leaves()
    {
        if (stale)
        {
            AddUp();
        }

        return listed ??= [.. sums.Select(s => new LeafTotal(s.Key, s.Value.Measures, s.Value.Recent, Listed(s.Value.Moves)))];
    }

    public static LeafTotal Total(Leaf name, IReadOnlyList<LeafTotal> leaves)
    {
        var (measures, recent, moves) = (default(Measures), 0L, new Dictionary<SegmentMove, long>());
        foreach (var leaf in leaves)
        {
            (measures, recent) = (measures + leaf.Measures, recent + leaf.Recent);
            Add(moves, leaf.Moves, 1);
        }

        return new(name, measures, recent, Listed(moves));
    }

    private void AddUp()
    {
        sums.Clear();
        (newestDay, listed, stale) = (NewestDay, null, false);
        foreach (var source in sources.Values)
        {
            foreach (var leaf in source.Leaves)
            {
                Change(null, Counted(leaf, source.Day == newestDay));
            }
        }
    }

    private static LeafTotal? Counted(LeafTotal? leaf, bool ofNewest) => ofNewest || leaf is null ? leaf : leaf with { Measures = leaf.Measures.OnlyGauges(), Moves = null };

    private void Change(LeafTotal? before, LeafTotal? after)
    {
        listed = null;
        ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(sums, (before ?? after)!.Leaf, out _);
        sum ??= new();
        sum.Measures = sum.Measures - (before?.Measures ?? default) + (after?.Measures ?? default);
        sum.Recent += (after?.Recent ?? 0) - (before?.Recent ?? 0);
        sum.Parts += (after is null ? 0 : 1) - (before is null ? 0 : 1);
        if (before?.Moves != after?.Moves)
        {
            Add(sum.Moves, before?.Moves, -1);
            Add(sum.Moves, after?.Moves, 1);
        }

        if (sum.Parts == 0)
        {
            sums.Remove((before ?? after)!.Leaf);
        }
    }

    private static void Add(Dictionary<SegmentMove, long> sums, IReadOnlyList<MoveTotal>? moves, int times)
    {
        foreach (var (move, clients) in moves ?? [])
        {
            ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(sums, move, out _);
            if ((sum += times * clients) == 0)
            {
                sums.Remove(move);
            }
        }
    }

    private static IReadOnlyList<MoveTotal> Listed(Dictionary<SegmentMove, long> moves) => [.. moves.Select(m => new MoveTotal(m.Key, m.Value))];

    private sealed class Sum
    {
        public Measures Measures { get; set; }

        public long Recent { get; set; }

        public Dictionary<SegmentMove, long> Moves { get; } = [];

        /// <summary>How many sources tell of it.</summary>
        public int Parts { get; set; }
    }
}
