using System.Xml.Linq;

namespace Engagement.Architecture.Tests;

public sealed class ReferenceTests
{
    [Theory]
    [InlineData("Domain", "")]
    [InlineData("Contracts", "Domain")]
    [InlineData("Grains", "Contracts")]
    [InlineData("Storage", "Contracts")]
    [InlineData("Silo", "Grains Storage")]
    [InlineData("Gateway", "Contracts Storage")]
    [InlineData("Engage", "Gateway Silo")]
    public void Project_References_AreThoseOfTheLayout(string project, string references) =>
        Assert.Equal(references, string.Join(' ', References(Repository.Projects("src")[project], "ProjectReference").Select(Path.GetFileNameWithoutExtension).Order()));

    [Fact]
    public void Source_Projects_AreAllUnderARule() =>
        Assert.Equal(["Contracts", "Domain", "Engage", "Gateway", "Grains", "Silo", "Storage"], Repository.Projects("src").Keys.Order());

    [Fact]
    public void Domain_OfOrleansAndTheWeb_ReferencesOnlySerialization()
    {
        var domain = Repository.Projects("src")["Domain"];
        Assert.Equal("Microsoft.NET.Sdk", domain.Attribute("Sdk")?.Value);
        Assert.Empty(References(domain, "FrameworkReference"));
        Assert.Equal(
            ["Microsoft.Orleans.CodeGenerator", "Microsoft.Orleans.Serialization"],
            References(domain, "PackageReference").Where(p => p.StartsWith("Microsoft.", StringComparison.Ordinal)).Order());
        Assert.Equal(
            "all",
            domain.Descendants("PackageReference").Single(p => p.Attribute("Include")?.Value == "Microsoft.Orleans.CodeGenerator").Attribute("PrivateAssets")?.Value);
    }

    [Fact]
    public void Source_Projects_ReferenceNoTests()
    {
        var packages = Repository.Projects("src").Values.SelectMany(p => References(p, "PackageReference"));
        Assert.DoesNotContain(packages, p => p.Contains("Test", StringComparison.Ordinal) || p.StartsWith("xunit", StringComparison.Ordinal) || p == "CsCheck");
    }

    [Fact]
    public void Packages_Versions_AreCentral()
    {
        var versioned = Repository.Projects("src").Concat(Repository.Projects("tests"))
            .SelectMany(p => p.Value.Descendants("PackageReference").Where(r => r.Attribute("Version") is not null || r.Attribute("VersionOverride") is not null).Select(_ => p.Key));
        Assert.Empty(versioned);
    }

    private static IEnumerable<string> References(XElement project, string kind) =>
        project.Descendants(kind).Select(r => (r.Attribute("Include")?.Value ?? "").Replace('\\', '/'));
}
