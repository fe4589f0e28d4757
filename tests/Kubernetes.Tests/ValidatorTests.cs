namespace Engagement.Kubernetes.Tests;

/// <summary>The validators take what is shipped, and see what is planted.</summary>
public sealed class ValidatorTests
{
    public static TheoryData<string> Overlays => [.. Overlay.Names];

    [KubectlTheory]
    [MemberData(nameof(Overlays))]
    public async Task Overlay_AsItIs_HasNoProblem(string overlay) => Assert.Empty(await Validators.Problems(await Kubectl.Build(overlay)));

    [KubectlTheory]
    [InlineData("readinessProbe:", "readynessProbe:")]
    [InlineData("  replicas: 2\n", "  replicas: two\n")]
    [InlineData("  replicas: 2\n", "  replicas: 2\n  replicas: 3\n")]
    [InlineData("apiVersion: policy/v1\n", "apiVersion: policy/v1beta1\n")]
    [InlineData("kind: Deployment\n", "kind: Deploymint\n")]
    [InlineData("  backoffLimit: 10\n", "  backOffLimit: 10\n")]
    [InlineData("        - containerPort: 8080\n          name: http\n", "        - name: http\n")]
    [InlineData("            port: health\n", "")]
    [InlineData("  maxUnavailable: 1\n  selector:\n    matchLabels:\n", "  maxUnavailable: 1\n  selector:\n    matchLabel:\n")]
    [InlineData("        seccompProfile:\n          type: RuntimeDefault\n", "        seccompProfile: {}\n")]
    public async Task Manifest_WithAPlantedFault_IsRefused(string text, string planted)
    {
        var whole = await Kubectl.Build("small");
        var at = whole.IndexOf(text, StringComparison.Ordinal);
        Assert.True(at >= 0, $"The manifests do not hold:\n{text}");
        Assert.NotEmpty(await Validators.Problems(string.Concat(whole.AsSpan(0, at), planted, whole.AsSpan(at + text.Length))));
    }
}
