namespace Engagement.Domain.Organisation;

public enum Role : byte { Advisor, OutletManager, BranchManager, HqAnalyst, HqOperator, HqAdmin, Auditor, Ingest }

/// <summary>Roles as tokens and the command line write them.</summary>
public static class RoleNames
{
    private static readonly (string Name, Role Role)[] Names =
    [
        ("advisor", Role.Advisor),
        ("outlet-manager", Role.OutletManager),
        ("branch-manager", Role.BranchManager),
        ("hq-analyst", Role.HqAnalyst),
        ("hq-operator", Role.HqOperator),
        ("hq-admin", Role.HqAdmin),
        ("auditor", Role.Auditor),
        ("ingest", Role.Ingest),
    ];

    public static IEnumerable<string> All => Names.Select(n => n.Name);

    public static string Name(this Role role) => Names[(int)role].Name;

    public static bool TryParse(string? name, out Role role)
    {
        var place = Array.FindIndex(Names, n => n.Name == name);
        role = place < 0 ? default : Names[place].Role;
        return place >= 0;
    }
}

/// <summary>Who is asking.</summary>
/// <param name="Sub">The person; an advisor's is his advisor id.</param>
/// <param name="Node">Where a manager's subtree begins: <c>branch:ID</c> or <c>outlet:ID</c>; otherwise null.</param>
public sealed record Principal(string Sub, Role Role, string? Node);

/// <summary>What a right over a client depends on.</summary>
/// <param name="HqFor">For what a mandate has him on the desk <c>hq</c>; null elsewhere, and where it is not known: then any of his branch.</param>
public readonly record struct ClientPlace(string Outlet, DeskId Desk, MandateScope? HqFor = null);
