namespace Engagement.Kubernetes.Tests;

/// <summary>The project as it lies on the disk.</summary>
internal static class Repository
{
    private static readonly string Root = FindRoot();

    public static string In(string relative) => Path.Combine(Root, relative);

    public static string Read(string relative) => File.ReadAllText(In(relative));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Engagement.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("Engagement.sln is in no folder above the tests.");
        }

        return folder.FullName;
    }
}
