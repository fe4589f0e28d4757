using System.Text.Json;

namespace Engagement.Gateway.Tests.Catalogue;

/// <summary>Preview and versions over HTTP.</summary>
[Collection(OneEngine.Name)]
public sealed class CatalogueTests(Engine engine)
{
    [Fact]
    public async Task Preview_OfASegment_CountsItsMembersAndNamesNobodyToHeadquarters()
    {
        await engine.Accept(engine.Event("c-previewed", "account.opened", """{"outlet":"hn-001","channel":"online","tags":["previewed"]}"""));
        var before = await Get("/v1/catalogue");

        using var answer = await Preview("segments: [ { id: seen-before, when: '\"previewed\" in client.tags' } ]");

        var preview = await Engine.Json(answer);
        var segment = preview.GetProperty("segments").EnumerateArray().Single(s => s.GetProperty("id").GetString() == "seen-before");
        Assert.Equal((0, 1, 1, 0), (Number(segment, "members"), Number(segment, "would"), Number(segment.GetProperty("enter"), "clients"), Number(segment.GetProperty("leave"), "clients")));
        Assert.Equal(0, segment.GetProperty("enter").GetProperty("ids").GetArrayLength());
        Assert.Equal(Number(before, "version"), Number(preview, "version"));
        Assert.Equal(before.ToString(), (await Get("/v1/catalogue")).ToString());
    }

    [Fact]
    public async Task Preview_OfABadCatalogue_NamesEveryErrorAsAPublishDoes()
    {
        const string bad = "segments:\n- { id: s, when: 'client.asets > 1.0' }\n- { id: t, when: 'client.risk' }\nunknown: 1\n";
        using var previewed = await Preview(bad);
        using var published = await engine.Put("catalogue", bad);
        Assert.Equal(422, (int)previewed.StatusCode);
        Assert.Equal(Errors(await Engine.Json(published)), Errors(await Engine.Json(previewed)));

        using var plain = await engine.Admin.PostAsync("/v1/catalogue/preview", Engine.Body("{}", "text/plain"));
        await Engine.Refused(plain, 415, "request.content.type");
    }

    [Fact]
    public async Task Preview_OfAnOrganisation_CountsWhoWouldMoveAndMovesNobody()
    {
        await engine.Accept(engine.Event("c-preview-moved", "account.opened", """{"outlet":"hn-001","channel":"online"}"""));
        var before = await Get("/v1/organisation");

        using var answer = await engine.Admin.PostAsync("/v1/organisation/preview", Engine.Body("branches: [ { id: hn } ]", "application/yaml"));

        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        var preview = await Engine.Json(answer);
        var branch = preview.GetProperty("branches").EnumerateArray().Single(b => b.GetProperty("id").GetString() == "hn");
        Assert.True(Number(branch, "clients") > 0);
        Assert.Equal((0, 0), (Number(branch, "would"), Number(branch, "capacity")));
        var none = preview.GetProperty("desks").EnumerateArray().Single(d => d.GetProperty("desk").GetString() == "none");
        Assert.Equal((Number(preview, "moved"), 0), (Number(none, "come"), Number(none, "leave")));
        Assert.All(preview.GetProperty("advisors").EnumerateArray(), a => Assert.False(a.TryGetProperty("then", out _)));
        Assert.False(preview.GetProperty("more").GetBoolean());
        Assert.Equal(Number(before, "version"), Number(preview, "version"));
        Assert.Equal(before.ToString(), (await Get("/v1/organisation")).ToString());
        using var stored = await engine.Admin.PostAsync($"/v1/organisation/versions/{Number(before, "version")}/preview", null);
        Assert.Equal(0, Number(await Engine.Json(stored), "moved"));
    }

    [Fact]
    public async Task Publish_OfWhatIsNoText_IsRefusedAtItsPlace()
    {
        using var body = new ByteArrayContent([.. "tiers:\n 富"u8, 0xFF]) { Headers = { ContentType = new("application/yaml") } };
        using var answer = await engine.Admin.PutAsync("/v1/catalogue", body);
        Assert.Equal(422, (int)answer.StatusCode);
        var error = Assert.Single((await Engine.Json(answer)).GetProperty("errors").EnumerateArray());
        Assert.Equal(("document.syntax", 2, 3), (error.GetProperty("code").GetString(), error.GetProperty("line").GetInt32(), error.GetProperty("column").GetInt32()));
    }

