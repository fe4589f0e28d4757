using Engagement.Domain.Campaigns;
using Engagement.Domain.Documents;
using Engagement.Domain.Organisation;
using Engagement.Engage.Demo;

namespace Engagement.Engage.Tests.Demo;

public sealed class DocumentsTests
{
    [Fact]
    public void Organisation_AsPublished_HasThreeBranchesTwelveOutletsSixtyAdvisors()
    {
        Assert.True(OrganisationDocument.TryRead(DemoOrganisation.Default.ToYaml(2026), DocumentFormat.Yaml, 1, out var tree, out var problems), string.Join('\n', problems));

        Assert.Equal((3, 12, 60), (tree.Branches.Length, tree.Outlets.Count, tree.Advisors.Count));
        Assert.All(tree.Branches, b => Assert.Contains(b.Mandates, m => m.Scope == MandateScope.Tail));
    }

    [Fact]
    public void Organisation_Capacity_IsEnoughForMostAndTooLittleForSome()
    {
        var advised = DemoClients.Default.All.Where(c => c.AssetsFen >= 50_000_000).CountBy(c => c.Home).ToArray();

        Assert.Contains(advised, o => o.Value > o.Key.Capacity * DemoOrganisation.AdvisorsPerOutlet);
        Assert.InRange(advised.Sum(o => o.Value), 2_000, DemoOrganisation.Default.Outlets.Sum(o => o.Capacity * DemoOrganisation.AdvisorsPerOutlet));
    }

    [Fact]
    public void Catalogue_Embedded_IsWithoutProblemsAndNamedInBothLanguages()
    {
        Assert.True(CatalogueDocument.TryRead(Resource.Text("Demo.catalogue.yaml"), DocumentFormat.Yaml, 1, out var catalogue, out var problems), string.Join('\n', problems));

        Assert.InRange(catalogue.Segments.Length, 12, 20);
        Assert.InRange(catalogue.Campaigns.Length, 6, 12);
        Assert.All(catalogue.Segments.Select(s => s.Name).Concat(catalogue.Campaigns.Select(c => c.Name)), n => Assert.NotEqual(n.Zh, n.En));
        Assert.All(catalogue.Campaigns, c => Assert.NotEqual(c.MessageZh.Source, c.MessageEn.Source));
    }

    [Fact]
    public void People_Advisors_ServeClientsOfTheFirstSlice()
    {
        var first = DemoClients.Default.All.Take(DemoClients.Default.FirstSlice).Where(c => c.AssetsFen >= 50_000_000);
        var advisors = DemoPeople.All.Where(p => p.Role == "advisor").ToArray();

        Assert.Equal(3, advisors.Length);
        Assert.All(advisors, a => Assert.True(first.Count(c => $"outlet:{c.Outlet}" == a.Node) > 100));
    }
}
