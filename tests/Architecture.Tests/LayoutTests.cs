using System.Text.RegularExpressions;

namespace Engagement.Architecture.Tests;

public sealed partial class LayoutTests
{
    [Theory]
    [InlineData("Engagement.sln")]
    [InlineData("README.md")]
    [InlineData("CONTRIBUTING.md")]
    [InlineData("CHANGELOG.md")]
    [InlineData("global.json")]
    [InlineData("Directory.Build.props")]
    [InlineData("Directory.Packages.props")]
    [InlineData(".editorconfig")]
    [InlineData("BannedSymbols.txt")]
    public void Root_File_IsThere(string file) => Assert.Contains(file, Repository.Files);

    [Theory]
    [InlineData("run")]
    [InlineData("test")]
    [InlineData("engage")]
    [InlineData(".ci/run")]
    public void Script_CanBeRun(string file)
    {
        Assert.Contains(file, Repository.Files);
        Assert.StartsWith("#!/usr/bin/env bash\n", Repository.Read(file), StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.True(File.GetUnixFileMode(Repository.In(file)).HasFlag(UnixFileMode.UserExecute), $"{file} is not executable.");
        }
    }

    [Fact]
    public void Ci_CallsTheTests() =>
        Assert.Contains(Repository.Read(".ci/run").Split('\n'), l => l.Trim() is "./test" or "exec ./test");

    [Fact]
    public void Project_HasItsLockFile()
    {
        var without = Repository.Files.Where(f => f.EndsWith(".csproj", StringComparison.Ordinal))
            .Where(f => !Repository.Files.Contains(Path.GetDirectoryName(f)!.Replace('\\', '/') + "/packages.lock.json"));
        Assert.Empty(without);
    }

    [Fact]
    public void Solution_HoldsEveryTestAndSourceProject()
    {
        var solution = Repository.Read("Engagement.sln").Replace('\\', '/');
        var projects = Repository.Files.Where(f => f.EndsWith(".csproj", StringComparison.Ordinal) && f.Split('/')[0] is ("src" or "tests"));
        Assert.All(projects, f => Assert.Contains(f, solution, StringComparison.Ordinal));
    }

    [Fact]
    public void Files_NameNoPathOfOneMachine() => Assert.Empty(Hits(MachinePath(), Repository.Files));

    [Fact]
    public void Files_NameNoRegistryHost() => Assert.Empty(Hits(RegistryHost(), Repository.Files));

    [Fact]
    public void Types_InSource_HaveNamesThatSayWhatTheyAre() =>
        Assert.Empty(Hits(EmptyName(), Repository.Files.Where(f => f.StartsWith("src/", StringComparison.Ordinal) && f.EndsWith(".cs", StringComparison.Ordinal))));

    [Theory]
    [InlineData("see /" + "work/h-x/y", true)]
    [InlineData("\"/" + "tmp/x\"", true)]
    [InlineData("src/" + "work/x", false)]
    [InlineData("/v1/clients", false)]
    public void MachinePath_InText_IsFound(string text, bool found) => Assert.Equal(found, MachinePath().IsMatch(text));

    private static IEnumerable<string> Hits(Regex pattern, IEnumerable<string> files) =>
        from file in files
        let text = Repository.Read(file)
        where !text.Contains('\0', StringComparison.Ordinal)
        from line in text.Split('\n').Index()
        where pattern.IsMatch(line.Item)
        select $"{file}:{line.Index + 1}: {line.Item.Trim()}";

    [GeneratedRegex(@"(?<![\w.~\-}])/(work|tmp|root|home|Users|mnt)/")]
    private static partial Regex MachinePath();

    [GeneratedRegex(@"registry[.]npm|npmjs[.](org|com)|npmmirror[.]com|yarnpkg[.]com|nuget[.]org|pypi[.]org|crates[.]io|art[i]factory|jfrog[.]io|pkgs[.]dev|proxy[.]golang", RegexOptions.IgnoreCase)]
    private static partial Regex RegistryHost();

    [GeneratedRegex(@"\b(class|record|struct|interface|enum)\s+\w*(Manager|Helper|Helpers|Utils|Util|Base|Impl)\b")]
    private static partial Regex EmptyName();
}
