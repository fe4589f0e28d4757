using System.Text.Json;

namespace Engagement.Gateway.Tests;

/// <summary>What is asked for in a way that no address takes, and where a list ends.</summary>
[Collection(OneEngine.Name)]
public sealed class BadQueryTests(Engine engine)
{
    [Theory]
    [InlineData("/v1/segments/rich/members?after=%00")]
    [InlineData("/v1/segments/rich/members?after=a%20b")]
    public async Task Cursor_ThatIsNoId_IsRefused(string path)
    {
        using var answer = await engine.Auditor.GetAsync(path);
        await Engine.Refused(answer, 400, "request.invalid");
    }

    [Theory]
    [InlineData("GET", "/v1/events")]
    [InlineData("HEAD", "/v1/me")]
    [InlineData("PATCH", "/v1/catalogue")]
    public async Task Method_ThatAnAddressDoesNotTake_Is405(string method, string path)
    {
        using var request = new HttpRequestMessage(new(method), path);
        using var answer = await engine.Auditor.SendAsync(request);
        Assert.Equal((405, "application/problem+json"), ((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
    }

    [Fact]
    public async Task List_ThatEndsWithItsPage_HasNoNext()
    {
        using var sent = await engine.Ingest.PostAsync("/v1/events", Engine.Body("nonsense\nnonsense", IngestBodies.Ndjson));
        Assert.Equal(JsonValueKind.Null, (await Engine.Json(sent)).GetProperty("rejected")[0].GetProperty("id").ValueKind);
        var last = (await engine.LastDeadLetter()).GetProperty("position").GetInt64();
        Assert.Equal((1, $"{last - 1}"), await Page($"/v1/dead-letters?after={last - 2}&limit=1"));
        Assert.Equal((2, null), await Page($"/v1/dead-letters?after={last - 2}&limit=2"));

        await engine.Accept(engine.Event("c-page", "app.active", "{}"), engine.Event("c-page", "app.active", "{}"));
        Assert.Equal((2, null), await Page("/v1/clients/c-page/events?limit=2"));
        var (count, next) = await Page("/v1/clients/c-page/events?limit=1");
        Assert.Equal(1, count);
        Assert.Equal((1, null), await Page($"/v1/clients/c-page/events?limit=1&after={next}"));
        Assert.Equal((0, null), await Page("/v1/segments?limit=1"));
        foreach (var list in (string[])["/v1/segments", "/v1/clients/c-page/assets", "/v1/map/hq/flows"])
        {
            using var refused = await engine.Auditor.GetAsync(list + "?limit=1001");
            await Engine.Refused(refused, 400, "request.invalid");
        }
    }

    private async Task<(int Count, string? Next)> Page(string path)
    {
        using var answer = await engine.Auditor.GetAsync(path);
        var page = await Engine.Json(answer);
        return (page.GetProperty("items").GetArrayLength(), page.GetProperty("next").GetString());
    }
}
