using Engagement.Tests.Ports;
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

    [Theory]
    [InlineData("Engagement__Clock=sun", "engage: Clock: ")]
    [InlineData("Engagement__Now=noon", "engage: Now: ")]
    [InlineData("Engagement__Shards=few", "engage: Engagement:Shards must be 1 to 4096.\n")]
    public async Task Setting_OfTheEnvironment_CountsWhereTheCommandLineHasNone(string setting, string said)
    {
        var (code, _, error) = await RunWith(setting, "serve", "--bare", "--data", Path.Combine(engine.Folder.FullName, "never"), "--urls", $"http://127.0.0.1:{FreePort.Next()}");
        Assert.Equal(2, code);
        Assert.StartsWith(said, error, StringComparison.Ordinal);
        Assert.Equal(error.Length - 1, error.IndexOf('\n', StringComparison.Ordinal));
    }

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
