using Engagement.Domain.Documents;
using Engagement.Domain.Organisation;

namespace Engagement.Domain.Tests.Organisation;

public sealed class AccessTests
{
    private static readonly OrganisationTree Tree = OrganisationSample.Tree;
    private static readonly int Live = OrganisationSample.Day(2027, 12, 31);
    private static readonly int Ended = OrganisationSample.Day(2028, 1, 1);

    [Theory]
    [InlineData("advisor", "a-1001", null, "advisor:a-1001", true)]
    [InlineData("advisor", "a-1001", null, "advisor:a-1002", true)]
    [InlineData("advisor", "a-1002", null, "advisor:a-1002", true)]
    [InlineData("advisor", "a-1002", null, "advisor:a-1001", false)]
    [InlineData("advisor", "a-1003", null, "advisor:a-1003", false)]
    [InlineData("advisor", "a-1001", null, "outlet:hn-001", true)]
    [InlineData("advisor", "a-1002", null, "outlet:hn-001", false)]
    [InlineData("advisor", "a-2001", null, "outlet:hn-001", false)]
    [InlineData("advisor", "a-1001", null, "hq", false)]
    [InlineData("outlet-manager", "m", "outlet:hn-001", "outlet:hn-001", true)]
    [InlineData("outlet-manager", "m", "outlet:hn-001", "advisor:a-1001", true)]
    [InlineData("outlet-manager", "m", "outlet:hn-001", "advisor:a-2001", false)]
    [InlineData("branch-manager", "m", "branch:hn", "advisor:a-2001", true)]
    [InlineData("branch-manager", "m", "branch:bj", "outlet:hn-001", false)]
    [InlineData("branch-manager", "m", null, "outlet:hn-001", false)]
    [InlineData("outlet-manager", "m", "branch:hn", "outlet:hn-001", false)]
    [InlineData("hq-operator", "o", null, "hq", true)]
    [InlineData("hq-operator", "o", null, "outlet:hn-001", false)]
    [InlineData("hq-admin", "o", null, "outlet:hn-001", false)]
    [InlineData("hq-analyst", "o", null, "hq", false)]
    [InlineData("auditor", "o", null, "outlet:hn-001", false)]
    [InlineData("ingest", "o", null, "outlet:hn-001", false)]
    [InlineData("branch-manager", "m", "branch:hn", "none", false)]
    public void MayActOnDesk_ByRelation(string role, string sub, string? node, string desk, bool expected) =>
        Assert.Equal(expected, Access.MayActOnDesk(Who(role, sub, node), DeskId.Parse(desk), Tree, Live));

    [Fact]
    public void Auditor_ReadsEverythingAndChangesNothing()
    {
        var auditor = Who("auditor", "x", null);
        foreach (var desk in new[] { "hq", "none", "outlet:hn-001", "advisor:a-1001" }.Select(DeskId.Parse))
        {
            Assert.True(Access.MayReadDesk(auditor, desk, Tree, Live));
            Assert.True(Access.MayReadClient(auditor, new("hn-001", desk), Tree, Live));
            Assert.False(Access.MayActOnClient(auditor, new("hn-001", desk), null, Tree, Live));
        }
    }

    [Fact]
    public void Operator_ClientOfALiveMandate_EndsWithTheMandate()
    {
        var who = Who("hq-operator", "o", null);
        var client = new ClientPlace("hn-001", DeskId.Hq, MandateScope.Tail);

        Assert.True(Access.MayReadClient(who, client, Tree, Live));
        Assert.True(Access.MayActOnClient(who, client, null, Tree, Live));
        Assert.Equal(new("hn", "m1"), Access.ActsUnder(client, Tree, Live));
        Assert.False(Access.MayReadClient(who, client, Tree, Ended));
        Assert.False(Access.MayActOnClient(who, client, null, Tree, Ended));
        Assert.False(Access.MayReadClient(who, new("hn-001", DeskId.Outlet("hn-001")), Tree, Live));
        Assert.False(Access.MayReadClient(who, new("bj-001", DeskId.Hq), Tree, Live));
    }

