using Engagement.Engage.Demo;

namespace Engagement.Engage.Tests.Demo;

public sealed class DemoProgressTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("demo-").FullName;

    private string Path => System.IO.Path.Combine(_folder, "demo.json");

    [Fact]
    public void Progress_Saved_IsReadAgain()
    {
        new DemoProgress(1, 20_000, 300).Save(Path);
        new DemoProgress(2, 20_000, 600).Save(Path);

        Assert.Equal(new DemoProgress(2, 20_000, 600), DemoProgress.Read(Path));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("{\"run\":")]
    public void Progress_MissingOrBroken_IsNone(string? content)
    {
        if (content is not null)
        {
            File.WriteAllText(Path, content);
        }

        Assert.Null(DemoProgress.Read(Path));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
