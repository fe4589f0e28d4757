namespace Engagement.Gateway.Tests.Security;

/// <summary>What a browser is told, and what it may not do with our cookie.</summary>
[Collection(OneEngine.Name)]
public sealed class HeaderTests(Engine engine)
{
    [Theory]
    [InlineData("/v1/me")]
    [InlineData("/V1/Me")]
    [InlineData("/v1/nothing")]
    [InlineData("/health/live")]
    [InlineData("/desk")]
    public async Task Answer_OfAnyKind_HasItsHeaders(string path)
    {
        using var answer = await engine.Auditor.GetAsync(path);
        string Header(string name) => answer.Headers.TryGetValues(name, out var values) ? string.Join(',', values) : "";
        Assert.Equal("nosniff", Header("X-Content-Type-Options"));
        Assert.Equal("no-referrer", Header("Referrer-Policy"));
        Assert.Equal("same-origin", Header("Cross-Origin-Resource-Policy"));
        Assert.Contains("microphone=()", Header("Permissions-Policy"), StringComparison.Ordinal);
        var policy = Header("Content-Security-Policy");
        Assert.Contains("default-src 'self'; script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal(path.StartsWith("/v1/", StringComparison.OrdinalIgnoreCase), answer.Headers.CacheControl?.NoStore == true);
        Assert.Equal("", Header("Server"));
    }

    [Theory]
    [InlineData("POST", "/v1/session", "http://evil.example", 403)]
    [InlineData("DELETE", "/v1/session", "http://evil.example", 403)]
    [InlineData("POST", "/v1/desks/outlet:hn-001/prompts/p/actions", "http://evil.example", 403)]
    [InlineData("PUT", "/v1/catalogue", "null", 403)]
    [InlineData("GET", "/hubs/desk", "http://evil.example", 403)]
    [InlineData("GET", "/Hubs/Desk", "http://evil.example", 403)]
    [InlineData("POST", "/hubs/desk/negotiate", "http://evil.example", 403)]
    [InlineData("DELETE", "/v1/session", "", 204)]
    public async Task Request_OfAnotherOrigin_IsRefused(string method, string path, string origin, int status)
    {
        using var request = new HttpRequestMessage(new(method), path);
        request.Headers.TryAddWithoutValidation("Cookie", $"engagement={engine.Token("hq-admin")}");
        if (origin.Length > 0)
        {
            request.Headers.TryAddWithoutValidation("Origin", origin);
        }

        using var answer = await engine.Anonymous().SendAsync(request);
        Assert.Equal(status, (int)answer.StatusCode);
        if (status == 403)
        {
            await Engine.Refused(answer, 403, "request.origin");
        }
    }

    [Fact]
    public async Task Token_InTheQuery_OpensHubsOnly()
    {
        using var api = await engine.Anonymous().GetAsync($"/v1/me?access_token={engine.Token("auditor")}");
        await Engine.Refused(api, 401, "request.unauthenticated");
    }
}
