namespace Engagement.Gateway.Tests;

/// <summary>Rights and refusals over HTTP.</summary>
[Collection(OneEngine.Name)]
public sealed class AccessTests(Engine engine)
{
    [Theory]
    [InlineData("/v1/me")]
    [InlineData("/v1/clients/c")]
    [InlineData("/v1/catalogue")]
    [InlineData("/v1/dead-letters")]
    public async Task Anybody_WithoutAToken_IsRefused(string path)
    {
        using var nobody = await engine.Anonymous().GetAsync(path);
        await Engine.Refused(nobody, 401, "request.unauthenticated");
        var forged = engine.Anonymous();
        forged.DefaultRequestHeaders.Authorization = new("Bearer", engine.Token("hq-admin")[..^4] + "AAAA");
        using var liar = await forged.GetAsync(path);
        await Engine.Refused(liar, 401, "request.unauthenticated");
    }

    [Theory]
    [InlineData("auditor", "POST", "/v1/events")]
    [InlineData("hq-admin", "POST", "/v1/events")]
    [InlineData("auditor", "PUT", "/v1/catalogue")]
    [InlineData("auditor", "POST", "/v1/clock")]
    [InlineData("auditor", "POST", "/v1/catalogue/preview")]
    [InlineData("branch-manager", "POST", "/v1/catalogue/preview")]
    [InlineData("ingest", "GET", "/v1/catalogue/versions/1/diff")]
    [InlineData("ingest", "GET", "/v1/me")]
    [InlineData("ingest", "GET", "/v1/clients/c")]
    [InlineData("hq-analyst", "GET", "/v1/clients/c")]
    [InlineData("hq-admin", "GET", "/v1/clients/c")]
    [InlineData("hq-operator", "GET", "/v1/dead-letters")]
    public async Task Role_ThatMayNot_IsRefused(string role, string method, string path)
    {
        using var request = new HttpRequestMessage(new(method), path) { Content = method == "GET" ? null : Engine.Body("{}", "application/json") };
        using var answer = await engine.As(role, node: "hq").SendAsync(request);
        await Engine.Refused(answer, 403, "request.forbidden");
    }

    [Fact]
    public async Task Client_OfAnotherAdvisor_IsAsIfUnknown()
    {
        await engine.Accept(engine.Event("c-rich", "account.opened", """{"outlet":"hn-001","channel":"online","name":"王五"}"""), engine.Event("c-rich", "assets.valued", """{"total":600000}"""));
        using var seen = await engine.Auditor.GetAsync("/v1/clients/c-rich");
        var owner = (await Engine.Json(seen)).GetProperty("advisor").GetString()!;
        var other = engine.As("advisor", owner == "a-1" ? "a-2" : "a-1");

        using var own = await engine.As("advisor", owner).GetAsync("/v1/clients/c-rich");
        Assert.Equal("王五", (await Engine.Json(own)).GetProperty("name").GetString());
        foreach (var path in (string[])["", "/events", "/decisions", "/assets"])
        {
            using var hidden = await other.GetAsync("/v1/clients/c-rich" + path);
            await Engine.Refused(hidden, 404, "request.not.found");
        }

        foreach (var path in (string[])[$"/v1/desks/advisor:{owner}", $"/v1/desks/advisor:{owner}/prompts"])
        {
            using var desk = await other.GetAsync(path);
            await Engine.Refused(desk, 404, "request.not.found");
        }

        using var manager = await engine.As("branch-manager", node: "branch:other").GetAsync("/v1/clients/c-rich");
        await Engine.Refused(manager, 404, "request.not.found");
    }

    [Fact]
    public async Task Origin_OfAnotherSite_IsRefusedWhereSomethingChanges()
    {
        foreach (var path in (string[])["/v1/clock", "/hubs/desk/negotiate?negotiateVersion=1"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = Engine.Body("{}", "application/json") };
            request.Headers.Add("Origin", "https://elsewhere.example");
            using var answer = await engine.Admin.SendAsync(request);
            await Engine.Refused(answer, 403, "request.origin");
        }
    }

