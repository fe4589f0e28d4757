using System.Text;
using System.Text.Json;
using Engagement.Domain.Audit;
using Engagement.Storage.Audit;
using Engagement.Storage.Sqlite;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Data.Sqlite;

namespace Engagement.Gateway.Tests.Audit;

/// <summary>Who saw and did what is recorded before the answer, and what cannot be recorded is refused.</summary>
public sealed class AuditTests(Engine engine) : IClassFixture<Engine>
{
    [Fact]
    public async Task Access_ToAClient_IsOneEntryEachWithWhoAndWhat()
    {
        await engine.ClientWithPrompt("c-audit-1");
        var manager = engine.As("branch-manager", "m-1", "branch:hn");
        foreach (var path in (string[])["", "/events", "/decisions"])
        {
            using var answer = await manager.GetAsync($"/v1/clients/c-audit-1{path}");
            Assert.True(answer.IsSuccessStatusCode);
        }

        using var other = await engine.As("branch-manager", "m-2", "branch:tj").GetAsync("/v1/clients/c-audit-1");
        Assert.Equal(404, (int)other.StatusCode);
        // Nobody's id may be anything, and is not written down.
        using var nobody = await manager.GetAsync("/v1/clients/13800138000");
        Assert.Equal(404, (int)nobody.StatusCode);

        var entries = await Entries("client=c-audit-1");
        Assert.Equal(
            ["m-2 client.read True", "m-1 client.decisions False", "m-1 client.events False", "m-1 client.read False"],
            entries.Where(e => Text(e, "who") is "m-1" or "m-2").Select(e => $"{Text(e, "who")} {Text(e, "action")} {e.TryGetProperty("refused", out _)}"));
        Assert.All(entries.Where(e => Text(e, "who") == "m-1"), e => Assert.Equal(("branch-manager", "branch:hn"), (Text(e, "role"), Text(e, "node"))));
        Assert.Empty(await Entries("client=13800138000&who=m-1"));
    }

