using static Engagement.Engage.Tests.EngageProcess;

namespace Engagement.Engage.Tests;

/// <summary>What cannot be done as it is typed: one clear line on standard error, exit code 2.</summary>
public sealed class CommandLineTests(EngageProcess engine) : IClassFixture<EngageProcess>
{
    [Theory]
    [InlineData("engage: Unrecognized command or argument 'serf'.\n", "serf")]
    [InlineData("engage: Argument 'sun' not recognized. Must be one of: 'wall' 'manual'\n", "serve", "--clock", "sun")]
    [InlineData("engage: Cannot parse argument 'few' for option '--shards'\n", "serve", "--shards", "few")]
    public async Task Command_WithAWordThatIsNone_SaysSoInOneLine(string said, params string[] command) => Assert.Equal((2, "", said), await Run(command));

    [Fact]
    public async Task Serve_WhereItCannot_SaysSoInOneLine()
    {
        var file = Path.Combine(engine.Folder.FullName, "file");
        await File.WriteAllTextAsync(file, "");
        foreach (var command in (string[][])[["serve", "--bare", "--data", file], ["token", "--role", "auditor", "--data", file]])
        {
            Assert.Equal((2, "", $"engage: --data: {file} is no folder and cannot be made one.\n"), await Run(command));
        }

        var (code, _, error) = await Run("serve", "--bare", "--data", Path.Combine(engine.Folder.FullName, "second"), "--urls", engine.Address.ToString().TrimEnd('/'));
        Assert.Equal(2, code);
        Assert.Equal($"engage: Failed to bind to address {engine.Address.ToString().TrimEnd('/')}: address already in use.\n", error);
    }
}
