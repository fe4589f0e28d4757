using k8s.Models;

namespace Engagement.Kubernetes.Tests;

/// <summary>What the manifests set is a setting, and one that the program takes.</summary>
public sealed class SettingsTests
{
    public static TheoryData<string> Overlays => [.. Overlay.Names];

    [KubectlTheory]
    [MemberData(nameof(Overlays))]
    public async Task Variable_OfEachContainer_IsASetting(string name)
    {
        var overlay = await Overlay.Read(name);
        Assert.All(overlay.Pods().SelectMany(p => p.Spec.Containers), c => Assert.Empty(Settings.Unknown(overlay.Environment(c).Keys)));
    }

    [KubectlTheory]
    [MemberData(nameof(Overlays))]
    public async Task Settings_OfSiloAndGateway_AreTaken(string name)
    {
        var overlay = await Overlay.Read(name);
        Assert.All(overlay.All<V1Deployment>(), d => Assert.Empty(Settings.Refused(d.Metadata.Name, overlay.Environment(d.Spec.Template.Spec.Containers.Single()))));
    }

    [KubectlTheory]
    [MemberData(nameof(Overlays))]
    public async Task Ports_OfTheSilo_AreThoseThatItIsTold(string name)
    {
        var overlay = await Overlay.Read(name);
        var silo = overlay.Named<V1Deployment>("silo").Spec.Template.Spec.Containers.Single();
        var variables = overlay.Environment(silo);
        Assert.Equal(variables["Engagement__SiloPort"], $"{silo.Ports.Single(p => p.Name == "silo").ContainerPort}");
        Assert.Equal(variables["Engagement__GatewayPort"], $"{silo.Ports.Single(p => p.Name == "gateway").ContainerPort}");
    }

    [Fact]
    public void Variable_ThatIsMisspelt_IsFound() =>
        Assert.Equal(["Engagement__Sharts", "Engagement__Auth__Autority"], Settings.Unknown(["Engagement__Shards", "Engagement__Sharts", "Engagement__Auth__Autority", "Engagement__Auth__Audience"]));

    [Theory]
    [InlineData("silo", "Engagement__ProbesMissed", "1")]
    [InlineData("silo", "Engagement__Address", "silo-0")]
    [InlineData("silo", "Engagement__Shards", "5000")]
    [InlineData("gateway", "Engagement__Auth__Authority", "login")]
    public void Setting_OutOfBounds_IsFound(string program, string variable, string value) =>
        Assert.Single(Settings.Refused(program, new Dictionary<string, string> { ["Engagement__Auth__Authority"] = "https://login.example", [variable] = value }));
}
