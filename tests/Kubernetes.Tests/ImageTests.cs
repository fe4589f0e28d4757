using System.Text.RegularExpressions;

namespace Engagement.Kubernetes.Tests;

/// <summary>The images: built on what the builder names, run by the user that the manifests expect.</summary>
public sealed partial class ImageTests
{
    [Theory]
    [InlineData("Silo")]
    [InlineData("Gateway")]
    [InlineData("Engage")]
    public void Dockerfile_OfAProgram_NamesNoImageOfItsOwn(string program)
    {
        var lines = Repository.Read($"src/{program}/Dockerfile").Split('\n');
        var from = lines.Where(l => l.StartsWith("FROM ", StringComparison.Ordinal)).ToList();
        Assert.True(from.Count >= 2, "A program is built in one stage and runs in another.");
        Assert.All(from, l => Assert.Matches(FromArgument(), l));
        Assert.All(from, l => Assert.Contains($"ARG {FromArgument().Match(l).Groups[1].Value}", lines));
        Assert.Equal($"ENTRYPOINT [\"dotnet\", \"Engagement.{program}.dll\"]", lines.Last(l => l.Length > 0));
        Assert.Contains("--locked-mode", string.Join('\n', lines), StringComparison.Ordinal);
    }

    [KubectlTheory]
    [InlineData("Silo")]
    [InlineData("Gateway")]
    [InlineData("Engage")]
    public async Task User_OfAnImage_IsTheOneOfItsPod(string program)
    {
        var image = $"engagement-{program.ToLowerInvariant()}:";
        var pod = (await Overlay.Read("production")).Pods().Single(p => p.Spec.Containers.Any(c => c.Image.StartsWith(image, StringComparison.Ordinal)));
        Assert.Contains($"USER {pod.Spec.SecurityContext.RunAsUser}:{pod.Spec.SecurityContext.RunAsGroup}", Repository.Read($"src/{program}/Dockerfile").Split('\n'));
    }

    [GeneratedRegex(@"^FROM \$\{([A-Z]+_IMAGE)\}( AS [a-z]+)?$")]
    private static partial Regex FromArgument();
}
