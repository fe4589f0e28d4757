using System.Collections.Frozen;
using System.Reflection;
using k8s;
using k8s.Models;
using YamlDotNet.Core;

namespace Engagement.Kubernetes.Tests;

/// <summary>Two readers of manifests, neither of which asks a cluster; what one does not see, the other does.</summary>
internal static class Validators
{
    private static readonly FrozenDictionary<string, Type> Kinds = typeof(V1Pod).Assembly.GetTypes()
        .Where(t => t is { IsClass: true, IsAbstract: false } && typeof(IKubernetesObject).IsAssignableFrom(t))
        .Select(t => (Type: t, Entity: t.GetCustomAttribute<KubernetesEntityAttribute>()))
        .Where(t => t.Entity is not null)
        .GroupBy(t => Key(t.Entity!.Group is { Length: > 0 } group ? $"{group}/{t.Entity.ApiVersion}" : t.Entity.ApiVersion, t.Entity.Kind))
        .ToFrozenDictionary(g => g.Key, g => g.First().Type);

    /// <summary>What either finds; empty: the manifests can be.</summary>
    public static async Task<IReadOnlyList<string>> Problems(string yaml)
    {
        var strict = Documents(yaml).Select(d => Load(d).Problem).OfType<string>();
        var (code, output, error) = await Tool.Run("node", [Repository.In("tests/Kubernetes.Tests/schema/check.cjs")], yaml);
        Assert.True(code == 0, error);
        return [.. strict, .. output.Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }

    /// <summary>The objects of manifests that can be.</summary>
    public static IReadOnlyList<IKubernetesObject<V1ObjectMeta>> Objects(string yaml) =>
        [.. Documents(yaml).Select(d => Load(d) is { Problem: null, Loaded: { } loaded } ? loaded : throw new InvalidOperationException($"{Load(d).Problem}\n{d}"))];

    private static IEnumerable<string> Documents(string yaml) => yaml.Split("\n---\n").Where(d => d.Trim().Length > 0);

    /// <summary>Strict: a field that the API has not, a key that stands twice, a version that was removed.</summary>
    private static (IKubernetesObject<V1ObjectMeta>? Loaded, string? Problem) Load(string document)
    {
        try
        {
            var head = KubernetesYaml.Deserialize<KubernetesObject>(document);
            var key = Key(head.ApiVersion, head.Kind);
            return Kinds.TryGetValue(key, out var type)
                ? ((IKubernetesObject<V1ObjectMeta>)KubernetesYaml.LoadAllFromString(document, new Dictionary<string, Type> { [key] = type }, strict: true).Single(), null)
                : (null, $"{key} is no kind of object");
        }
        catch (YamlException e)
        {
            return (null, $"{e.Message} {e.GetBaseException().Message}");
        }
    }

    private static string Key(string version, string kind) => $"{version}/{kind}";
}
