using System.Diagnostics;
using System.Xml.Linq;

namespace Engagement.Architecture.Tests;

/// <summary>The project as it lies on the disk: read as text, so that a rule cannot be bent by what it judges.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>Tracked files, relative to the root. Without git (an unpacked archive) every file that is not built.</summary>
    public static IReadOnlyList<string> Files { get; } = [.. (Directory.Exists(In(".git")) || File.Exists(In(".git")) ? Tracked() : Found()).Where(f => File.Exists(In(f)))];

    public static string In(string relative) => Path.Combine(Root, relative);

    public static string Read(string relative) => File.ReadAllText(In(relative));

    /// <summary>The projects under a folder: name to file.</summary>
    public static IReadOnlyDictionary<string, XElement> Projects(string folder) => Files
        .Where(f => f.StartsWith(folder + "/", StringComparison.Ordinal) && f.EndsWith(".csproj", StringComparison.Ordinal))
        .ToDictionary(f => Path.GetFileNameWithoutExtension(f), f => XElement.Parse(Read(f)));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Engagement.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("Engagement.sln is in no folder above the tests.");
        }

        return folder.FullName;
    }

    private static string[] Tracked()
    {
        using var git = Process.Start(new ProcessStartInfo("git", ["-c", "safe.directory=*", "-c", "core.quotepath=off", "ls-files", "-z"])
        {
            WorkingDirectory = Root,
            RedirectStandardOutput = true,
        })!;
        var listed = git.StandardOutput.ReadToEnd().Split('\0', StringSplitOptions.RemoveEmptyEntries);
        git.WaitForExit();
        return git.ExitCode == 0 && listed.Length > 0 ? listed : throw new InvalidOperationException("git lists no files.");
    }

    private static IEnumerable<string> Found() => Directory
        .EnumerateFiles(Root, "*", SearchOption.AllDirectories)
        .Select(f => Path.GetRelativePath(Root, f).Replace('\\', '/'))
        .Where(f => !f.Split('/').Intersect(["bin", "obj", "node_modules", "data", "TestResults", "dist"]).Any());
}
