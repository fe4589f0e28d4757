namespace Engagement.Domain.Tests;

/// <summary>Data by others that lies beside the repository and is never part of it.</summary>
internal static class SharedData
{
    /// <returns>The path, or null where the data is not there: the test has nothing to say then.</returns>
    public static string? Find(string path)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Engagement.sln")))
            {
                var found = Path.Combine(folder.FullName, "..", "shared", "data", path);
                return File.Exists(found) ? found : null;
            }
        }

        return null;
    }
}

/// <summary>A fact that needs data from beside the repository; without it, it counts as skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SharedDataFactAttribute : FactAttribute
{
    public SharedDataFactAttribute(string path)
    {
        DataPath = path;
        if (SharedData.Find(path) is null)
        {
            Skip = $"../shared/data/{path} is not here.";
        }
    }

    public string DataPath { get; }
}
