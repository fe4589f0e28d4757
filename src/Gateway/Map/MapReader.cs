using Engagement.Contracts.Regions;
using Engagement.Domain;
using Engagement.Domain.Map;
using Engagement.Domain.Organisation;

namespace Engagement.Gateway.Map;

/// <summary>Puts a node and its children together from what the regions know. What is not known is left out.</summary>
public sealed class MapReader(RegionReader regions, MapSurges surges)
{
    public const long LateAfterMs = 2_000;

    /// <param name="node">One that the organisation has.</param>
    public async Task<MapNodeJson> Read(MapNode node, OrganisationTree tree)
    {
        var read = node.BranchIn(tree) is { } branch ? await Branch(node, branch, tree) : await Hq(tree);
        return await surges.Mark(read, node, tree);
    }

    /// <summary>Moves between segments today; null: not known.</summary>
    public async Task<IReadOnlyList<MoveTotal>?> Moves(MapNode node, OrganisationTree tree)
    {
        var place = MapPlace.Of(node, tree);
        var view = await regions.Read(node.BranchIn(tree) is { } branch ? RegionKeys.Branch(branch) : RegionKeys.Hq);
        return view is null ? null :
        [
            .. view.Value.View.Leaves.Where(l => node.Kind == MapNodeKind.Hq ? Regions(tree).Contains(l.Leaf.Outlet) : place.Holds(l.Leaf))
                .SelectMany(l => l.Moves ?? []).GroupBy(m => m.Move).Select(g => new MoveTotal(g.Key, g.Sum(m => m.Clients))),
        ];
    }

    private static IEnumerable<string> Regions(OrganisationTree tree) => tree.Branches.Select(b => RegionKeys.Branch(b.Id)).Append(RegionKeys.Unnamed);

    private async Task<MapNodeJson> Branch(MapNode node, string branch, OrganisationTree tree)
    {
        var (place, answer) = (MapPlace.Of(node, tree), await regions.Read(RegionKeys.Branch(branch)));
        var (leaves, sources, expected, age) = answer is { } known ? (known.View.Leaves, known.View.Sources, known.View.Expected, known.AgeMs) : ([], [], 0, 0L);
        var complete = expected > 0 && sources.Count == expected;
        var late = expected - sources.Count(s => s.AgeMs + age <= LateAfterMs);
        var freshness = new Freshness(
            complete, !complete || late > 0, sources.Count == 0 ? null : sources.Min(s => s.AtMs), sources.Count == 0 ? null : sources.Max(s => s.AgeMs) + age);
        var children = MapPlace.Children(node, tree, leaves.Select(l => l.Leaf))
            .Select(child => (Place: child, Own: leaves.Where(l => child.Holds(l.Leaf)).ToList()))
            .Where(c => c.Place.Node != MapNode.None || c.Own.Exists(l => !l.Measures.IsZero))
            .Select(c => Child(c.Place, c.Own, freshness));
        return Node(place, [.. leaves.Where(l => place.Holds(l.Leaf))], freshness, new(expected, late), [.. children]);
    }

    private async Task<MapNodeJson> Hq(OrganisationTree tree)
    {
        var answer = await regions.Read(RegionKeys.Hq);
        var leaves = (answer?.View.Leaves ?? []).ToDictionary(l => l.Leaf.Outlet);
        var sources = (answer?.View.Sources ?? []).ToDictionary(s => s.Source);
        var age = answer?.AgeMs ?? 0;
        var parts = MapPlace.Children(MapNode.Hq, tree, [])
            .Select(p => (Place: p, Freshness: Of(sources.GetValueOrDefault(p.Node), age), Own: leaves.TryGetValue(p.Node, out var own) ? new List<LeafTotal> { own } : [])).ToList();
        var heard = parts.FindAll(p => p.Freshness.AgeMs is not null);
        var whole = new Freshness(
            parts.TrueForAll(p => p.Freshness.IsKnown), parts.Exists(p => p.Freshness.IsLate),
            heard.Count == 0 ? null : heard.Min(p => p.Freshness.AtMs), heard.Count == 0 ? null : heard.Max(p => p.Freshness.AgeMs));
        var children = parts.Where(p => p.Place.Node != MapNode.None || p.Own.Exists(l => !l.Measures.IsZero)).Select(p => Child(p.Place, p.Own, p.Freshness));
        return Node(
            MapPlace.Of(MapNode.Hq, tree), [.. parts.SelectMany(p => p.Own)], whole, new(parts.Count, parts.Count(p => p.Freshness.IsLate)), [.. children]);

        static Freshness Of(RegionSource? source, long age) =>
            source is null ? new(false, true, null, null) : new(true, source.Late > 0 || source.AgeMs + age > LateAfterMs, source.AtMs, source.AgeMs + age);
    }

    private static MapChildJson Child(MapPlace place, List<LeafTotal> own, Freshness fresh) => new(place.Node)
    {
        Name = place.Name,
        Province = place.Province,
        Mode = place.Mode,
        At = fresh.At,
        Late = fresh.IsLate,
        AgeMs = fresh.AgeMs,
        Measures = fresh.IsKnown ? Sum(own) : null,
    };

    private static MapNodeJson Node(MapPlace place, List<LeafTotal> own, Freshness fresh, PartsJson parts, IReadOnlyList<MapChildJson> children) => new(place.Node)
    {
        Name = place.Name,
        Province = place.Province,
        Mode = place.Mode,
        Parent = place.Parent,
        At = fresh.At,
        Late = fresh.IsLate,
        AgeMs = fresh.AgeMs,
        Measures = fresh.IsKnown ? Sum(own) : null,
        Parts = parts,
        Children = children,
    };

    private static MeasuresJson Sum(List<LeafTotal> own) =>
        MeasuresJson.Of(own.Aggregate(default(Measures), (sum, leaf) => sum + leaf.Measures), own.Sum(leaf => leaf.Recent));

    /// <param name="IsKnown">Was every part of it heard?</param>
    /// <param name="IsLate">Was a part of it not heard lately, or never?</param>
    private readonly record struct Freshness(bool IsKnown, bool IsLate, long? AtMs, long? AgeMs)
    {
        public string? At => AtMs is { } at ? Rfc3339.Format(at) : null;
    }
}
