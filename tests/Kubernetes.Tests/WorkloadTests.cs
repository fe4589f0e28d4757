using k8s.Models;

namespace Engagement.Kubernetes.Tests;

/// <summary>What every pod keeps to: rights, resources, probes, and how it stops.</summary>
public sealed class WorkloadTests
{
    public static TheoryData<string> Overlays => [.. Overlay.Names];

    [KubectlTheory]
    [MemberData(nameof(Overlays))]
    public async Task Pod_OfEveryWorkload_RunsWithoutRights(string name)
    {
        var pods = (await Overlay.Read(name)).Pods().ToList();
        Assert.Equal(["gateway", "migrate", "silo"], pods.Select(p => p.Name).Order());
        Assert.All(pods, pod =>
        {
            Assert.True(pod.Spec.SecurityContext.RunAsNonRoot);
            Assert.True(pod.Spec.SecurityContext.RunAsUser > 0);
            Assert.Equal("RuntimeDefault", pod.Spec.SecurityContext.SeccompProfile.Type);
            Assert.False(pod.Spec.AutomountServiceAccountToken);
            Assert.All(pod.Spec.Containers, container =>
            {
                Assert.True(container.SecurityContext.ReadOnlyRootFilesystem);
                Assert.False(container.SecurityContext.AllowPrivilegeEscalation);
                Assert.Equal(["ALL"], container.SecurityContext.Capabilities.Drop);
                Assert.Equal(container.Resources.Requests["memory"], container.Resources.Limits["memory"]);
                Assert.True(container.Resources.Requests.ContainsKey("cpu"));
            });
        });
    }

    [KubectlTheory]
    [MemberData(nameof(Overlays))]
    public async Task Image_OfEveryContainer_NamesAVersionAndNoHost(string name) => Assert.All(
        (await Overlay.Read(name)).Pods().SelectMany(p => p.Spec.Containers),
        c => Assert.Matches("^engagement-(silo|gateway|engage):[0-9][0-9a-z.-]*$", c.Image));

    [KubectlTheory]
    [MemberData(nameof(Overlays))]
    public async Task Database_OfEveryContainer_ComesFromTheSecretThatIsNotHere(string name)
    {
        var overlay = await Overlay.Read(name);
        Assert.Empty(overlay.All<V1Secret>());
        Assert.All(overlay.Pods().SelectMany(p => p.Spec.Containers), c => Assert.Equal(
            ("engagement-database", "connection"),
            c.Env.Where(e => e.Name == "ConnectionStrings__Engagement").Select(e => (e.ValueFrom.SecretKeyRef.Name, e.ValueFrom.SecretKeyRef.Key)).Single()));
    }

    [KubectlTheory]
    [MemberData(nameof(Overlays))]
    public async Task Probes_OfSiloAndGateway_AskTheDatabaseForReadinessOnly(string name)
    {
        foreach (var deployment in (await Overlay.Read(name)).All<V1Deployment>())
        {
            var container = deployment.Spec.Template.Spec.Containers.Single();
            Assert.Equal(
                ("/health/live", "/health/live", "/health/ready"),
                (container.StartupProbe.HttpGet.Path, container.LivenessProbe.HttpGet.Path, container.ReadinessProbe.HttpGet.Path));
            var listens = container.Env.Single(e => e.Name == "ASPNETCORE_URLS").Value;
            Assert.All(
                [container.StartupProbe, container.LivenessProbe, container.ReadinessProbe],
                probe => Assert.EndsWith($":{container.Ports.Single(p => p.Name == probe.HttpGet.Port.Value).ContainerPort}", listens, StringComparison.Ordinal));
        }
    }

    [KubectlTheory]
    [MemberData(nameof(Overlays))]
    public async Task Readiness_OfTheGateway_WaitsLongerThanTheGatewayDoes(string name) =>
        Assert.True((await Overlay.Read(name)).Named<V1Deployment>("gateway").Spec.Template.Spec.Containers.Single().ReadinessProbe.TimeoutSeconds > 5);

    [KubectlTheory]
    [MemberData(nameof(Overlays))]
    public async Task Stop_OfAPod_IsGivenTheTimeThatItTakes(string name) => Assert.All((await Overlay.Read(name)).All<V1Deployment>(), deployment =>
    {
        var pod = deployment.Spec.Template.Spec;
        var pause = pod.Containers.Single().Lifecycle?.PreStop?.Sleep?.Seconds ?? 0;
        Assert.True(pod.TerminationGracePeriodSeconds > pause + Overlay.HostStopsWithin.TotalSeconds, deployment.Metadata.Name);
        Assert.Equal(0, int.Parse(deployment.Spec.Strategy.RollingUpdate.MaxUnavailable.Value));
        // Who is called by a service is called a little longer than he wishes.
        Assert.Equal(deployment.Metadata.Name == "gateway", pause > 0);
    });
}
