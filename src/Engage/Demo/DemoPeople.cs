using System.Collections.Immutable;

namespace Engagement.Engage.Demo;

internal sealed record PersonName(string Zh, string En);

/// <summary>Someone as whom a visitor may look at the demo.</summary>
/// <param name="Desk">The desk he works on; null: none.</param>
/// <param name="Node">The node of the organisation that he sees.</param>
internal sealed record DemoPerson(string Sub, string Role, PersonName Name, string? Desk, string Node);

internal static class DemoPeople
{
    public static ImmutableArray<DemoPerson> All { get; } = Make(DemoOrganisation.Default);

    // Advisors and the outlet are those of the first slice of clients, so that their desks are never empty.
    private static ImmutableArray<DemoPerson> Make(DemoOrganisation organisation)
    {
        var (branch, outlet) = (organisation.Branches[0], organisation.Outlets[0]);
        return
        [
            .. organisation.Branches.Select(b => Advisor(b.Outlets[0])),
            new("m-outlet", "outlet-manager", new(outlet.Zh + "经理", outlet.En + " manager"), $"outlet:{outlet.Id}", $"outlet:{outlet.Id}"),
            new("m-branch", "branch-manager", new(branch.Zh + "经理", branch.En + " manager"), null, $"branch:{branch.Id}"),
            new("hq-admin", "hq-admin", new("总部运营主管", "Head office administrator"), null, "hq"),
            new("hq-analyst", "hq-analyst", new("总部分析师", "Head office analyst"), null, "hq"),
            new("hq-operator", "hq-operator", new("总部集约坐席", "Central team operator"), "hq", "hq"),
        ];
    }

    private static DemoPerson Advisor(DemoOutlet outlet)
    {
        var advisor = outlet.Advisors[0];
        return new(advisor.Id, "advisor", new($"{advisor.Name}（{outlet.Zh}）", $"{advisor.English} ({outlet.En})"), $"advisor:{advisor.Id}", $"outlet:{outlet.Id}");
    }
}
