using k8s.Models;

namespace Engagement.Kubernetes.Tests;

/// <summary>What an overlay sends to a cluster.</summary>
internal sealed class Overlay
{
    /// <summary>The host waits this long for what is on its way when it is asked to stop (ASP.NET Core's default).</summary>
    public static readonly TimeSpan HostStopsWithin = TimeSpan.FromSeconds(30);

    private readonly IReadOnlyList<object> objects;

    private Overlay(IReadOnlyList<object> objects) => this.objects = objects;

    public static IReadOnlyList<string> Names { get; } = ["small", "production"];

    public static async Task<Overlay> Read(string name) => new(Validators.Objects(await Kubectl.Build(name)));

    public IEnumerable<T> All<T>() => objects.OfType<T>();

    public T Named<T>(string name)
        where T : k8s.IKubernetesObject<V1ObjectMeta> => All<T>().Single(o => o.Metadata.Name == name);

    /// <summary>What runs: name, labels and specification of the pods of each workload.</summary>
    public IEnumerable<(string Name, IDictionary<string, string> Labels, V1PodSpec Spec)> Pods() =>
        All<V1Deployment>().Select(d => (d.Metadata.Name, d.Spec.Template.Metadata.Labels, d.Spec.Template.Spec))
            .Concat(All<V1Job>().Select(j => (j.Metadata.Name, j.Spec.Template.Metadata.Labels, j.Spec.Template.Spec)));

    /// <summary>A container's environment: maps first, as Kubernetes does it. What only a running cluster knows is a stand-in.</summary>
    public IReadOnlyDictionary<string, string> Environment(V1Container container)
    {
        Dictionary<string, string> variables = [];
        foreach (var from in container.EnvFrom ?? [])
        {
            foreach (var (name, value) in Named<V1ConfigMap>(from.ConfigMapRef.Name).Data)
            {
                variables[name] = value;
            }
        }

        foreach (var variable in container.Env ?? [])
        {
            variables[variable.Name] = variable.Value ?? variable.ValueFrom.FieldRef?.FieldPath switch
            {
                "status.podIP" => "10.1.2.3",
                "metadata.name" => "silo-5d8f-x2x",
                _ => $"secret {variable.ValueFrom.SecretKeyRef?.Name}",
            };
        }

        return variables;
    }
}
