using System.Collections.Concurrent;

namespace Engagement.Kubernetes.Tests;

/// <summary>Builds overlays as <c>kubectl apply -k</c> would send them.</summary>
internal static class Kubectl
{
    private static readonly ConcurrentDictionary<string, Task<string>> Built = new();

    /// <summary>Why tests on the built manifests are skipped; null where they run.</summary>
    public static string? Missing { get; } =
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "kubectl")))
            ? null
            : "kubectl is not here.";

    public static Task<string> Build(string overlay) => Built.GetOrAdd(overlay, async name =>
    {
        var (code, output, error) = await Tool.Run("kubectl", ["kustomize", Repository.In($"k8s/overlays/{name}")], "");
        Assert.True(code == 0, error);
        return output;
    });
}
