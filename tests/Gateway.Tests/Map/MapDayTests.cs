using System.Text.Json;
using Engagement.Domain;

namespace Engagement.Gateway.Tests.Map;

/// <summary>A day of the map, with what was usual before it, on an engine of its own whose clock goes on.</summary>
public sealed class MapDayTests : IAsyncLifetime
{
    private readonly Engine engine = new();

    public Task InitializeAsync() => engine.InitializeAsync();

    public Task DisposeAsync() => engine.DisposeAsync();

    [Fact]
    public async Task Day_WithItsPast_ShowsSurgesFlowsAndANewDay()
    {
        await engine.Publish("catalogue", """
            segments: [ { id: poor, when: 'client.assets < 100.0' }, { id: rich, when: 'client.assets >= 100.0' } ]
            """);
        // 2 March 2026 is a Monday. On the trading days before it an event at this minute, and on one of them nine.
        var now = DateTimeOffset.Parse(Engine.Now, System.Globalization.CultureInfo.InvariantCulture);
        string[] past = [.. Enumerable.Range(1, 45).Select(d => Rfc3339.Format(now.AddDays(-d).ToUnixTimeMilliseconds())).Select(t => engine.Event("c-1", "app.active", "{}", t))];
        await engine.Accept([engine.Event("c-1", "account.opened", """{"outlet":"hn-001","channel":"online"}""", "2026-01-01T02:00:00Z"), .. past]);
        await engine.Accept([.. Enumerable.Range(0, 8).Select(_ => engine.Event("c-1", "app.active", "{}", "2026-02-27T02:00:00Z"))]);
        var usual = await engine.Get("/v1/map/branch:hn/history?minutes=2");
        var minute = Minute(usual);
        Assert.Equal("0 1", $"{minute.GetProperty("measures").GetProperty("events")} {minute.GetProperty("median").GetProperty("events")}");
        Assert.False(minute.TryGetProperty("surges", out _));

        await engine.Accept([.. Enumerable.Range(0, 4).Select(_ => engine.Event("c-1", "app.active", "{}"))]);
        minute = Minute(await engine.Get("/v1/map/branch:hn/history?minutes=2"));
        Assert.Equal(4, minute.GetProperty("measures").GetProperty("events").GetInt64());
        Assert.Equal(["events", "eventsPerSecond"], minute.GetProperty("surges").EnumerateArray().Select(s => s.GetString()));
        var node = await engine.When("/v1/map/hq", n => n.TryGetProperty("surges", out _));
        Assert.Equal("branch:hn", Assert.Single(node.GetProperty("children").EnumerateArray(), c => c.TryGetProperty("surges", out _)).GetProperty("node").GetString());

        await engine.Accept(engine.Event("c-1", "cash.moved", """{"amount":500}"""));
        var flows = await engine.When("/v1/map/outlet:hn-001/flows", f => f.GetProperty("items").GetArrayLength() == 2);
        Assert.Equal(["null poor 1", "poor rich 1"], flows.GetProperty("items").EnumerateArray().Select(f => $"{Text(f, "from")} {Text(f, "to")} {f.GetProperty("clients")}").Order(StringComparer.Ordinal));
        var today = await engine.When("/v1/map/branch:hn", n => n.Of("events") == 5);
        Assert.Equal(500, today.Of("netInflow"));

        using var moved = await engine.Admin.PostAsync("/v1/clock", Engine.Body("""{"now":"2026-03-02T16:00:00Z"}""", "application/json"));
        Assert.True(moved.IsSuccessStatusCode);
        var tomorrow = await engine.When("/v1/map/branch:hn", n => n.Of("events") == 0);
        Assert.Equal((1, 0), (tomorrow.Of("clients"), tomorrow.Of("netInflow")));
        await engine.When("/v1/map/hq/flows", f => f.GetProperty("items").GetArrayLength() == 0);
    }

    [Fact]
    public async Task Prompt_ThatExpires_IsNoLongerOpen()
    {
        await engine.ClientWithPrompt("c-2");
        await engine.When("/v1/map/outlet:hn-001", n => MapReading.IsKnown(n) && n.Of("promptsOpen") == 1);
        using var moved = await engine.Admin.PostAsync("/v1/clock", Engine.Body("""{"now":"2026-03-04T02:00:00Z"}""", "application/json"));
        Assert.True(moved.IsSuccessStatusCode);
        await engine.When("/v1/map/outlet:hn-001", n => n.Of("promptsOpen") == 0);
    }

    [Fact]
    public async Task Right_ThatEnds_EndsTheView()
    {
        await using var screen = await MapScreen.Open(engine, "advisor", "a-2");
        await screen.Watch("advisor:a-2");
        await engine.Publish("organisation", Engine.Organisation.Replace(", { id: a-2, name: 李四 }", "", StringComparison.Ordinal));
        var ended = await screen.Next((name, _) => name == "Ended");
        Assert.Equal("advisor:a-2", ended.GetProperty("node").GetString());
    }

    private static JsonElement Minute(JsonElement history) => history.GetProperty("items").EnumerateArray().Single(m => m.TryGetProperty("partial", out _));

    private static string Text(JsonElement flow, string field) => flow.GetProperty(field).ValueKind == JsonValueKind.Null ? "null" : flow.GetProperty(field).GetString()!;
}
