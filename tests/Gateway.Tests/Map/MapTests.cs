using System.Text.Json;

namespace Engagement.Gateway.Tests.Map;

/// <summary>The live map, each test on an engine of its own: what others sent would still be on its way to the map.</summary>
public sealed class MapTests : IAsyncLifetime
{
    private readonly Engine engine = new();

    private static readonly string[] Summed =
        ["clients", "events", "promptsOpen", "promptsRaised", "accepted", "conversions", "accountsOpened", "netInflow", "contracts", "signedAssets"];

    public Task InitializeAsync() => engine.InitializeAsync();

    public Task DisposeAsync() => engine.DisposeAsync();

    [Fact]
    public async Task Node_AfterEventsOfAClient_HasThemInEveryNodeAboveHim()
    {
        string[] nodes = ["outlet:sh-001", "branch:sh", "hq"];
        List<JsonElement> before = [];
        foreach (var node in nodes)
        {
            before.Add(await engine.When($"/v1/map/{node}", MapReading.IsKnown));
        }

        await engine.Accept(
            engine.Event("c-map-1", "account.opened", """{"outlet":"sh-001","channel":"online"}"""),
            engine.Event("c-map-1", "cash.moved", """{"amount":100.5}"""),
            engine.Event("c-map-1", "cash.moved", """{"amount":-40}"""),
            engine.Event("c-map-1", "cash.moved", """{"amount":7,"internal":true}"""),
            engine.Event("c-map-1", "contract.signed", """{"contract":"k-1","product":"advice","assets":5000}"""),
            // Of yesterday: it is no event of today.
            engine.Event("c-map-1", "app.active", "{}", "2026-03-01T02:00:00Z"));
        for (var i = 0; i < nodes.Length; i++)
        {
            var (was, path) = (before[i], $"/v1/map/{nodes[i]}");
            var now = await engine.When(path, n => n.Of("events") == was.Of("events") + 5);
            Assert.Equal(
                "1 1 60.5 1 5000",
                string.Join(' ', new[] { "clients", "accountsOpened", "netInflow", "contracts", "signedAssets" }.Select(m => $"{now.Of(m) - was.Of(m):0.##}")));
            Assert.False(now.GetProperty("late").GetBoolean());
        }
    }

    [Fact]
    public async Task Node_WithChildren_IsTheirSum()
    {
        await engine.ClientWithPrompt("c-map-2");
        foreach (var node in new[] { "hq", "branch:hn", "outlet:hn-001" })
        {
            var read = await engine.When($"/v1/map/{node}", n => MapReading.IsKnown(n) && n.Of("clients") > 0);
            Assert.All(Summed, m => Assert.Equal(read.Of(m), read.GetProperty("children").EnumerateArray().Sum(c => c.Of(m))));
        }
    }

    [Fact]
    public async Task Prompts_RaisedAcceptedUndoneAndDismissed_AreOpenWhileTheyWait()
    {
        const string Path = "/v1/map/outlet:hn-001";
        var before = await engine.When(Path, MapReading.IsKnown);
        var prompt = await engine.ClientWithPrompt("c-map-3");
        var raised = await engine.When(Path, n => n.Of("promptsRaised") == before.Of("promptsRaised") + 1);
        Assert.Equal(before.Of("promptsOpen") + 1, raised.Of("promptsOpen"));

        await Act(prompt, "accept");
        var accepted = await engine.When(Path, n => n.Of("accepted") == before.Of("accepted") + 1);
        Assert.Equal(before.Of("promptsOpen"), accepted.Of("promptsOpen"));
        await Act(prompt, "undo");
        await engine.When(Path, n => n.Of("accepted") == before.Of("accepted") && n.Of("promptsOpen") == before.Of("promptsOpen") + 1);
        await Act(prompt, "dismiss");
        await engine.When(Path, n => n.Of("promptsOpen") == before.Of("promptsOpen"));
    }