    [Theory]
    [InlineData("catalogue", "segments:\n- { id: s, when: 'client.asets > 1.0' }\nunknown: 1\n")]
    [InlineData("organisation", "branches:\n- { id: hn, mode: loose }\nunknown: 1\n")]
    public async Task Check_OfADocument_NamesWhatAPublishWouldAndPublishesNothing(string name, string bad)
    {
        var newest = Number(await Get("/v1/" + name), "version");
        using var checkedBad = await engine.Admin.PostAsync($"/v1/{name}/check", Engine.Body(bad, "application/yaml"));
        using var published = await engine.Put(name, bad);
        Assert.Equal(422, (int)checkedBad.StatusCode);
        Assert.Equal(Errors(await Engine.Json(published)), Errors(await Engine.Json(checkedBad)));
        using var previewed = await engine.Admin.PostAsync($"/v1/{name}/preview", Engine.Body(bad, "application/yaml"));
        Assert.Equal((422, Errors(await Engine.Json(checkedBad))), ((int)previewed.StatusCode, Errors(await Engine.Json(previewed))));

        using var good = await engine.Admin.PostAsync($"/v1/{name}/check", Engine.Body("{}", "application/json"));
        Assert.Equal(204, (int)good.StatusCode);
        Assert.Equal(newest, Number(await Get("/v1/" + name), "version"));
    }

    [Fact]
    public async Task Versions_OfADocument_AreListedByPagesAndDiffer()
    {
        // What the others of this engine use stays as it is.
        var text = (await Get("/v1/organisation")).GetProperty("document").GetString()!;
        using var published = await engine.Put("organisation", "# the same\n" + text);
        using var changed = await engine.Put("organisation", text + "\ndefaults: { capacity: 299 }\n");
        var version = Number(await Engine.Json(changed), "version");
        using var back = await engine.Put("organisation", text);

        var page = await Get("/v1/organisation/versions?limit=2");
        Assert.Equal([version + 1, version], page.GetProperty("items").EnumerateArray().Select(v => Number(v, "version")));
        Assert.All(page.GetProperty("items").EnumerateArray(), v => Assert.Equal("hq-admin", v.GetProperty("by").GetString()));
        var next = await Get($"/v1/organisation/versions?limit=2&after={page.GetProperty("next").GetString()}");
        Assert.Equal(version - 1, Number(next.GetProperty("items")[0], "version"));

        Assert.Equal(0, (await Get($"/v1/organisation/versions/{version - 2}/diff?to={version - 1}")).GetProperty("changes").GetArrayLength());
        var change = (await Get($"/v1/organisation/versions/{version - 1}/diff?to={version}")).GetProperty("changes")[0];
        Assert.Equal(("defaults", "added", 299), (change.GetProperty("path").GetString(), change.GetProperty("kind").GetString(), Number(change.GetProperty("to"), "capacity")));
        // Without `to` it is the newest, which says the same as the first again.
        Assert.Equal(0, (await Get($"/v1/organisation/versions/{version - 1}/diff")).GetProperty("changes").GetArrayLength());
        Assert.Equal("branches", (await Get($"/v1/organisation/versions/0/diff?to={version}")).GetProperty("changes")[0].GetProperty("path").GetString());

        using var unknown = await engine.Auditor.GetAsync($"/v1/organisation/versions/1/diff?to={version + 9}");
        await Engine.Refused(unknown, 404, "request.not.found");
        using var bad = await engine.Auditor.GetAsync("/v1/organisation/versions/1/diff?to=x");
        await Engine.Refused(bad, 400, "request.invalid");
    }

    [Fact]
    public async Task Publish_ThatComputesAMetricOverTheLog_IsAcceptedAndRollsOut()
    {
        await engine.Accept(engine.Event("c-filled", "account.opened", """{"outlet":"hn-001","channel":"online"}"""), engine.Event("c-filled", "x.wave", "{}"));
        var text = (await Get("/v1/catalogue")).GetProperty("document").GetString()!;

        using var published = await engine.Put("catalogue", text + "\nmetrics: [ { id: waves, on: x.wave, backfill: true } ]\nsegments: [ { id: waved, when: 'waves.count(\"all\") == 1' } ]\n");

        Assert.Equal(202, (int)published.StatusCode);
        await engine.Accept();
        var progress = await Get("/v1/catalogue/rollout");
        Assert.True(progress.GetProperty("complete").GetBoolean());
        Assert.Equal((100, 2), (Number(progress, "percent"), progress.GetProperty("shards").GetArrayLength()));
        Assert.Equal(1, (await Get("/v1/segments")).GetProperty("items").EnumerateArray().Single(s => s.GetProperty("id").GetString() == "waved").GetProperty("members").GetInt32());
        using var back = await engine.Put("catalogue", text);
        Assert.Equal(200, (int)back.StatusCode);
    }

    private Task<HttpResponseMessage> Preview(string yaml) => engine.Admin.PostAsync("/v1/catalogue/preview", Engine.Body(yaml, "application/yaml"));

    private async Task<JsonElement> Get(string path)
    {
        using var answer = await engine.Auditor.GetAsync(path);
        Assert.True(answer.IsSuccessStatusCode, path);
        return await Engine.Json(answer);
    }

    private static int Number(JsonElement json, string name) => json.GetProperty(name).GetInt32();

    private static string Errors(JsonElement problem) => problem.GetProperty("errors").ToString();
}
