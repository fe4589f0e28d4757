namespace Engagement.Engage;

/// <summary>The files that are built into the assembly, by folder and name: <c>Demo.catalogue.yaml</c>.</summary>
internal static class Resource
{
    public static Stream Open(string name) =>
        typeof(Resource).Assembly.GetManifestResourceStream($"{typeof(Resource).Namespace}.{name}")
        ?? throw new InvalidOperationException($"{name} is not an embedded resource.");

    public static string Text(string name)
    {
        using var reader = new StreamReader(Open(name));
        return reader.ReadToEnd();
    }
}
