namespace Engagement.Faults.Tests;

/// <summary>Files of the repository, and data by others that lie beside it and are never part of it.</summary>
internal static class RepositoryFiles
{
    private static readonly string Root = FindRoot();

    public static string InRepository(string path) => Path.Combine(Root, path);

    /// <returns>The path, or null where the data is not there.</returns>
    public static string? FindShared(string path)
    {
        var found = Path.Combine(Root, "..", "shared", "data", path);
        return File.Exists(found) ? found : null;
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Engagement.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("These tests run inside the repository.");
        }

        return folder.FullName;
    }
}

/// <summary>A fact that needs the market's days, from which the model counts trading days; without them it counts as skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal class ModelFactAttribute : FactAttribute
{
    public ModelFactAttribute()
    {
        if (RepositoryFiles.FindShared(Model.TradingDays.Bars) is null)
        {
            Skip = $"../shared/data/{Model.TradingDays.Bars} is not here.";
        }
    }
}

/// <summary>A fact that takes minutes: it runs with the whole stream, by a command of its own (CONTRIBUTING.md).</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class WholeModelFactAttribute : ModelFactAttribute
{
    public WholeModelFactAttribute()
    {
        if (!Streams.IsWhole)
        {
            Skip = "Runs with ENGAGEMENT_STREAM=whole.";
        }
    }
}
