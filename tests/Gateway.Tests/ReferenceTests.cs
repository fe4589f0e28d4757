namespace Engagement.Gateway.Tests;

/// <summary>What a stranger reads who follows <c>type</c> of a problem, or looks for the API.</summary>
[Collection(OneEngine.Name)]
public sealed class ReferenceTests(Engine engine)
{
    [Theory]
    [InlineData("/docs/", "openapi/v1.json", "'unsafe-inline'")]
    [InlineData("/docs/problems", "id=\"event.json.invalid\"", "script-src 'self';")]
    [InlineData("/docs/language", "<table>", "script-src 'self';")]
    [InlineData("/docs/api", "/v1/events", "script-src 'self';")]
    public async Task Reference_ForWhoIsSignedIn_IsServedByTheEngineItself(string path, string holds, string policy)
    {
        using var answer = await engine.As("auditor").GetAsync(path);
        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        var html = await answer.Content.ReadAsStringAsync();
        Assert.Contains(holds, html, StringComparison.Ordinal);
        Assert.Contains(policy, string.Join(' ', answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.DoesNotContain("src=\"http", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<link rel=\"stylesheet\" href=\"http", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/docs")]
    [InlineData("/docs/problems")]
    [InlineData("/openapi/v1.json")]
    public async Task Reference_ForAVisitor_IsNotThere(string path)
    {
        using var answer = await engine.Anonymous().GetAsync(path);
        await Engine.Refused(answer, 401, "request.unauthenticated");
    }
}
