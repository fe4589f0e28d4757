using System.Collections.Immutable;
using CsCheck;
using Engagement.Domain.Clients;
using Engagement.Domain.Documents;
using Engagement.Domain.Map;
using Engagement.Domain.Organisation;

namespace Engagement.Domain.Tests.Map;

public sealed class MapTallyTests
{
    private static readonly OrganisationTree Tree = Read("""
        branches:
        - { id: hn, outlets: [ { id: o-1, advisors: [ { id: a-1 }, { id: a-2 } ] }, { id: o-2, advisors: [ { id: a-3 } ] } ] }
        - { id: tj, outlets: [ { id: o-3 } ] }
        """);

    private static readonly string[] Outlets = ["o-1", "o-2", "o-3", "unknown"];
    private static readonly string[] Advisors = ["", "a-1", "a-2", "a-3", "a-gone"];

    // Also an outlet that nobody knows, an advisor of another outlet, and one whom the organisation forgot.
    private static readonly Gen<Leaf> Leaves = Gen.Select(Gen.Int[0, 3], Gen.Int[0, 4], (o, a) => new Leaf(Outlets[o], Advisors[a]));

    private static readonly Gen<ClientEffects> Effects = Gen.Select(
        Leaves, Gen.Int[0, 3], Gen.Int[0, 2], Gen.Long[-5_000, 5_000], Gen.Select(Leaves, Leaves, Gen.Bool), Gen.Bool,
        (leaf, minute, raised, inflow, moved, flows) => new ClientEffects("c", 1, flows ? [new("rich", true, 0), new("poor", false, 0)] : [], [], [], 0, 0, null)
        {
            Counts = new(
                leaf, minute * 60_000, 120_000, 1, minute % 2, raised, raised - 1, 0, inflow,
                moved.Item3 ? new(new(moved.Item1, 1, 2, 300, [70_000]), new(moved.Item2, 1, 1, 100, [])) : null),
        });

    [Fact]
    public void Tally_OfRecordsInAnyOrderAndAnyTurns_IsTheSame() =>
        Gen.Select(Effects.Array[0, 40], Gen.Int[1, 5], Gen.Int).Sample((all, cuts, seed) =>
        {
            var shuffled = all.ToArray();
            new Random(seed).Shuffle(shuffled);
            Assert.Equal(Text(Tallied([all])), Text(Tallied(shuffled.Chunk(cuts))));
        });

    [Fact]
    public void Tally_WrittenAndRead_IsTheSame() =>
        Effects.Array[0, 40].Sample(all =>
        {
            var tally = Tallied([all]);
            var read = new MapTally();
            read.Read(tally.Write());
            Assert.Equal(Text(tally), Text(read));
        });

    [Fact]
    public void Children_OfEveryNode_AddUpToIt() =>
        Effects.Array[0, 40].Sample(all =>
        {
            var tally = Tallied([all]);
            foreach (var name in new[] { "hq", "branch:hn", "branch:tj", "outlet:o-1", "outlet:o-2", "outlet:o-3" })
            {
                Assert.True(MapNode.TryParse(name, out var node));
                var children = MapPlace.Children(node, Tree, tally.Leaves.Keys);
                Assert.Equal(MapPlace.Of(node, Tree).SumOf(tally), children.Aggregate(default(Measures), (sum, child) => sum + child.SumOf(tally)));
                Assert.Equal(children.Count, children.Select(c => c.Node).Distinct().Count());
            }
        });

    [Theory]
    [InlineData("hq", true)]
    [InlineData("outlet:o-1", true)]
    [InlineData("branch:nowhere", false)]
    [InlineData("advisor:a-gone", false)]
    public void Node_OfTheOrganisation_IsThere(string name, bool there)
    {
        Assert.True(MapNode.TryParse(name, out var node));
        Assert.Equal((name, there), (node.ToString(), node.IsIn(Tree)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("none")]
    [InlineData("outlet:")]
    [InlineData("branch:hn/../x")]
    [InlineData(null)]
    public void Name_OfNoNode_IsRefused(string? name) => Assert.False(MapNode.TryParse(name, out _));

    [Fact]
    public void Surge_AboveThreeTimesTheMedian_IsOne()
    {
        Measures[] days = [.. new long[] { 9, 1, 2, 3 }.Select(e => new Measures { Events = e, NetInflowFen = -e })];
        var twice = Surge.TwiceMedian(days);
        Assert.Equal((5, -5), (twice.Events, twice.NetInflowFen));
        Assert.Empty(Surge.Of(new() { Events = 7 }, twice));
        Assert.Equal(["events", "eventsPerSecond"], Surge.Of(new() { Events = 8 }, twice));
        // What flows out is no surge, however little it is.
        Assert.Equal(["netInflow"], Surge.Of(new() { NetInflowFen = 1 }, twice));
        Assert.Empty(Surge.Of(new() { NetInflowFen = -1 }, twice));
    }

    private static MapTally Tallied(IEnumerable<ClientEffects[]> turns)
    {
        var sum = new MapTally();
        foreach (var effects in turns)
        {
            var turn = new MapTurn();
            foreach (var one in effects)
            {
                turn.Add(one, 0);
            }

            foreach (var tally in turn.Minutes.Values.Append(turn.Gauges))
            {
                sum.Add(tally);
            }
        }

        return sum;
    }

    private static string Text(MapTally tally) => string.Join('\n', ImmutableArray<string>.Empty
        .AddRange(tally.Leaves.Where(l => !l.Value.IsZero).Select(l => $"{l.Key} {l.Value}"))
        .AddRange(tally.Moves.SelectMany(m => m.Value.Select(v => $"{m.Key} {v.Key} {v.Value}")))
        .AddRange(tally.Open.Where(o => o.Value != 0).Select(o => $"{o.Key} {o.Value}"))
        .Order(StringComparer.Ordinal));

    private static OrganisationTree Read(string yaml)
    {
        Assert.True(OrganisationDocument.TryRead(yaml, DocumentFormat.Yaml, 1, out var tree, out var problems), string.Join('\n', problems));
        return tree!;
    }
}
