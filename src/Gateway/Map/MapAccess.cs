using Engagement.Domain.Map;
using Engagement.Domain.Organisation;
using Engagement.Gateway.Security;

namespace Engagement.Gateway.Map;

/// <summary>Who may see which node's totals, asked at each access.</summary>
public sealed class MapAccess(CurrentOrganisation organisation)
{
    /// <returns>Null where the node does not exist for him.</returns>
    public async Task<(MapNode Node, OrganisationTree Tree)?> Of(Principal who, string node)
    {
        var tree = await organisation.Tree();
        return MapNode.TryParse(node, out var parsed) && parsed.IsIn(tree) && RoleRights.MayReadTotals(who, node, tree) ? (parsed, tree) : null;
    }
}