    [Fact]
    public async Task Access_ByHeadquarters_NamesBranchAndMandate()
    {
        var prompt = await engine.ClientWithPrompt("c-audit-hq", "tj-001");
        var operator1 = engine.As("hq-operator", "o-audit");
        using var read = await operator1.GetAsync("/v1/clients/c-audit-hq");
        using var acted = await operator1.PostAsync($"/v1/desks/hq/prompts/{prompt}/actions", Engine.Body("""{"actionId":"audit-hq","action":"dismiss","reason":"13900139000 anrufen"}""", "application/json"));
        Assert.Equal((200, 200), ((int)read.StatusCode, (int)acted.StatusCode));

        var entries = await Entries("client=c-audit-hq&who=o-audit");
        Assert.Equal(["prompt.dismiss", "client.read"], entries.Select(e => Text(e, "action")));
        Assert.All(entries, e => Assert.Equal(("tj", "tj-tail"), (Text(e.GetProperty("onBehalf"), "branch"), Text(e.GetProperty("onBehalf"), "mandate"))));
        Assert.Equal(("hq", prompt), (Text(entries[0], "target"), Text(entries[0], "detail")));
        Assert.DoesNotContain("13900139000", string.Concat(entries), StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_AndLiveDesk_AreOneEntryEach()
    {
        var prompt = await engine.ClientWithPrompt("c-audit-list");
        var advisor = engine.As("advisor", "a-1");
        using var list = await advisor.GetAsync("/v1/desks/outlet:hn-001/prompts?limit=1");
        using var foreign = await advisor.GetAsync("/v1/desks/outlet:tj-001/prompts");
        Assert.Equal((200, 404), ((int)list.StatusCode, (int)foreign.StatusCode));
        await using var connection = new HubConnectionBuilder()
            .WithUrl(new Uri(engine.Url, "/hubs/desk"), o => o.AccessTokenProvider = () => Task.FromResult<string?>(engine.Token("advisor", "a-1")))
            .Build();
        await connection.StartAsync();
        await connection.InvokeAsync<JsonElement>("Join", "outlet:hn-001", 0L);
        await connection.InvokeAsync<JsonElement>("Act", "outlet:hn-001", prompt, new { actionId = "audit-list", action = "accept" });

        var entries = await Entries("who=a-1&limit=4");
        Assert.Equal(
            ["prompt.accept outlet:hn-001", "desk.watch outlet:hn-001", "desk.prompts outlet:tj-001", "desk.prompts outlet:hn-001"],
            entries.Select(e => $"{Text(e, "action")} {Text(e, "target")}"));
        Assert.True(entries[2].GetProperty("refused").GetBoolean());
        Assert.Equal("1 rows from 0", Text(entries[3], "detail"));
        Assert.Equal("c-audit-list", Text(entries[0], "client"));
    }

    [Fact]
    public async Task Trail_AfterErasure_IsWholeAndHoldsNoPersonalField()
    {
        await engine.Accept(engine.Event("c-audit-erase", "account.opened", """{"outlet":"hn-001","channel":"online","name":"欧阳留痕","phone":"13712345678","birthDate":"1970-01-01"}"""));
        using var read = await engine.As("branch-manager", "m-3", "branch:hn").GetAsync("/v1/clients/c-audit-erase");
        Assert.Contains("欧阳留痕", await read.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var before = await Export();
        using var erased = await engine.Admin.DeleteAsync("/v1/clients/c-audit-erase/personal");
        Assert.Equal(204, (int)erased.StatusCode);

        var after = await Export();
        Assert.Contains("client.erase", after, StringComparison.Ordinal);
        Assert.Contains(before.Split('\n').Single(l => l.Contains("\"m-3\"", StringComparison.Ordinal)), after, StringComparison.Ordinal);
        Assert.DoesNotContain("欧阳留痕", after, StringComparison.Ordinal);
        Assert.DoesNotContain("13712345678", after, StringComparison.Ordinal);
        Assert.DoesNotContain("1970-01-01", after, StringComparison.Ordinal);
        using var view = new SqliteAuditView(Path.Combine(engine.Folder, "engine.db"));
        using var key = AuditKey.Read(File.ReadAllText(Path.Combine(engine.Folder, "audit.pub")));
        Assert.Empty(AuditVerification.Run(view, 2, key, []).Faults);
    }

    [Fact]
    public async Task List_ByPages_HasEveryEntryOnceAndItsBadParametersAreRefused()
    {
        for (var i = 0; i < 5; i++)
        {
            using var read = await engine.As("auditor", "au-pages").GetAsync("/v1/dead-letters?limit=1");
            Assert.True(read.IsSuccessStatusCode);
        }

        List<string> seen = [];
        string? next = null;
        do
        {
            var page = await Page($"who=au-pages&limit=2{(next is null ? "" : $"&after={next}")}");
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(e => $"{e.GetProperty("shard")}/{e.GetProperty("seq")}"));
            next = page.GetProperty("next").GetString();
        }
        while (next is not null);
        Assert.Equal(5, seen.Count);
        Assert.Equal(5, seen.Distinct().Count());
        Assert.Empty(await Entries("to=2020-01-01T00:00:00Z"));
        Assert.NotEmpty(await Entries("from=2020-01-01T00:00:00Z"));
        foreach (var bad in (string[])["limit=0", "after=x", "from=yesterday", "to=1", "client=no%20id", "who=%00"])
        {
            using var answer = await engine.Auditor.GetAsync("/v1/audit?" + bad);
            await Engine.Refused(answer, 400, "request.invalid");
        }
    }

    [Fact]
    public async Task Access_ThatCannotBeRecorded_IsRefused()
    {
        await using var own = new Engine();
        await own.InitializeAsync();
        await own.Accept(own.Event("c-unrecorded", "account.opened", """{"outlet":"hn-001","channel":"online","name":"未记录"}"""));
        using (var connection = new SqliteConnection($"Data Source={Path.Combine(own.Folder, "engine.db")};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "delete from audit_head";
            command.ExecuteNonQuery();
        }

        foreach (var path in (string[])["/v1/clients/c-unrecorded", "/v1/clients/c-unrecorded/events", "/v1/desks/outlet:hn-001/prompts", "/v1/dead-letters", "/v1/audit"])
        {
            using var answer = await own.Auditor.GetAsync(path);
            await Engine.Refused(answer, 503, "engine.unavailable");
            // Also an answer to a failure, which is begun anew, has its headers.
            Assert.Equal(["nosniff"], answer.Headers.GetValues("X-Content-Type-Options"));
            Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        }

        using var erased = await own.Admin.DeleteAsync("/v1/clients/c-unrecorded/personal");
        await Engine.Refused(erased, 503, "engine.unavailable");
        using var published = await own.Put("catalogue", "{}");
        await Engine.Refused(published, 503, "engine.unavailable");
    }

    [Fact]
    public async Task Chain_OverARestart_GoesOn()
    {
        await using var own = new Engine();
        await own.InitializeAsync();
        using var before = await own.Auditor.GetAsync("/v1/dead-letters");
        await own.Restart();
        using var after = await own.Auditor.GetAsync("/v1/dead-letters");
        Assert.Equal((200, 200), ((int)before.StatusCode, (int)after.StatusCode));
        using var view = new SqliteAuditView(Path.Combine(own.Folder, "engine.db"));
        using var key = AuditKey.Read(File.ReadAllText(Path.Combine(own.Folder, "audit.pub")));
        var report = AuditVerification.Run(view, 2, key, []);
        Assert.Empty(report.Faults);
        // Two publishes and two reads.
        Assert.Equal(4, report.Rows);
    }

    private async Task<string> Export()
    {
        using var answer = await engine.Auditor.GetAsync("/v1/audit/export");
        Assert.Equal("application/x-ndjson", answer.Content.Headers.ContentType?.MediaType);
        var text = Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync());
        Assert.All(text.TrimEnd('\n').Split('\n'), l => Assert.Equal(JsonValueKind.Object, JsonSerializer.Deserialize<JsonElement>(l).ValueKind));
        return text;
    }

    private async Task<List<JsonElement>> Entries(string query) => [.. (await Page(query)).GetProperty("items").EnumerateArray()];

    private async Task<JsonElement> Page(string query)
    {
        using var answer = await engine.Auditor.GetAsync("/v1/audit?" + query);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return await Engine.Json(answer);
    }

    private static string? Text(JsonElement of, string name) => of.TryGetProperty(name, out var value) ? value.GetString() : null;
}
