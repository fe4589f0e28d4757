using System.Text.Json;

namespace Engagement.Gateway.Tests.Catalogue;

/// <summary>With <c>policy.fourEyes</c> nothing that one person publishes takes effect.</summary>
public sealed class FourEyesTests : IAsyncLifetime
{
    private const string Asked = "policy: { fourEyes: true }\n";

    private readonly Engine engine = new();

    public Task InitializeAsync() => engine.InitializeAsync();

    public Task DisposeAsync() => engine.DisposeAsync();

    private HttpClient Second => field ??= engine.As("hq-admin", "second");

    [Fact]
    public async Task Publish_UnderFourEyes_TakesEffectWhenASecondPersonApproves()
    {
        await TurnOn();
        Assert.Equal((202, 3), await Put("catalogue", Asked + "segments: [ { id: s, when: 'client.assets >= 0.0' } ]\n"));
        Assert.Equal(2, await InForce("catalogue"));
        Assert.Empty((await Get("/v1/segments")).GetProperty("items").EnumerateArray());
        Assert.Equal(["3 waiting", "2 published", "1 published"], await Versions("catalogue"));
        Assert.Equal("segments", (await Get("/v1/catalogue/versions/2/diff?to=3")).GetProperty("changes")[0].GetProperty("path").GetString());
        using var preview = await Second.PostAsync("/v1/catalogue/versions/3/preview", null);
        Assert.Equal("s", (await Engine.Json(preview)).GetProperty("segments")[0].GetProperty("id").GetString());

        using var same = await Approve("catalogue", 3, engine.Admin);
        await Engine.Refused(same, 403, "document.approval.self");
        using var stale = await Approve("catalogue", 3, Second, "\"1\"");
        await Engine.Refused(stale, 412, "document.stale");
        using var unknown = await Approve("catalogue", 9, Second);
        await Engine.Refused(unknown, 404, "request.not.found");
        using var passed = await Approve("catalogue", 2, Second);
        await Engine.Refused(passed, 409, "document.approval.state");
        Assert.Equal(2, await InForce("catalogue"));

        using var approved = await Approve("catalogue", 3, Second, "\"2\"");
        Assert.Equal(200, (int)approved.StatusCode);
        Assert.Equal(3, await InForce("catalogue"));
        Assert.Single((await Get("/v1/segments")).GetProperty("items").EnumerateArray());
        var version = await Get("/v1/catalogue/versions/3");
        Assert.Equal(("hq-admin", "second", "published"), (version.GetProperty("by").GetString(), version.GetProperty("secondBy").GetString(), version.GetProperty("state").GetString()));
        using var again = await Approve("catalogue", 3, engine.As("hq-admin", "third"));
        await Engine.Refused(again, 409, "document.approval.state");
    }

    [Fact]
    public async Task FourEyes_TurnedOff_NeedsTheSecondPersonToo()
    {
        await TurnOn();
        Assert.Equal((202, 3), await Put("catalogue", "{}"));
        Assert.Equal((202, 4), await Put("catalogue", "tiers: { default: [ {id: all, from: 0} ] }"));
        using var superseded = await Approve("catalogue", 3, Second);
        await Engine.Refused(superseded, 409, "document.approval.state");
        using var off = await Approve("catalogue", 4, Second);
        Assert.Equal(200, (int)off.StatusCode);
        Assert.Equal(["4 published", "3 superseded", "2 published", "1 published"], await Versions("catalogue"));
        Assert.Equal((200, 5), await Put("catalogue", "{}"));
    }

    [Fact]
    public async Task Organisation_UnderFourEyes_WaitsAndIsRejectedOrTakesEffect()
    {
        await TurnOn();
        var mandate = Engine.Organisation.Replace("- id: hn\n", "- id: hn\n  mandates: [ { id: own, scope: tail, channels: [desk], until: 2027-12-31 } ]\n", StringComparison.Ordinal);
        Assert.NotEqual(Engine.Organisation, mandate);
        Assert.Equal((202, 2), await Put("organisation", mandate));
        Assert.Equal(1, await InForce("organisation"));
        // Whoever sent it may take it back.
        using var rejected = await engine.Admin.PostAsync("/v1/organisation/versions/2/reject", null);
        Assert.Equal(200, (int)rejected.StatusCode);
        using var gone = await Approve("organisation", 2, Second);
        await Engine.Refused(gone, 409, "document.approval.state");

        Assert.Equal((202, 3), await Put("organisation", mandate));
        using var approved = await Approve("organisation", 3, Second);
        Assert.Equal(200, (int)approved.StatusCode);
        Assert.Equal(["3 published", "2 rejected", "1 published"], await Versions("organisation"));
        await engine.Accept(engine.Event("c-eyes", "account.opened", """{"outlet":"hn-001","channel":"online"}"""));
        Assert.Equal("hq", (await Get("/v1/clients/c-eyes")).GetProperty("desk").GetString());
    }

    [Fact]
    public async Task Version_ThatWaits_OutlivesARestart()
    {
        await TurnOn();
        await Put("catalogue", Asked + "segments: [ { id: kept, when: 'client.assets >= 0.0' } ]\n");
        await engine.Restart();
        Assert.Equal(2, await InForce("catalogue"));
        using var same = await Approve("catalogue", 3, engine.Admin);
        await Engine.Refused(same, 403, "document.approval.self");
        using var approved = await Approve("catalogue", 3, Second);
        Assert.Equal(200, (int)approved.StatusCode);
        await engine.Restart();
        Assert.Equal(3, await InForce("catalogue"));
        Assert.Equal(["3 published", "2 published", "1 published"], await Versions("catalogue"));
    }

    /// <summary>The first that asks for it waits as well.</summary>
    private async Task TurnOn()
    {
        var before = await InForce("catalogue");
        Assert.Equal((202, 2), await Put("catalogue", Asked));
        Assert.Equal(before, await InForce("catalogue"));
        using var same = await Approve("catalogue", 2, engine.Admin);
        await Engine.Refused(same, 403, "document.approval.self");
        using var approved = await Approve("catalogue", 2, Second);
        Assert.Equal(200, (int)approved.StatusCode);
        Assert.Equal(2, await InForce("catalogue"));
    }

    private async Task<(int Status, int Version)> Put(string document, string text)
    {
        using var answer = await engine.Put(document, text);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return ((int)answer.StatusCode, (await Engine.Json(answer)).GetProperty("version").GetInt32());
    }

    private static Task<HttpResponseMessage> Approve(string document, int version, HttpClient by, string? ifMatch = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/{document}/versions/{version}/approve");
        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        return by.SendAsync(request);
    }

    private async Task<int> InForce(string document) => (await Get($"/v1/{document}")).GetProperty("version").GetInt32();

    private async Task<IEnumerable<string>> Versions(string document) =>
        (await Get($"/v1/{document}/versions")).GetProperty("items").EnumerateArray().Select(v => $"{v.GetProperty("version")} {v.GetProperty("state")}");

    private async Task<JsonElement> Get(string path)
    {
        using var answer = await engine.Auditor.GetAsync(path);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {await answer.Content.ReadAsStringAsync()}");
        return await Engine.Json(answer);
    }
}
