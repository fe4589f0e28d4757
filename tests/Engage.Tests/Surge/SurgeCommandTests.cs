using System.Text.Json;
using static Engagement.Engage.Tests.EngageProcess;

namespace Engagement.Engage.Tests.Surge;

/// <summary>The command as it is typed, against a real engine.</summary>
public sealed class SurgeCommandTests(EngageProcess engine) : IClassFixture<EngageProcess>
{
    private const string Short = """
        seconds: 4
        clients: 50
        rates: { account.opened: 50, trade.executed: 200, app.active: 100, cash.moved: 100 }
        changes:
        - { from: 2, seconds: 1, times: 4, types: [trade.executed] }
        """;

    private string Data => Path.Combine(engine.Folder.FullName, "data");

    [Fact]
    public async Task Surge_OfAShortProfile_VerifiesWhatWasAcceptedAndWhatArrived()
    {
        var profile = Path.Combine(engine.Folder.FullName, "short.yaml");
        await File.WriteAllTextAsync(profile, Short);
        // A second run goes on where the first has left prompts on the desks.
        foreach (var run in new[] { 1, 2 })
        {
            var report = Path.Combine(engine.Folder.FullName, $"report-{run}.json");
            var (code, output, error) = await Run("surge", "--profile", profile, "--url", engine.Address.ToString(), "--data", Data, "--report", report);
            Assert.True(code == 0, error + (File.Exists(report) ? await File.ReadAllTextAsync(report) : ""));
            Assert.Equal(("", ""), (output, error));
            var result = JsonDocument.Parse(await File.ReadAllTextAsync(report)).RootElement;
            var intended = result.GetProperty("intended").GetInt64();
            // 450 a second, and in one of them 600 more.
            Assert.InRange(intended, 2_390, 2_400);
            Assert.Equal(intended, Sum(result, "accepted", "busy"));
            Assert.True(result.GetProperty("verified").GetBoolean());
            Assert.True(result.GetProperty("logged").GetInt64() >= result.GetProperty("accepted").GetInt64());
            var prompts = result.GetProperty("prompts");
            Assert.True(prompts.GetProperty("expected").GetInt32() > 0);
            Assert.Equal(prompts.GetProperty("expected").GetInt32(), prompts.GetProperty("arrived").GetInt32());
            Assert.Equal(prompts.GetProperty("arrived").GetInt64(), result.GetProperty("eventToScreen").GetProperty("count").GetInt64());
            Assert.Equal(4, result.GetProperty("seconds").GetArrayLength());
            Assert.InRange(result.GetProperty("seconds")[2].GetProperty("intended").GetInt64() - result.GetProperty("seconds")[1].GetProperty("intended").GetInt64(), 595, 605);
        }
    }

    [Theory]
    [InlineData("http://engine.example", "engage: --url: engine.example is not this machine; --host engine.example says that it is meant.\n")]
    [InlineData("http://127.0.0.1:1", "engage: --watch-token-file is missing (or --data, for an embedded engine).\n")]
    public async Task Surge_AskedForWhatCannotBe_SaysSoInOneLine(string url, string said) =>
        Assert.Equal((2, "", said), await Run("surge", "--profile", "surge", "--url", url));

    [Fact]
    public async Task Surge_OnAnEngineWithACatalogueOfItsOwn_IsRefused()
    {
        var other = new EngageProcess();
        await other.InitializeAsync();
        try
        {
            await other.Publish("catalogue", "tiers:\n  default: [ { id: all, from: 0 } ]\n");
            var data = Path.Combine(other.Folder.FullName, "data");
            var (code, _, error) = await Run("surge", "--profile", "surge", "--url", other.Address.ToString(), "--data", data);
            Assert.Equal((2, "engage: --url: the engine has a catalogue of its own; surge runs on an empty one.\n"), (code, error));
        }
        finally
        {
            await other.DisposeAsync();
        }
    }

    private static long Sum(JsonElement report, params string[] names) => names.Sum(n => report.GetProperty(n).GetInt64());
}
