using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;

namespace Engagement.Gateway.Tests;

/// <summary>Headquarters acts under mandates, client by client.</summary>
[Collection(OneEngine.Name)]
public sealed class MandateTests(Engine engine)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task Operator_ClientUnderAMandate_SeesAndActsOnBehalfOfTheBranch()
    {
        var prompt = await engine.ClientWithPrompt("c-hq-1", "tj-001");
        var http = engine.As("hq-operator", "op-1");
        using var list = await http.GetAsync("/v1/desks/hq/prompts");
        Assert.Contains(prompt, Ids(await Engine.Json(list), "items"));
        using var client = await http.GetAsync("/v1/clients/c-hq-1");
        Assert.Equal("hq", (await Engine.Json(client)).GetProperty("desk").GetString());

        using var acted = await Act(http, prompt, "hq-act-1", "accept");
        var behalf = (await Engine.Json(acted)).GetProperty("onBehalf");
        Assert.Equal(("tj", "tj-tail"), (behalf.GetProperty("branch").GetString(), behalf.GetProperty("mandate").GetString()));
        using var again = await Act(http, prompt, "hq-act-1", "accept");
        Assert.Equal(200, (int)again.StatusCode);
        using var settled = await engine.Auditor.GetAsync("/v1/progress?wait=30");
        // The record of the client's log says so too.
        Assert.True(engine.RawBytes().AsSpan().IndexOf("\"branch\":\"tj\",\"mandate\":\"tj-tail\""u8) >= 0);
    }

    [Fact]
    public async Task Manager_ClientOfHisAtHeadquarters_ReadsAndDoesNotAct()
    {
        var prompt = await engine.ClientWithPrompt("c-hq-2", "tj-001");
        var http = engine.As("branch-manager", node: "branch:tj");
        using var client = await http.GetAsync("/v1/clients/c-hq-2");
        Assert.Equal(200, (int)client.StatusCode);
        using var acted = await Act(http, prompt, "hq-act-2", "seen");
        await Engine.Refused(acted, 404, "request.not.found");
    }

    [Fact]
    public async Task Gate_MandateWithoutTheDesk_IsDesk()
    {
        await engine.Accept(engine.Event("c-hq-3", "account.opened", """{"outlet":"cq-001","channel":"online"}"""), engine.Event("c-hq-3", "x.hello", "{}"));
        using var decisions = await engine.Auditor.GetAsync("/v1/clients/c-hq-3/decisions");
        Assert.Equal("desk", (await Engine.Json(decisions)).GetProperty("items")[0].GetProperty("outcome").GetString());
        using var client = await engine.As("hq-operator").GetAsync("/v1/clients/c-hq-3");
        Assert.Equal(200, (int)client.StatusCode);
    }

    [Fact]
    public async Task Mandate_ThatEnds_TakesItsClientsOffOpenScreensAndLeavesTheOthers()
    {
        var (ending, staying) = (await engine.ClientWithPrompt("c-hq-4", "tj-001"), await engine.ClientWithPrompt("c-hq-5", "sh-001"));
        await using var connection = new HubConnectionBuilder()
            .WithUrl(new Uri(engine.Url, "/hubs/desk"), o => o.AccessTokenProvider = () => Task.FromResult<string?>(engine.Token("hq-operator", "op-2")))
            .Build();
        var changes = Channel.CreateUnbounded<JsonElement>();
        connection.On<JsonElement>("Changed", c => { changes.Writer.TryWrite(c.Clone()); });
        await connection.StartAsync();
        Assert.Superset(new HashSet<string>([ending, staying]), Ids(await connection.InvokeAsync<JsonElement>("Join", "hq", 0L), "prompts").ToHashSet());

        try
        {
            await engine.Publish("organisation", Engine.Organisation.Replace("id: tj-tail, scope: tail, channels: [assistant, desk], until: 2026-12-31", "id: tj-tail, scope: tail, channels: [assistant, desk], until: 2026-03-01", StringComparison.Ordinal));
            var refused = await Assert.ThrowsAsync<HubException>(() => connection.InvokeAsync<JsonElement>("Act", "hq", ending, new { actionId = "hq-late", action = "seen" }));
            Assert.Contains("prompt.unknown", refused.Message, StringComparison.Ordinal);
            using var tooLong = new CancellationTokenSource(Patience);
            while (true)
            {
                var changed = await changes.Reader.ReadAsync(tooLong.Token);
                Assert.DoesNotContain(staying, Ids(changed, "prompts"));
                if (changed.GetProperty("prompts").EnumerateArray().FirstOrDefault(p => p.GetProperty("id").GetString() == ending) is { ValueKind: JsonValueKind.Object } gone)
                {
                    Assert.NotEqual("hq", gone.GetProperty("desk").GetString());
                    break;
                }
            }

            using var list = await engine.As("hq-operator", "op-2").GetAsync("/v1/desks/hq/prompts");
            var left = Ids(await Engine.Json(list), "items").ToList();
            Assert.Contains(staying, left);
            Assert.DoesNotContain(ending, left);
            using var settled = await engine.Auditor.GetAsync("/v1/progress?wait=30");
            using var moved = await engine.Auditor.GetAsync("/v1/desks/outlet:tj-001/prompts");
            Assert.Contains(ending, Ids(await Engine.Json(moved), "items"));
            using var client = await engine.As("hq-operator").GetAsync("/v1/clients/c-hq-4");
            await Engine.Refused(client, 404, "request.not.found");
        }
        finally
        {
            await engine.Publish("organisation", Engine.Organisation);
        }
    }

    [Fact]
    public async Task Prompt_DoneAtHeadquarters_IsNotTheirsToSeeOnceItsClientHasLeft()
    {
        var prompt = await engine.ClientWithPrompt("c-hq-6", "tj-001");
        var http = engine.As("hq-operator", "op-3");
        foreach (var action in (string[])["accept", "done"])
        {
            using var acted = await Act(http, prompt, "hq-left-" + action, action);
            Assert.Equal(200, (int)acted.StatusCode);
        }

        Assert.Contains(prompt, await Done(http));
        await engine.Accept(engine.Event("c-hq-6", "assets.valued", """{"total":100000}"""));

        Assert.DoesNotContain(prompt, await Done(http));
        Assert.Contains(prompt, await Done(engine.Auditor));
        using var undone = await Act(http, prompt, "hq-left-undo", "undo");
        await Engine.Refused(undone, 404, "prompt.unknown");
        await using var connection = new HubConnectionBuilder()
            .WithUrl(new Uri(engine.Url, "/hubs/desk"), o => o.AccessTokenProvider = () => Task.FromResult<string?>(engine.Token("hq-operator", "op-3")))
            .Build();
        await connection.StartAsync();
        var changed = await connection.InvokeAsync<JsonElement>("Join", "hq", 1L);
        Assert.False(changed.GetProperty("snapshot").GetBoolean());
        Assert.Equal("", changed.GetProperty("prompts").EnumerateArray().Single(p => p.GetProperty("id").GetString() == prompt).GetProperty("client").GetString());
    }

    private static async Task<IEnumerable<string>> Done(HttpClient http)
    {
        using var list = await http.GetAsync("/v1/desks/hq/prompts?state=done");
        return Ids(await Engine.Json(list), "items");
    }

    private static Task<HttpResponseMessage> Act(HttpClient http, string prompt, string actionId, string action) =>
        http.PostAsync($"/v1/desks/hq/prompts/{prompt}/actions", Engine.Body($$"""{"actionId":"{{actionId}}","action":"{{action}}"}""", "application/json"));

    private static IEnumerable<string> Ids(JsonElement answer, string list) => answer.GetProperty(list).EnumerateArray().Select(p => p.GetProperty("id").GetString()!);
}