    [Fact]
    public void Operator_MandateWithoutTheDesk_ReadsAndDoesNotAct()
    {
        var who = Who("hq-operator", "o", null);
        var client = new ClientPlace("hn-001", DeskId.Hq, MandateScope.Overflow);
        var day = OrganisationSample.Day(2026, 6, 30);

        Assert.True(Access.MayReadClient(who, client, Tree, day));
        Assert.False(Access.MayActOnClient(who, client, null, Tree, day));
        Assert.False(Access.AnyoneMayAct(client, Tree, day));
    }

    [Fact]
    public void StandIn_OfferWithALicence_NeedsItHimself()
    {
        var client = new ClientPlace("hn-001", DeskId.Advisor("a-1002"));
        var standIn = Who("advisor", "a-1001", null);

        Assert.True(Access.MayActOnClient(standIn, client, "fund", Tree, Live));
        Assert.False(Access.MayActOnClient(standIn, client, "futures", Tree, Live));
        Assert.True(Access.HoldsLicence(client.Desk, "fund", Tree));
        Assert.False(Access.HoldsLicence(DeskId.Outlet("hn-002"), "advice", Tree));
        Assert.True(Access.HoldsLicence(DeskId.Hq, "advice", Tree));
    }

    [Fact]
    public void Leave_WithoutAStandIn_LeavesTheDeskToTheManagers()
    {
        const string Text = "branches: [{id: b, outlets: [{id: o, advisors: [{id: a, status: leave, licences: [fund]}]}]}]";
        Assert.True(OrganisationDocument.TryRead(Text, DocumentFormat.Yaml, 1, out var tree, out _));
        var client = new ClientPlace("o", DeskId.Advisor("a"));

        Assert.True(Access.MayActOnClient(Who("outlet-manager", "m", "outlet:o"), client, "fund", tree!, Live));
        Assert.True(Access.AnyoneMayAct(client, tree!, Live));
        Assert.False(Access.HoldsLicence(client.Desk, "fund", tree!));
    }

    [Fact]
    public void Managers_ClientOfTheirSubtreeOnAnyDesk_MayRead()
    {
        var atHq = new ClientPlace("hn-001", DeskId.Hq, MandateScope.Tail);

        Assert.True(Access.MayReadClient(Who("branch-manager", "m", "branch:hn"), atHq, Tree, Live));
        Assert.True(Access.MayReadClient(Who("outlet-manager", "m", "outlet:hn-001"), atHq, Tree, Live));
        Assert.False(Access.MayReadClient(Who("outlet-manager", "m", "outlet:hn-002"), atHq, Tree, Live));
        Assert.False(Access.MayActOnClient(Who("branch-manager", "m", "branch:hn"), atHq, null, Tree, Live));
        Assert.False(Access.MayReadClient(Who("hq-admin", "x", null), atHq, Tree, Live));
    }

    [Theory]
    [InlineData("hq-analyst", null, "hq", true)]
    [InlineData("branch-manager", "branch:hn", "hq", false)]
    [InlineData("branch-manager", "branch:hn", "branch:hn", true)]
    [InlineData("branch-manager", "branch:hn", "advisor:a-2001", true)]
    [InlineData("outlet-manager", "outlet:hn-001", "branch:hn", false)]
    [InlineData("outlet-manager", "outlet:hn-001", "outlet:hn-001", true)]
    [InlineData("ingest", null, "hq", false)]
    public void Totals_ByRole_OwnSubtreeOrHeadquarters(string role, string? node, string asked, bool expected) =>
        Assert.Equal(expected, RoleRights.MayReadTotals(Who(role, "s", node), asked, Tree));

    [Fact]
    public void RoleNames_AllRoles_RoundTrip()
    {
        foreach (var role in Enum.GetValues<Role>())
        {
            Assert.True(RoleNames.TryParse(role.Name(), out var parsed));
            Assert.Equal(role, parsed);
        }

        Assert.False(RoleNames.TryParse("root", out _));
    }

    private static Principal Who(string role, string sub, string? node) =>
        RoleNames.TryParse(role, out var parsed) ? new(sub, parsed, node) : throw new ArgumentException(role);
}
