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
        var read = node.Kind == MapNodeKind.Hq ? await Hq(tree) : await Below(node, tree);
        return await surges.Mark(read, node, tree);
    }

    /// <summary>Moves between segments today; null: not known.</summary>
    public async Task<IReadOnlyList<MoveTotal>?> Moves(MapNode node, OrganisationTree tree)
    {
        var (place, heard) = (MapPlace.Of(node, tree), new List<RegionView>());
        foreach (var region in node.Kind == MapNodeKind.Hq ? [RegionKeys.Hq] : RegionsOf(node, tree))
        {
            if (await regions.Read(region) is not { } known)
            {
                return null;
            }

            heard.Add(known.View);
        }

        return
        [
            .. heard.SelectMany(h => h.Leaves).Where(l => node.Kind == MapNodeKind.Hq ? Regions(tree).Contains(l.Leaf.Outlet) : place.Holds(l.Leaf))
                .SelectMany(l => l.Moves ?? []).GroupBy(m => m.Move).Select(g => new MoveTotal(g.Key, g.Sum(m => m.Clients))),
        ];
    }

    private static IEnumerable<string> Regions(OrganisationTree tree) => tree.Branches.Select(b => RegionKeys.Branch(b.Id)).Append(RegionKeys.Unnamed);

    /// <summary>An advisor keeps a client who goes to an outlet of another branch.</summary>
    private static IEnumerable<string> RegionsOf(MapNode node, OrganisationTree tree) =>
        node.Kind == MapNodeKind.Advisor ? Regions(tree) : [RegionKeys.Branch(node.BranchIn(tree)!)];

    private async Task<MapNodeJson> Below(MapNode node, OrganisationTree tree)
    {
        var (place, leaves, fresh, parts) = (MapPlace.Of(node, tree), new List<LeafTotal>(), new List<Freshness>(), new PartsJson(0, 0));
        foreach (var region in RegionsOf(node, tree))
        {
            var answer = await regions.Read(region);
            var (view, age) = answer is { } known ? (known.View, known.AgeMs) : (new(0, [], []), 0L);
            var late = view.Expected - view.Sources.Count(s => s.AgeMs + age <= LateAfterMs);
            var complete = view.Expected > 0 && view.Sources.Count == view.Expected;
            leaves.AddRange(view.Leaves);
            fresh.Add(view.Sources.Count == 0
                ? new(false, true, null, null)
                : new(complete, !complete || late > 0, view.Sources.Min(s => s.AtMs), view.Sources.Max(s => s.AgeMs) + age));
            // The same shards tell every region.
            parts = new(Math.Max(parts.Total, view.Expected), Math.Max(parts.Late, late));
        }

        var freshness = Freshness.Of(fresh);
        var children = MapPlace.Children(node, tree, leaves.Select(l => l.Leaf))
            .Select(child => (Place: child, Own: leaves.Where(l => child.Holds(l.Leaf)).ToList()))
            .Where(c => c.Place.Node != MapNode.None || c.Own.Exists(l => !l.Measures.IsZero))
            .Select(c => Child(c.Place, c.Own, freshness));
        return Node(place, [.. leaves.Where(l => place.Holds(l.Leaf))], freshness, parts, [.. children]);
    }

    private async Task<MapNodeJson> Hq(OrganisationTree tree)
    {
        var answer = await regions.Read(RegionKeys.Hq);
        var leaves = (answer?.View.Leaves ?? []).ToDictionary(l => l.Leaf.Outlet);
        var sources = (answer?.View.Sources ?? []).ToDictionary(s => s.Source);
        var age = answer?.AgeMs ?? 0;
        var parts = MapPlace.Children(MapNode.Hq, tree, [])
            .Select(p => (Place: p, Freshness: Of(sources.GetValueOrDefault(p.Node), age), Own: leaves.TryGetValue(p.Node, out var own) ? new List<LeafTotal> { own } : [])).ToList();
        var whole = Freshness.Of(parts.ConvertAll(p => p.Freshness));
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
        /// <summary>Of several parts together: as complete as all, as late and as old as the worst of them.</summary>
        public static Freshness Of(List<Freshness> parts) => new(parts.TrueForAll(p => p.IsKnown), parts.Exists(p => p.IsLate), parts.Min(p => p.AtMs), parts.Max(p => p.AgeMs));

        public string? At => AtMs is { } at ? Rfc3339.Format(at) : null;
    }
}
