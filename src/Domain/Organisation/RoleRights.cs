namespace Engagement.Domain.Organisation;

/// <summary>Rights that depend on the role, and on the subtree where there are totals to see; none of them opens a client.</summary>
public static class RoleRights
{
    public static bool MaySendEvents(this Role role) => role == Role.Ingest;

    /// <summary>Catalogue, organisation, experiments, preview, and the manual clock.</summary>
    public static bool MayPublish(this Role role) => role == Role.HqAdmin;

    /// <summary>May he at all? For one client ask <see cref="Access.MayErasePersonal"/>.</summary>
    public static bool MayErasePersonal(this Role role) => role is Role.HqAdmin or Role.BranchManager or Role.OutletManager;

    public static bool MayReadDeadLetters(this Role role) => role is Role.HqAdmin or Role.Auditor;

    /// <summary>Progress, <c>me</c>, catalogue, organisation, counts.</summary>
    public static bool MayReadCommon(this Role role) => role != Role.Ingest;

    /// <summary>Totals of a node: <c>hq</c>, <c>branch:ID</c>, <c>outlet:ID</c> or <c>advisor:ID</c>. Headquarters sees all totals, the others their own subtree.</summary>
    public static bool MayReadTotals(Principal who, string node, OrganisationTree tree) => who.Role switch
    {
        Role.HqAnalyst or Role.HqOperator or Role.HqAdmin or Role.Auditor => true,
        Role.Advisor => node == "advisor:" + who.Sub && tree.Advisors.ContainsKey(who.Sub),
        Role.BranchManager => (who.Node == node && node.StartsWith("branch:", StringComparison.Ordinal)) || (OutletOf(node, tree) is { } outlet && Access.Manages(who, outlet, tree)),
        Role.OutletManager => OutletOf(node, tree) is { } outlet && Access.Manages(who, outlet, tree),
        _ => false,
    };

    private static string? OutletOf(string node, OrganisationTree tree) => DeskId.TryParse(node, out var desk) ? desk.Kind switch
    {
        DeskKind.Outlet => desk.Owner,
        DeskKind.Advisor => tree.Advisors.GetValueOrDefault(desk.Owner)?.Outlet,
        _ => null,
    }
    : null;
}
