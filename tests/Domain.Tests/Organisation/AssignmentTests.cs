using CsCheck;
using Engagement.Domain.Organisation;

namespace Engagement.Domain.Tests.Organisation;

public sealed class AssignmentTests
{
    private static readonly OrganisationTree Tree = OrganisationSample.Tree;
    private static readonly int InBoth = OrganisationSample.Day(2026, 3, 1);
    private static readonly int AfterOverflow = OrganisationSample.Day(2026, 7, 1);
    private static readonly int AfterAll = OrganisationSample.Day(2028, 1, 1);

    [Theory]
    [InlineData("hn-001", 500_000_00, null, PlacementKind.NeedsAdvisor, "outlet:hn-001")]
    [InlineData("hn-001", 499_999_99, null, PlacementKind.Outlet, "outlet:hn-001")]
    [InlineData("hn-001", 50_000_00, null, PlacementKind.Outlet, "outlet:hn-001")]
    [InlineData("hn-001", 49_999_99, null, PlacementKind.Hq, "hq")]
    [InlineData("bj-001", 49_999_99, null, PlacementKind.Outlet, "outlet:bj-001")]
    [InlineData("hn-001", 450_000_00, "a-1001", PlacementKind.KeepAdvisor, "advisor:a-1001")]
    [InlineData("hn-001", 449_999_99, "a-1001", PlacementKind.Outlet, "outlet:hn-001")]
    [InlineData("hn-001", 600_000_00, "a-1002", PlacementKind.KeepAdvisor, "advisor:a-1002")]
    [InlineData("hn-001", 600_000_00, "a-2001", PlacementKind.KeepAdvisor, "advisor:a-2001")]
    [InlineData("hn-001", 600_000_00, "a-1003", PlacementKind.NeedsAdvisor, "outlet:hn-001")]
    [InlineData("hn-001", 450_000_00, "a-1003", PlacementKind.Outlet, "outlet:hn-001")]
    [InlineData("hn-001", 600_000_00, "nobody", PlacementKind.NeedsAdvisor, "outlet:hn-001")]
    [InlineData("bj-001", 600_000_00, "a-1001", PlacementKind.KeepAdvisor, "advisor:a-1001")]
    [InlineData("unknown", 600_000_00, "a-1001", PlacementKind.None, "none")]
    public void Place_EachRule_PutsTheClient(string outlet, long assetsFen, string? present, PlacementKind kind, string desk)
    {
        var placement = Assignment.Place(Tree, outlet, assetsFen, present, InBoth);

        Assert.Equal((kind, desk), (placement.Kind, placement.Desk.ToString()));
        Assert.Equal(kind == PlacementKind.Hq ? "m1" : null, placement.Mandate);
        Assert.Equal(kind == PlacementKind.NeedsAdvisor ? Tree.Outlets[outlet].Branch : null, placement.Branch);
    }

    [Fact]
    public void Place_AfterTheMandate_IsTheOutlet() =>
        Assert.Equal(PlacementKind.Outlet, Assignment.Place(Tree, "hn-001", 0, null, AfterAll).Kind);

    [Fact]
    public void WithoutRoom_OverflowMandate_IsHeadquartersWhileItLives()
    {
        Assert.Equal((DeskId.Hq, "m2"), (Assignment.WithoutRoom(Tree, "hn-001", InBoth).Desk, Assignment.WithoutRoom(Tree, "hn-001", InBoth).Mandate));
        Assert.Equal(DeskId.Outlet("hn-001"), Assignment.WithoutRoom(Tree, "hn-001", AfterOverflow).Desk);
        Assert.Equal(DeskId.None, Assignment.WithoutRoom(Tree, "unknown", InBoth).Desk);
    }

    [Fact]
    public void Choose_AnyTree_FillsTheLightestOfTheOutletAndThenTheBranchAndNeverAboveCapacity() =>
        Gen.Select(
            Gen.Select(Gen.Int[0, 3], Gen.Enum<AdvisorStatus>()).List[0, 4],
            Gen.Select(Gen.Int[0, 3], Gen.Enum<AdvisorStatus>()).List[0, 4],
            Gen.Int[0, 20]).Sample((here, there, clients) =>
        {
            var tree = TreeOf(here, there);
            var load = tree.Advisors.Keys.ToDictionary(id => id, _ => 0);
            var roomHere = Room(tree, "o1");
            var room = roomHere + Room(tree, "o2");
            for (var i = 0; i < clients; i++)
            {
                var chosen = AdvisorChoice.Choose(tree, "o1", id => load[id]);
                if (chosen is null)
                {
                    Assert.Equal(room, i);
                    return;
                }

                var advisor = tree.Advisors[chosen];
                Assert.Equal(AdvisorStatus.Active, advisor.Status);
                Assert.True(load[chosen] < advisor.Capacity);
                Assert.Equal(i < roomHere ? "o1" : "o2", advisor.Outlet);
                Assert.DoesNotContain(tree.Outlets[advisor.Outlet].Advisors, other =>
                    other.Status == AdvisorStatus.Active
                    && load[other.Id] < other.Capacity
                    && (load[other.Id], other.Id).CompareTo((load[chosen], chosen)) < 0);
                load[chosen]++;
            }
        });

    [Fact]
    public void Choose_OutletThatNobodyKnows_IsNobody() => Assert.Null(AdvisorChoice.Choose(Tree, "unknown", _ => 0));

    private static OrganisationTree TreeOf(List<(int, AdvisorStatus)> here, List<(int, AdvisorStatus)> there) =>
        new(1, [new("b", new("b", "b"), null, "linked", "share", [], [OutletOf("o1", here), OutletOf("o2", there)])]);

    private static Outlet OutletOf(string id, List<(int Capacity, AdvisorStatus Status)> advisors) => new(
        id, new(id, id), "b", 0, 0, [.. advisors.Select((a, i) => new Advisor($"{id}-{i}", "", id, "b", a.Capacity, a.Status, null, []))]);

    private static int Room(OrganisationTree tree, string outlet) =>
        tree.Outlets[outlet].Advisors.Where(a => a.Status == AdvisorStatus.Active).Sum(a => a.Capacity);
}
