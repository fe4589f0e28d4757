using Engagement.Domain.Documents;
using Engagement.Domain.Organisation;

namespace Engagement.Domain.Tests.Organisation;

public sealed class OrganisationDocumentTests
{
    [Fact]
    public void TryRead_ContractsExample_IsIndexed()
    {
        var tree = OrganisationSample.Tree;

        Assert.Equal(3, tree.Version);
        Assert.Equal(["hn", "bj"], tree.Branches.Select(b => b.Id));
        Assert.Equal(440000, tree.BranchesById["hn"].Province);
        Assert.Equal("South China", tree.BranchesById["hn"].Name.En);
        Assert.Equal("bj", tree.BranchesById["bj"].Name.Zh);
        Assert.Equal(500_000_00, tree.Outlets["hn-002"].AdvisorFromFen);
        Assert.Equal(300, tree.Advisors["a-1003"].Capacity);
        Assert.Equal("张三", tree.Advisors["a-1001"].Name);
        Assert.Equal(["advice", "fund"], tree.Advisors["a-1001"].Licences.ToArray());
        Assert.Equal(OrganisationSample.Day(2026, 6, 30), tree.BranchesById["hn"].Mandates[1].UntilDay);
        Assert.True(tree.BranchesById["hn"].Mandates[1].Live(-100_000));
    }

    [Fact]
    public void TryRead_ManyErrors_NamesAllWithTheirPlaces()
    {
        const string Text = """
            branches:
            - id: hn
              province: 990000
              mode: joined
              mandates:
              - { id: m1, scope: tail, channels: [desks], from: 2026-02-30, until: 2025-12-31 }
              outlets:
              - id: hn-001
                advisors:
                - { id: a-1, capacity: -1, standin: a-2 }
                - { id: a-1, status: leave, standIn: a-9 }
              - { advisorFrom: 1.234 }
            default: {}
            """;

        Assert.False(OrganisationDocument.TryRead(Text, DocumentFormat.Yaml, 1, out var tree, out var problems));

        Assert.Null(tree);
        Assert.Equal(
            [
                "branches[0].province 3:13 document.value",
                "branches[0].mode 4:9 document.value",
                "branches[0].mandates[0].channels[0] 6:39 document.value",
                "branches[0].mandates[0].from 6:53 document.value",
                "branches[0].outlets[0].advisors[0].capacity 10:28 document.value",
                "branches[0].outlets[0].advisors[0].standin 10:32 document.unknown.field",
                "branches[0].outlets[0].advisors[1].id 11:13 document.duplicate",
                "branches[0].outlets[0].advisors[1].standIn 11:42 organisation.unknown.advisor",
                "branches[0].outlets[1].id 12:5 document.missing",
                "branches[0].outlets[1].advisorFrom 12:20 document.value",
                "default 13:1 document.unknown.field",
            ],
            problems.Select(p => $"{p.Path} {p.Line}:{p.Column} {p.Code}"));
        Assert.Contains("Did you mean standIn?", problems.Single(p => p.Path.EndsWith("standin", StringComparison.Ordinal)).Message, StringComparison.Ordinal);
        Assert.Contains("Did you mean defaults?", problems[^1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TryRead_MandateThatEndsBeforeItBegins_IsRefused()
    {
        const string Json = """{"branches": [{"id": "b", "mandates": [{"id": "m", "scope": "tail", "channels": ["desk"], "from": "2026-02-01", "until": "2026-01-31"}]}]}""";

        Assert.False(OrganisationDocument.TryRead(Json, DocumentFormat.Json, 1, out _, out var problems));
        Assert.Equal(["branches[0].mandates[0].until"], problems.Select(p => p.Path));
    }

    [Fact]
    public void TryRead_SomebodyStandsInForHimself_IsRefused()
    {
        const string Text = "branches: [{id: b, outlets: [{id: o, advisors: [{id: a, status: leave, standIn: a}]}]}]";

        Assert.False(OrganisationDocument.TryRead(Text, DocumentFormat.Yaml, 1, out _, out var problems));
        Assert.Equal(["document.value"], problems.Select(p => p.Code));
    }
}
