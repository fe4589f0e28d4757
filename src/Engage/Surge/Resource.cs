namespace Engagement.Engage.Surge;

/// <summary>The files that are built into the assembly.</summary>
internal static class Resource
{
    public static string Text(string name)
    {
        using var stream = typeof(Resource).Assembly.GetManifestResourceStream($"{typeof(Resource).Namespace}.{name}")
            ?? throw new InvalidOperationException($"{name} is not an embedded resource.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
