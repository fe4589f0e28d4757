using Engagement.Contracts.Regions;
using Engagement.Domain.Map;
using Engagement.Grains.Regions;

namespace Engagement.Grains.Tests;

/// <summary>Sums that are kept as reports come in, against sums made anew.</summary>
public sealed class HeardTotalsTests
{
    private static readonly Leaf[] Leaves = [.. Enumerable.Range(0, 6).Select(i => new Leaf($"o-{i % 2}", $"a-{i}"))];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Sums_AfterAnyReports_AreThoseMadeAnew(int seed)
    {
        var random = new Random(seed);
        var totals = new HeardTotals();
        Dictionary<string, (int Day, long Seq, Dictionary<Leaf, LeafTotal> Leaves)> plain = [];
        for (var step = 0; step < 400; step++)
        {
            var source = $"{random.Next(4)}";
            var known = plain.GetValueOrDefault(source, (0, 0, []));
            var all = known.Seq == 0 || random.Next(10) == 0;
            var day = Math.Max(known.Day, 20_000 + (step / 150));
            // One has not heard yet that it is another day.
            day = random.Next(5) == 0 && known.Day > 0 ? known.Day : day;
            var told = Leaves.Where(_ => random.Next(3) == 0).Select(l => Told(l, random, all)).ToList();
            Assert.True(totals.Take(new(source, 1, known.Seq + 1, all, step, day, 0, 1, 0, told, known.Seq), step));
            var leaves = all ? [] : known.Leaves;
            foreach (var leaf in told)
            {
                leaves[leaf.Leaf] = leaf.Moves is null && leaves.TryGetValue(leaf.Leaf, out var before) ? leaf with { Moves = before.Moves } : leaf;
            }

            plain[source] = (day, known.Seq + 1, leaves);
            if (random.Next(3) == 0)
            {
                Assert.Equal(Shown(Anew([.. plain.Values.Select(p => (p.Day, p.Leaves))])), Shown(totals.Leaves()));
            }
        }
    }

    private static LeafTotal Told(Leaf leaf, Random random, bool all) => new(
        leaf, new() { Clients = random.Next(9), Events = random.Next(99), NetInflowFen = random.Next(-9, 9) }, random.Next(5),
        !all && random.Next(2) == 0 ? null : [new(new("in", $"s-{random.Next(2)}"), random.Next(1, 9))]);

    private static IEnumerable<LeafTotal> Anew(List<(int Day, Dictionary<Leaf, LeafTotal> Leaves)> sources)
    {
        var newest = sources.Max(s => s.Day);
        return sources.SelectMany(s => s.Leaves.Values.Select(l => s.Day == newest ? l : l with { Measures = l.Measures.OnlyGauges(), Moves = [] })).GroupBy(l => l.Leaf).Select(g => new LeafTotal(
            g.Key, g.Aggregate(default(Measures), (sum, l) => sum + l.Measures), g.Sum(l => l.Recent),
            [.. g.SelectMany(l => l.Moves ?? []).GroupBy(m => m.Move).Select(m => new MoveTotal(m.Key, m.Sum(x => x.Clients)))]));
    }

    private static List<string> Shown(IEnumerable<LeafTotal> leaves) =>
        [.. leaves.Select(l => $"{l.Leaf} {l.Measures} {l.Recent} {string.Join(',', l.Moves!.OrderBy(m => m.Move.ToString()).Select(m => $"{m.Move} {m.Clients}"))}").Order()];
}