    [Fact]
    public async Task Client_WhoMovesToAnotherOutlet_TakesHisGaugesAlong()
    {
        await engine.Accept(
            engine.Event("c-map-4", "account.opened", """{"outlet":"cq-001","channel":"online"}"""),
            engine.Event("c-map-4", "contract.signed", """{"contract":"k-1","product":"advice","assets":70}"""));
        var from = await engine.When("/v1/map/branch:cq", n => MapReading.IsKnown(n) && n.Of("contracts") > 0);
        var to = await engine.When("/v1/map/branch:sh", MapReading.IsKnown);
        await engine.Accept(engine.Event("c-map-4", "profile.changed", """{"outlet":"sh-001"}"""));
        await engine.When("/v1/map/branch:sh", n => n.Of("clients") == to.Of("clients") + 1 && n.Of("contracts") == to.Of("contracts") + 1 && n.Of("signedAssets") == to.Of("signedAssets") + 70);
        await engine.When("/v1/map/branch:cq", n => n.Of("clients") == from.Of("clients") - 1 && n.Of("contracts") == from.Of("contracts") - 1);
    }

    [Fact]
    public async Task Advisor_WhoseClientGoesToAnotherBranch_KeepsHim()
    {
        await engine.Accept(
            engine.Event("c-map-6", "account.opened", """{"outlet":"hn-001","channel":"online"}"""),
            engine.Event("c-map-6", "assets.valued", """{"total":900000}"""));
        var advisor = (await engine.Get("/v1/clients/c-map-6")).GetProperty("advisor").GetString();
        var before = await engine.When($"/v1/map/advisor:{advisor}", n => MapReading.IsKnown(n) && n.Of("clients") > 0);
        var there = await engine.When("/v1/map/outlet:sh-001", MapReading.IsKnown);
        await engine.Accept(engine.Event("c-map-6", "profile.changed", """{"outlet":"sh-001"}"""));
        var after = await engine.When("/v1/map/outlet:sh-001", n => n.Of("clients") == there.Of("clients") + 1);
        Assert.Equal(1, after.Child($"advisor:{advisor}").Of("clients"));
        Assert.Equal(before.Of("clients"), (await engine.Get($"/v1/map/advisor:{advisor}")).Of("clients"));
    }

    [Fact]
    public async Task Watch_ThenEvents_TellsTheNodeAndTheChildThatChanged()
    {
        await using var screen = await MapScreen.Open(engine, "hq-analyst");
        await engine.When("/v1/map/hq", MapReading.IsKnown);
        var snapshot = await screen.Watch("hq");
        var was = snapshot.Child("branch:cq");
        Assert.Equal("hq", snapshot.GetProperty("node").GetString());
        await engine.Accept(engine.Event("c-map-5", "account.opened", """{"outlet":"cq-001","channel":"online"}"""));
        var delta = await screen.Next((name, d) => name == "Delta" && d.GetProperty("children").EnumerateArray().Any(c => c.GetProperty("node").GetString() == "branch:cq"
            && c.Of("accountsOpened") == was.Of("accountsOpened") + 1));
        Assert.Equal(snapshot.Of("accountsOpened") + 1, delta.Of("accountsOpened"));
        // One that changed nothing is not in it, and says so all the same that it lives.
        var beat = await screen.Next((name, d) => name == "Delta" && d.GetProperty("children").GetArrayLength() == 0);
        Assert.False(beat.GetProperty("late").GetBoolean());
    }

    [Fact]
    public async Task Read_OfWhatThereIsNot_IsRefused()
    {
        (string Path, int Status, string Code)[] reads =
        [
            ("/v1/map/hq/history?minutes=0", 400, "request.invalid"), ("/v1/map/hq/history?minutes=241", 400, "request.invalid"),
            ("/v1/map/branch:nowhere/flows", 404, "request.not.found"), ("/v1/map/outlet:", 404, "request.not.found"),
        ];
        foreach (var (path, status, code) in reads)
        {
            using var answer = await engine.Auditor.GetAsync(path);
            await Engine.Refused(answer, status, code);
        }
    }

    private async Task Act(string prompt, string action)
    {
        using var answer = await engine.As("advisor", "a-1").PostAsync(
            $"/v1/desks/outlet:hn-001/prompts/{prompt}/actions", Engine.Body($$"""{"actionId":"map-{{prompt}}-{{action}}","action":"{{action}}"}""", "application/json"));
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }
}
