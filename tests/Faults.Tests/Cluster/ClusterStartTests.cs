namespace Engagement.Faults.Tests.Cluster;

/// <summary>What a silo and a gateway refuse to start with: one clear line, exit code 2.</summary>
public sealed class ClusterStartTests
{
    [Theory]
    [InlineData("Silo", "Production", "Engagement__Clock", "manual", "manual clock")]
    [InlineData("Silo", "Production", "Engagement__ProbeSeconds", "0", "ProbeSeconds")]
    [InlineData("Silo", "Development", "Engagement__LogDays", "7", "LogDays")]
    [InlineData("Silo", "Production", "Engagement__Address", "here", "Address")]
    [InlineData("Silo", "Development", "ConnectionStrings__Engagement", "", "ConnectionStrings:Engagement")]
    [InlineData("Gateway", "Production", "Engagement__Auth__KeyFolder", "key", "KeyFolder")]
    [InlineData("Gateway", "Production", "Engagement__Auth__Audience", "anybody", "Authority")]
    [InlineData("Gateway", "Development", "Engagement__Cluster", "", "Cluster")]
    public async Task Program_WithASettingThatCannotBe_SaysSoAndEndsWithTwo(string program, string environment, string setting, string value, string said)
    {
        var folder = Directory.CreateTempSubdirectory("engage-start-");
        var log = Path.Combine(folder.FullName, "log");
        (string, string)[] settings = [("ConnectionStrings__Engagement", "Host=127.0.0.1;Port=1"), ("DOTNET_ENVIRONMENT", environment), ("ASPNETCORE_ENVIRONMENT", environment), (setting, value)];
        using var process = ClusterProcess.Start(program, log, settings);
        try
        {
            await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        }
        finally
        {
            await process.KillAsync();
        }

        var error = await File.ReadAllTextAsync(log + ".error");
        Assert.True(process.ExitCode == 2, error);
        Assert.Contains(said, Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        folder.Delete(recursive: true);
    }
}
