using System.Text.Json.Nodes;
using Engagement.Faults.Tests.Model;

namespace Engagement.Faults.Tests;

/// <summary><c>engage replay</c> as a command: what it prints, and its exit codes.</summary>
public sealed class ReplayTests
{
    private static readonly long Now = ShanghaiTime.Parse("2026-03-02T02:00:00Z");

    [Fact]
    public async Task Replay_OfARunningAKilledAndAChangedEngine_SaysWhatItFinds()
    {
        await using var engine = await Engine.StartAsync(Now);
        var data = new JsonObject { ["outlet"] = "o-1", ["channel"] = "online", ["name"] = "张三" };
        await new Player(engine).PlayAsync(new SendBatch([.. Enumerable.Range(0, 50).Select(i => new SentEvent("core", $"e-{i}", "account.opened", $"c-{i % 20}", Now, ShanghaiTime.Text(Now), data))]));

        var (code, text) = await engine.ReplayAsync();
        Assert.Equal(0, code);
        Assert.StartsWith("No difference: 20 clients, 50 records", text, StringComparison.Ordinal);
        (code, text) = await engine.ReplayAsync("--client", "c-7");
        Assert.Equal(0, code);
        Assert.StartsWith("No difference: 1 clients", text, StringComparison.Ordinal);

        await engine.KillAsync();
        Assert.Equal(0, (await engine.ReplayAsync()).Code);
        await engine.SqlAsync("update client_place set desk = 'hq' where client = 'c-7'");
        (code, text) = await engine.ReplayAsync();
        Assert.Equal(1, code);
        Assert.Contains("client c-7, ", text, StringComparison.Ordinal);
        Assert.Contains("place: expected outlet o-1 and desk none, found outlet o-1 and desk hq.", text, StringComparison.Ordinal);
        Assert.Equal(1, (await engine.ReplayAsync("--client", "c-7")).Code);
        Assert.Equal(0, (await engine.ReplayAsync("--client", "c-8")).Code);

        foreach (var wrong in (string[][])[["--client", "c-nobody"], ["--client", "no id"], ["--everything"]])
        {
            Assert.Equal((2, ""), await engine.ReplayAsync(wrong));
        }

        engine.Passed();
    }
}
