using Engagement.Domain.Organisation;
using Engagement.Domain.Segments;

namespace Engagement.Domain.Map;

/// <summary>A node as it lies in the organisation, or one of its children, and which leaves it is the sum of. The children of a node have each of its leaves once.</summary>
/// <param name="Node">A node's name, or <see cref="MapNode.None"/>.</param>
/// <param name="Name">Null of <see cref="MapNode.None"/> and headquarters.</param>
/// <param name="Province">Of a branch.</param>
/// <param name="Mode">Of a branch.</param>
public sealed record MapPlace(string Node, Localized? Name, int? Province, string? Mode, string? Parent, Func<Leaf, bool> Holds)
{
    private static readonly string Hq = MapNode.Hq.ToString();

    /// <param name="node">One that the organisation has.</param>
    public static MapPlace Of(MapNode node, OrganisationTree tree) => node.Kind switch
    {
        MapNodeKind.Branch => Of(tree.BranchesById[node.Id], tree),
        MapNodeKind.Outlet => Of(tree.Outlets[node.Id]),
        MapNodeKind.Advisor => Of(tree.Advisors[node.Id], $"outlet:{tree.Advisors[node.Id].Outlet}", leaf => leaf.Advisor == node.Id),
        _ => new(Hq, null, null, null, null, _ => true),
    };

    /// <summary>As the organisation lists them; last what belongs to none.</summary>
    /// <param name="leaves">That there are: an outlet may be served by advisors of others.</param>
    public static IReadOnlyList<MapPlace> Children(MapNode node, OrganisationTree tree, IEnumerable<Leaf> leaves)
    {
        switch (node.Kind)
        {
            case MapNodeKind.Hq:
                return [.. tree.Branches.Select(b => Of(b, tree)), NoChild(Hq, leaf => !tree.Outlets.ContainsKey(leaf.Outlet))];
            case MapNodeKind.Branch:
                return [.. tree.BranchesById[node.Id].Outlets.Select(Of)];
            case MapNodeKind.Outlet:
                var (outlet, parent) = (tree.Outlets[node.Id], node.ToString());
                var own = outlet.Advisors.Select(a => a.Id).ToList();
                var others = leaves.Where(l => l.Outlet == node.Id && l.Advisor.Length > 0).Select(l => l.Advisor).Distinct().Except(own).Where(tree.Advisors.ContainsKey);
                List<string> all = [.. own, .. others.Order(StringComparer.Ordinal)];
                return
                [
                    .. all.Select(id => Of(tree.Advisors[id], parent, leaf => leaf.Outlet == node.Id && leaf.Advisor == id)),
                    NoChild(parent, leaf => leaf.Outlet == node.Id && !all.Contains(leaf.Advisor)),
                ];
            default:
                return [];
        }
    }

    public Measures SumOf(MapTally tally)
    {
        var sum = default(Measures);
        foreach (var (leaf, measures) in tally.Leaves)
        {
            sum = Holds(leaf) ? sum + measures : sum;
        }

        return sum;
    }

    private static MapPlace Of(Branch branch, OrganisationTree tree) =>
        new($"branch:{branch.Id}", branch.Name, branch.Province, branch.Mode, Hq, leaf => tree.Outlets.TryGetValue(leaf.Outlet, out var outlet) && outlet.Branch == branch.Id);

    private static MapPlace Of(Outlet outlet) => new($"outlet:{outlet.Id}", outlet.Name, null, null, $"branch:{outlet.Branch}", leaf => leaf.Outlet == outlet.Id);

    private static MapPlace Of(Advisor advisor, string parent, Func<Leaf, bool> holds) => new($"advisor:{advisor.Id}", new(advisor.Name, advisor.Name), null, null, parent, holds);

    private static MapPlace NoChild(string parent, Func<Leaf, bool> holds) => new(MapNode.None, null, null, null, parent, holds);
}
