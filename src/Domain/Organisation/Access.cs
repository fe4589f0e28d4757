using Engagement.Domain.Desks;

namespace Engagement.Domain.Organisation;

/// <summary>
/// Rights over desks and clients (contract, page 3). Asked at each access, so that a right ends with the day, the mandate
/// or the organisation that it rests on. Headquarters has no right by rank: its operators act under a live mandate.
/// </summary>
public static class Access
{
    private const string DeskChannel = "desk";

    public static bool MayReadDesk(Principal who, DeskId desk, OrganisationTree tree, int day) =>
        who.Role == Role.Auditor || MayActOnDesk(who, desk, tree, day);

    /// <summary>May he act on anything there? For a single client ask <see cref="MayActOnClient"/>.</summary>
    public static bool MayActOnDesk(Principal who, DeskId desk, OrganisationTree tree, int day) => desk.Kind switch
    {
        DeskKind.Advisor => tree.Advisors.TryGetValue(desk.Owner, out var advisor)
            && (IsSelf(who, advisor) || IsStandIn(who, advisor, tree) || Manages(who, advisor.Outlet, tree)),
        DeskKind.Outlet => tree.Outlets.ContainsKey(desk.Owner)
            && (IsActiveThere(who, desk.Owner, tree) || Manages(who, desk.Owner, tree)),
        DeskKind.Hq => who.Role == Role.HqOperator && tree.Branches.Any(b => b.Mandates.Any(m => Opens(m, day))),
        _ => false,
    };

    /// <summary>By relation: his desk, the subtree that he belongs to, or a live mandate.</summary>
    public static bool MayReadClient(Principal who, ClientPlace client, OrganisationTree tree, int day) => who.Role switch
    {
        Role.Auditor => true,
        Role.HqOperator => MandatesOf(client, tree, day).Any(),
        _ => MayActOnDesk(who, client.Desk, tree, day) || Manages(who, client.Outlet, tree),
    };

    /// <param name="licence">What the offer asks for; a stand-in needs it himself. Null: nothing.</param>
    public static bool MayActOnClient(Principal who, ClientPlace client, string? licence, OrganisationTree tree, int day)
    {
        if (!MayActOnDesk(who, client.Desk, tree, day))
        {
            return false;
        }

        return client.Desk.Kind switch
        {
            DeskKind.Hq => ActsUnder(client, tree, day) is not null,
            DeskKind.Advisor when who.Role == Role.Advisor && who.Sub != client.Desk.Owner =>
                licence is null || tree.Advisors[who.Sub].Licences.Contains(licence),
            _ => true,
        };
    }

    /// <summary>Headquarters' administrator for anybody, managers in their own subtree.</summary>
    public static bool MayErasePersonal(Principal who, string outlet, OrganisationTree tree) => who.Role == Role.HqAdmin || Manages(who, outlet, tree);

    /// <summary>The live mandates that have the client on the desk <c>hq</c>. None: headquarters has no right over him.</summary>
    public static IEnumerable<Mandate> MandatesOf(ClientPlace client, OrganisationTree tree, int day) =>
        client.Desk.Kind == DeskKind.Hq
        && tree.Outlets.TryGetValue(client.Outlet, out var outlet)
        && tree.BranchesById.TryGetValue(outlet.Branch, out var branch)
            ? branch.Mandates.Where(m => m.Live(day) && (client.HqFor is null || client.HqFor == m.Scope))
            : [];

    /// <summary>The mandate under which headquarters reads the client, and the branch for which; null: nobody of headquarters asks.</summary>
    public static OnBehalf? ReadsUnder(Principal who, ClientPlace client, OrganisationTree tree, int day) =>
        who.Role == Role.HqOperator && MandatesOf(client, tree, day).FirstOrDefault() is { } mandate ? new(tree.Outlets[client.Outlet].Branch, mandate.Id) : null;

    /// <summary>The mandate under which headquarters acts on the client, and the branch for which; null: it may not.</summary>
    public static OnBehalf? ActsUnder(ClientPlace client, OrganisationTree tree, int day) =>
        MandatesOf(client, tree, day).FirstOrDefault(m => Opens(m, day)) is { } mandate ? new(tree.Outlets[client.Outlet].Branch, mandate.Id) : null;

    /// <summary>
    /// Can anybody act on the client's desk? The gate asks before it raises a prompt. Managers act on every desk of their subtree, so
    /// also on that of an advisor who is on leave without a stand-in.
    /// </summary>
    public static bool AnyoneMayAct(ClientPlace client, OrganisationTree tree, int day) => client.Desk.Kind switch
    {
        DeskKind.Advisor => tree.Advisors.ContainsKey(client.Desk.Owner),
        DeskKind.Outlet => tree.Outlets.ContainsKey(client.Desk.Owner),
        DeskKind.Hq => ActsUnder(client, tree, day) is not null,
        _ => false,
    };

    /// <summary>Does an active advisor of the desk hold the licence? Headquarters is not asked for one.</summary>
    public static bool HoldsLicence(DeskId desk, string licence, OrganisationTree tree) => desk.Kind switch
    {
        DeskKind.Advisor => tree.Advisors.TryGetValue(desk.Owner, out var advisor)
            && (advisor.Status == AdvisorStatus.Active ? advisor : ActiveStandIn(advisor, tree)) is { } acting
            && acting.Licences.Contains(licence),
        DeskKind.Outlet => tree.Outlets.TryGetValue(desk.Owner, out var outlet)
            && outlet.Advisors.Any(a => a.Status == AdvisorStatus.Active && a.Licences.Contains(licence)),
        _ => desk.Kind == DeskKind.Hq,
    };

    /// <summary>Is the outlet in the subtree of this manager?</summary>
    public static bool Manages(Principal who, string outlet, OrganisationTree tree) => who switch
    {
        { Role: Role.OutletManager, Node: { } node } => tree.Outlets.ContainsKey(outlet) && node == "outlet:" + outlet,
        { Role: Role.BranchManager, Node: { } node } => tree.Outlets.TryGetValue(outlet, out var found) && node == "branch:" + found.Branch,
        _ => false,
    };

    private static bool IsSelf(Principal who, Advisor advisor) =>
        who.Role == Role.Advisor && who.Sub == advisor.Id && advisor.Status != AdvisorStatus.Left;

    private static bool IsStandIn(Principal who, Advisor advisor, OrganisationTree tree) =>
        who.Role == Role.Advisor && ActiveStandIn(advisor, tree)?.Id == who.Sub;

    /// <summary>One level: a stand-in who is away himself has none.</summary>
    private static Advisor? ActiveStandIn(Advisor advisor, OrganisationTree tree) =>
        advisor is { Status: AdvisorStatus.Leave, StandIn: { } id } && tree.Advisors.TryGetValue(id, out var standIn) && standIn.Status == AdvisorStatus.Active
            ? standIn
            : null;

    private static bool IsActiveThere(Principal who, string outlet, OrganisationTree tree) =>
        who.Role == Role.Advisor && tree.Advisors.TryGetValue(who.Sub, out var advisor) && advisor.Outlet == outlet && advisor.Status == AdvisorStatus.Active;

    private static bool Opens(Mandate mandate, int day) => mandate.Live(day) && mandate.Channels.Contains(DeskChannel);
}