    [Fact]
    public async Task Document_WithErrors_NamesEveryOneAtItsPlace()
    {
        const string bad = "segments:\n- { id: s, when: 'client.asets > 1.0' }\n- { id: t, when: 'client.risk' }\nunknown: 1\n";
        using var answer = await engine.Put("catalogue", bad);
        await Engine.Refused(answer, 422, "document.invalid");
        var errors = (await Engine.Json(answer)).GetProperty("errors").EnumerateArray().ToList();
        Assert.Equal([2, 3, 4], errors.Select(e => e.GetProperty("line").GetInt32()));
        Assert.All(errors, e => Assert.True(e.GetProperty("column").GetInt32() > 0 && e.GetProperty("code").GetString() != "" && e.GetProperty("message").GetString() != ""));
        Assert.Contains("segments", errors[0].GetProperty("path").GetString(), StringComparison.Ordinal);
        using var unparsed = await engine.Put("catalogue", "segments: [");
        await Engine.Refused(unparsed, 422, "document.invalid");
    }

    [Theory]
    [InlineData(null, "en", "Did you mean assets?")]
    [InlineData("*", "en", "Did you mean assets?")]
    [InlineData("zh-CN,zh;q=0.9,en;q=0.8", "zh", "您是否想写 assets？")]
    [InlineData("fr, zh;q=0.4, en;q=0.7", "en", "Did you mean assets?")]
    [InlineData("ZH", "zh", "您是否想写 assets？")]
    public async Task Document_WithErrors_SaysThemInTheLanguageThatIsAskedFor(string? accept, string language, string says)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "/v1/catalogue")
        {
            Content = Engine.Body("segments:\n- { id: s, when: 'client.asets > 1.0' }\n", "application/yaml"),
        };
        if (accept is not null)
        {
            request.Headers.Add("Accept-Language", accept);
        }

        using var answer = await engine.Admin.SendAsync(request);
        await Engine.Refused(answer, 422, "document.invalid");
        Assert.Equal([language], answer.Content.Headers.ContentLanguage);
        var error = Assert.Single((await Engine.Json(answer)).GetProperty("errors").EnumerateArray());
        Assert.Contains(says, error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal("expression.unknown.name", error.GetProperty("code").GetString());
    }

    [Fact]
    public async Task Document_AgainstAStaleVersion_IsRefused()
    {
        using var newest = await engine.Admin.GetAsync("/v1/catalogue");
        var version = (await Engine.Json(newest)).GetProperty("version").GetInt32();
        using var stale = await engine.Put("catalogue", "segments: []", $"\"{version - 1}\"");
        await Engine.Refused(stale, 412, "document.stale");
        using var nonsense = await engine.Put("catalogue", "segments: []", "\"x\"");
        await Engine.Refused(nonsense, 412, "document.stale");
    }

    [Theory]
    [InlineData("2026-03-02T01:59:59Z", 409, "clock.refused")]
    [InlineData("yesterday", 400, "request.invalid")]
    [InlineData(Engine.Now, 200, null)]
    public async Task Clock_BackOrUnreadable_IsRefusedAndTheSameIsNot(string now, int status, string? code)
    {
        using var answer = await engine.Admin.PostAsync("/v1/clock", Engine.Body($$"""{"now":"{{now}}"}""", "application/json"));
        if (code is null)
        {
            Assert.Equal(status, (int)answer.StatusCode);
        }
        else
        {
            await Engine.Refused(answer, status, code);
        }
    }

    [Fact]
    public async Task List_ByLimit_IsPagedToItsEnd()
    {
        await engine.Accept([.. Enumerable.Range(0, 5).Select(_ => engine.Event("c-paged", "app.active", "{}"))]);
        List<long> positions = [];
        string? after = null;
        do
        {
            using var answer = await engine.Auditor.GetAsync($"/v1/clients/c-paged/events?limit=2{(after is null ? "" : "&after=" + after)}");
            var page = await Engine.Json(answer);
            Assert.InRange(page.GetProperty("items").GetArrayLength(), 0, 2);
            positions.AddRange(page.GetProperty("items").EnumerateArray().Select(e => e.GetProperty("position").GetInt64()));
            after = page.GetProperty("next").GetString();
        }
        while (after is not null);
        Assert.Equal(5, positions.Count);
        Assert.Equal(positions.Distinct().OrderDescending(), positions);
        foreach (var limit in (string[])["0", "1001", "-1", "many"])
        {
            using var refused = await engine.Auditor.GetAsync($"/v1/clients/c-paged/events?limit={limit}");
            Assert.Equal(400, (int)refused.StatusCode);
            Assert.Equal("application/problem+json", refused.Content.Headers.ContentType?.MediaType);
        }
    }
}
