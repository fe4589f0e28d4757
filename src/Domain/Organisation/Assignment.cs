namespace Engagement.Domain.Organisation;

public enum PlacementKind : byte
{
    /// <summary>The organisation does not name the client's outlet.</summary>
    None,
    KeepAdvisor,

    /// <summary>The branch is asked for a place; until it answers the desk is the outlet's.</summary>
    NeedsAdvisor,
    Outlet,
    Hq,
}

/// <summary>Where the rules put a client.</summary>
/// <param name="Desk">His desk; while a place is asked for, the interim one.</param>
/// <param name="Branch">The branch that is asked; otherwise null.</param>
/// <param name="Mandate">The mandate that puts him at headquarters; otherwise null.</param>
/// <param name="Scope">What a mandate must cover for him to be at headquarters, whether or not one does; null: no mandate concerns him.</param>
public readonly record struct Placement(PlacementKind Kind, DeskId Desk, string? Branch = null, string? Mandate = null, MandateScope? Scope = null);

/// <summary>The rules of assignment (contract, page 3). Rule 1 is split: a branch grants places, everything else is decided here.</summary>
public static class Assignment
{
    /// <param name="outlet">The client's outlet.</param>
    /// <param name="assetsFen">Total assets in fen.</param>
    /// <param name="presentAdvisor">The advisor who holds a place for the client; null or <c>""</c>: nobody.</param>
    /// <param name="day">Asia/Shanghai, for mandates.</param>
    public static Placement Place(OrganisationTree tree, string outlet, long assetsFen, string? presentAdvisor, int day)
    {
        if (!tree.Outlets.TryGetValue(outlet, out var home))
        {
            return new(PlacementKind.None, DeskId.None);
        }

        if (Keeps(tree, home, assetsFen, presentAdvisor))
        {
            return new(PlacementKind.KeepAdvisor, DeskId.Advisor(presentAdvisor!));
        }

        if (assetsFen >= home.AdvisorFromFen)
        {
            return new(PlacementKind.NeedsAdvisor, DeskId.Outlet(outlet), home.Branch);
        }

        return assetsFen < home.IntensiveBelowFen ? Mandated(tree, home, MandateScope.Tail, day) : AtOutlet(home);
    }

    /// <summary>Where a client goes who asked for an advisor when the whole branch has no room: headquarters under an overflow mandate, or his outlet.</summary>
    public static Placement WithoutRoom(OrganisationTree tree, string outlet, int day) =>
        tree.Outlets.TryGetValue(outlet, out var home) ? Mandated(tree, home, MandateScope.Overflow, day) : new(PlacementKind.None, DeskId.None);

    /// <summary>The first live mandate of a scope, in the document's order.</summary>
    public static Mandate? LiveMandate(OrganisationTree tree, string branch, MandateScope scope, int day)
    {
        if (tree.BranchesById.TryGetValue(branch, out var found))
        {
            foreach (var mandate in found.Mandates)
            {
                if (mandate.Scope == scope && mandate.Live(day))
                {
                    return mandate;
                }
            }
        }

        return null;
    }

    /// <summary>Does a live mandate cover clients of the outlet for this?</summary>
    public static bool Covers(OrganisationTree tree, string outlet, MandateScope scope, int day) =>
        tree.Outlets.TryGetValue(outlet, out var home) && LiveMandate(tree, home.Branch, scope, day) is not null;

    /// <summary>The first day after <paramref name="day"/> on which what covers the outlet for this begins or ends to; null: none.</summary>
    public static int? CoverChangesOn(OrganisationTree tree, string outlet, MandateScope scope, int day)
    {
        if (!tree.Outlets.TryGetValue(outlet, out var home) || !tree.BranchesById.TryGetValue(home.Branch, out var branch))
        {
            return null;
        }

        var covered = LiveMandate(tree, home.Branch, scope, day) is not null;
        int? first = null;
        foreach (var mandate in branch.Mandates)
        {
            // An end is one only where no other mandate goes on.
            var at = covered ? mandate.UntilDay + 1 : mandate.FromDay;
            if (mandate.Scope == scope && at > day && (first is null || at < first) && LiveMandate(tree, home.Branch, scope, at) is not null != covered)
            {
                first = at;
            }
        }

        return first;
    }

    /// <summary>
    /// An advisor is kept down to 0.9 of the bound, so that the market does not move clients to and fro, and also by a client
    /// whose outlet is now another: the present one stays unless he has left.
    /// </summary>
    private static bool Keeps(OrganisationTree tree, Outlet home, long assetsFen, string? presentAdvisor) =>
        presentAdvisor is { Length: > 0 }
        && tree.Advisors.TryGetValue(presentAdvisor, out var advisor)
        && advisor.Status != AdvisorStatus.Left
        && (Int128)assetsFen * 10 >= (Int128)home.AdvisorFromFen * 9;

    private static Placement Mandated(OrganisationTree tree, Outlet home, MandateScope scope, int day) =>
        LiveMandate(tree, home.Branch, scope, day) is { } mandate ? new(PlacementKind.Hq, DeskId.Hq, null, mandate.Id, scope) : AtOutlet(home) with { Scope = scope };

    private static Placement AtOutlet(Outlet home) => new(PlacementKind.Outlet, DeskId.Outlet(home.Id));
}
