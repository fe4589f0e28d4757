using System.Net;
using System.Text;
using System.Text.Json;

namespace Engagement.Gateway.Tests;

/// <summary><c>DELETE /v1/clients/{id}/personal</c>: who may, and what is left.</summary>
[Collection(OneEngine.Name)]
public sealed class ErasureTests(Engine engine)
{
    private const string Name = "上官测试人";
    private const string Phone = "13987654321";

    [Fact]
    public async Task Erase_OfAClient_LeavesHimWithoutNameInEveryReadAndOnTheDisk()
    {
        await Open("c-erase-1");
        var prompt = await engine.ClientWithPrompt("c-erase-1");
        Assert.Contains(Name, await Text("/v1/clients/c-erase-1"), StringComparison.Ordinal);

        var refused = await Refuse("c-erase-1");

        using var erased = await engine.Admin.DeleteAsync("/v1/clients/c-erase-1/personal");
        Assert.Equal(HttpStatusCode.NoContent, erased.StatusCode);
        using var again = await engine.Admin.DeleteAsync("/v1/clients/c-erase-1/personal");
        Assert.Equal(HttpStatusCode.NoContent, again.StatusCode);

        var client = await Text("/v1/clients/c-erase-1");
        Assert.DoesNotContain("\"name\"", client, StringComparison.Ordinal);
        Assert.Contains("\"age\":0,", client, StringComparison.Ordinal);
        foreach (var path in (string[])["/v1/clients/c-erase-1", "/v1/clients/c-erase-1/events", "/v1/clients/c-erase-1/decisions", "/v1/desks/outlet:hn-001/prompts"])
        {
            var text = await Text(path);
            Assert.DoesNotContain(Name, text, StringComparison.Ordinal);
            Assert.DoesNotContain(Phone, text, StringComparison.Ordinal);
        }

        // What was recorded stays, and what was refused stays counted.
        Assert.Contains($"\"{refused}\"", await Text("/v1/dead-letters?limit=1000"), StringComparison.Ordinal);
        Assert.Contains(prompt, await Text("/v1/clients/c-erase-1/decisions"), StringComparison.Ordinal);
        Assert.Contains("account.opened", await Text("/v1/clients/c-erase-1/events"), StringComparison.Ordinal);
        var bytes = engine.RawBytes();
        Assert.True(bytes.AsSpan().IndexOf("personal.erased"u8) >= 0, "The record must be found, or the search proves nothing.");
        Assert.True(bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(Name)) < 0);
        Assert.True(bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(Phone)) < 0);

        await engine.Accept(engine.Event("c-erase-1", "profile.changed", """{"name":"新名字"}"""));
        Assert.Contains("新名字", await Text("/v1/clients/c-erase-1"), StringComparison.Ordinal);
        Assert.DoesNotContain(Phone, await Text("/v1/clients/c-erase-1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Erase_OfNobody_IsNotFound()
    {
        foreach (var id in (string[])["c-nobody", "no%20id"])
        {
            using var answer = await engine.Admin.DeleteAsync($"/v1/clients/{id}/personal");
            await Engine.Refused(answer, 404, "request.not.found");
        }
    }

    [Theory]
    [InlineData("hq-admin", null, 204)]
    [InlineData("branch-manager", "branch:hn", 204)]
    [InlineData("outlet-manager", "outlet:hn-001", 204)]
    [InlineData("branch-manager", "branch:other", 404)]
    [InlineData("outlet-manager", "outlet:hn-002", 404)]
    [InlineData("branch-manager", null, 404)]
    [InlineData("advisor", null, 403)]
    [InlineData("auditor", null, 403)]
    [InlineData("hq-analyst", null, 403)]
    [InlineData("hq-operator", null, 403)]
    [InlineData("ingest", null, 403)]
    public async Task Erase_ByARole_IsDoneOrRefused(string role, string? node, int status)
    {
        var client = $"c-erase-{role}-{status}";
        await Open(client);
        using var answer = await engine.As(role, role == "advisor" ? "a-1" : null, node).DeleteAsync($"/v1/clients/{client}/personal");
        if (status == 204)
        {
            Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        }
        else
        {
            await Engine.Refused(answer, status, status == 403 ? "request.forbidden" : "request.not.found");
        }

        var text = await Text($"/v1/clients/{client}");
        Assert.Equal(status != 204, text.Contains(Name, StringComparison.Ordinal));
    }

    private Task Open(string client) => engine.Accept(engine.Event(
        client, "account.opened", $$"""{"outlet":"hn-001","channel":"online","name":"{{Name}}","phone":"{{Phone}}","birthDate":"1950-01-01"}"""));

    /// <summary>An event with his name that is refused, and kept.</summary>
    private async Task<string> Refuse(string client)
    {
        var @event = engine.Event(client, "account.opened", $$"""{"outlet":7,"name":"{{Name}}"}""");
        using var answer = await engine.Ingest.PostAsync("/v1/events", Engine.Body(@event, "application/x-ndjson"));
        Assert.Contains("event.data.invalid", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains(Name, await Text("/v1/dead-letters?limit=1000"), StringComparison.Ordinal);
        return JsonDocument.Parse(@event).RootElement.GetProperty("id").GetString()!;
    }

    private Task<string> Text(string path) => engine.Auditor.GetStringAsync(path);
}
