namespace Engagement.Kubernetes.Tests;

/// <summary>Needs <c>kubectl</c>, which builds the manifests without asking any cluster.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class KubectlFactAttribute : FactAttribute
{
    public KubectlFactAttribute() => Skip = Kubectl.Missing!;
}

/// <inheritdoc cref="KubectlFactAttribute"/>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class KubectlTheoryAttribute : TheoryAttribute
{
    public KubectlTheoryAttribute() => Skip = Kubectl.Missing!;
}
