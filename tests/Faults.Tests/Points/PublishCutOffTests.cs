using System.Diagnostics;
using System.Text.Json.Nodes;
using Engagement.Faults.Tests.Model;

namespace Engagement.Faults.Tests.Points;

/// <summary>A publish that a crash cut off completes itself, also where nobody repeats it.</summary>
public sealed class PublishCutOffTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Publish_KilledBeforeTheBranchesKnow_StillGivesTheFreePlaceAway()
    {
        await using var engine = await Engine.StartAsync(Script.Start);
        var player = new FaultPlayer(engine);
        await player.PublishAsync("/v1/organisation", WithRoomFor(1));
        await player.PlayAsync(new SendBatch([Event("c-first", 1), Event("c-second", 2)]));
        await player.SettleAsync();
        engine.Arm("document.announcing", 1);

        await Assert.ThrowsAsync<HttpRequestException>(() => player.PublishAsync("/v1/organisation", WithRoomFor(2)));
        Assert.Equal(Engine.Killed, await engine.ExitCodeAsync());
        await engine.RestartAsync();

        var reader = new Reader(engine);
        var since = Stopwatch.StartNew();
        List<string?> desks;
        do
        {
            desks = [(string?)(await reader.GetAsync("/v1/clients/c-first"))["desk"], (string?)(await reader.GetAsync("/v1/clients/c-second"))["desk"]];
        }
        while (desks.Exists(desk => desk != "advisor:a-1") && since.Elapsed < Patience);
        Assert.Equal(["advisor:a-1", "advisor:a-1"], desks);
        engine.Passed();
    }

    private static SentEvent Event(string client, int number) => new(
        "core", $"e-{number}", "account.opened", client, Script.Start, ShanghaiTime.Text(Script.Start), JsonNode.Parse("""{"outlet":"o","channel":"online"}""")!.AsObject());

    private static JsonObject WithRoomFor(int capacity) => JsonNode.Parse(
        $$"""{"branches":[{"id":"b","outlets":[{"id":"o","advisorFrom":0,"advisors":[{"id":"a-1","name":"a","capacity":{{capacity}}}]}]}]}""")!.AsObject();
}
