using k8s.Models;

namespace Engagement.Kubernetes.Tests;

/// <summary>What selects pods meets some, and what names ports names theirs.</summary>
public sealed class SelectionTests
{
    public static TheoryData<string> Overlays => [.. Overlay.Names];

    [KubectlTheory]
    [MemberData(nameof(Overlays))]
    public async Task Selector_OfEachObject_MeetsOneWorkload(string name)
    {
        var overlay = await Overlay.Read(name);
        var selectors = overlay.All<V1Deployment>().Select(d => d.Spec.Selector.MatchLabels)
            .Concat(overlay.All<V1Service>().Select(s => s.Spec.Selector))
            .Concat(overlay.All<V1PodDisruptionBudget>().Select(b => b.Spec.Selector.MatchLabels))
            .Concat(overlay.Pods().SelectMany(p => p.Spec.TopologySpreadConstraints ?? []).Select(t => t.LabelSelector.MatchLabels));
        Assert.All(selectors, s => Assert.Single(Met(overlay, s)));
    }

    [KubectlTheory]
    [MemberData(nameof(Overlays))]
    public async Task SiloAndGateway_InEveryOverlay_AreSpreadAndHaveABudget(string name)
    {
        var overlay = await Overlay.Read(name);
        Assert.Equal(["gateway", "silo"], overlay.All<V1PodDisruptionBudget>().Select(b => b.Metadata.Name).Order());
        Assert.All(overlay.All<V1Deployment>(), d => Assert.Equal(
            ["kubernetes.io/hostname", "topology.kubernetes.io/zone"], d.Spec.Template.Spec.TopologySpreadConstraints.Select(t => t.TopologyKey)));
    }

    [KubectlTheory]
    [MemberData(nameof(Overlays))]
    public async Task Network_ByDefault_IsClosed(string name)
    {
        var closed = (await Overlay.Read(name)).Named<V1NetworkPolicy>("nobody").Spec;
        Assert.Null(closed.PodSelector.MatchLabels);
        Assert.Equal(["Ingress", "Egress"], closed.PolicyTypes);
        Assert.True(closed.Ingress is null or [] && closed.Egress is null or []);
    }

    [KubectlTheory]
    [MemberData(nameof(Overlays))]
    public async Task Network_BetweenOurPods_IsOpenAtBothEndsOnPortsThatListen(string name)
    {
        var overlay = await Overlay.Read(name);
        var policies = overlay.All<V1NetworkPolicy>().ToList();
        foreach (var (from, to, port) in ((string, string, string)[])[("silo", "silo", "silo"), ("gateway", "silo", "gateway")])
        {
            var number = overlay.Named<V1Deployment>(to).Spec.Template.Spec.Containers.Single().Ports.Single(p => p.Name == port).ContainerPort;
            var leaves = policies.Single(p => p.Metadata.Name == from).Spec.Egress.Where(e => e.To is not null && Names(e.To, to));
            var enters = policies.Single(p => p.Metadata.Name == to).Spec.Ingress.Where(i => i.FromProperty is not null && Names(i.FromProperty, from));
            Assert.Equal($"{number}", leaves.Single().Ports.Single().Port.Value);
            Assert.Equal($"{number}", enters.Single().Ports.Single().Port.Value);
        }
    }

    private static bool Names(IList<V1NetworkPolicyPeer> peers, string workload) =>
        peers.Any(p => p.PodSelector?.MatchLabels?.Contains(new("app.kubernetes.io/name", workload)) == true);

    private static IEnumerable<string> Met(Overlay overlay, IDictionary<string, string> selector) =>
        overlay.Pods().Where(p => selector.Count > 0 && selector.All(p.Labels.Contains)).Select(p => p.Name);
}
