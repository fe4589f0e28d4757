namespace Engagement.Gateway.Tests;

/// <summary><c>GET /v1/clients/{id}/assets</c>, and what <c>GET /v1/clients/{id}</c> says of an evaluation that fails.</summary>
[Collection(OneEngine.Name)]
public sealed class ClientAssetsTests(Engine engine)
{
    [Fact]
    public async Task Assets_OfAClient_AreAClosingFigureADayAndEndWithWhatHeHas()
    {
        await engine.Accept(
            engine.Event("c-days", "account.opened", """{"outlet":"hn-001","channel":"online"}"""),
            engine.Event("c-days", "assets.valued", """{"total":1000.5,"asOf":"2026-02-27T07:00:00Z"}"""),
            engine.Event("c-days", "cash.moved", """{"amount":-20.25}""", "2026-03-01T03:00:00Z"));
        using var answer = await engine.Auditor.GetAsync("/v1/clients/c-days/assets?days=30");
        var days = (await Engine.Json(answer)).GetProperty("items").EnumerateArray()
            .Select(d => (d.GetProperty("date").GetString(), d.GetProperty("assets").GetDecimal(), d.GetProperty("netFlow").GetDecimal())).ToList();
        Assert.Equal(
            [("2026-02-27", 1000.5m, 0m), ("2026-02-28", 1000.5m, 0m), ("2026-03-01", 980.25m, -20.25m), ("2026-03-02", 980.25m, 0m)],
            days.Take(4));
        Assert.Equal(980.25m, days[^1].Item2);
    }

    [Fact]
    public async Task Client_OfASegmentWhoseEvaluationFails_IsNoMemberAndSaysWhatFailed()
    {
        using var current = await engine.Auditor.GetAsync("/v1/catalogue");
        var text = (await Engine.Json(current)).GetProperty("document").GetString()!;
        using var published = await engine.Put("catalogue", text + "\nsegments: [ { id: indebted, when: 'client.holdings[\"none\"] < 0.0' } ]\n");
        Assert.Equal(200, (int)published.StatusCode);
        await engine.Accept(engine.Event("c-fails", "account.opened", """{"outlet":"hn-001","channel":"online"}"""));
        using var answer = await engine.Auditor.GetAsync("/v1/clients/c-fails");
        var client = await Engine.Json(answer);
        Assert.Equal(0, client.GetProperty("segments").GetArrayLength());
        Assert.Equal(
            """[{"id":"indebted","because":[{"expr":"client.holdings[\"none\"] < 0.0","value":"error: no such key: \"none\""}]}]""",
            client.GetProperty("failed").GetRawText());
        using var back = await engine.Put("catalogue", text);
        Assert.Equal(200, (int)back.StatusCode);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("401")]
    public async Task Assets_OfAnImpossibleNumberOfDays_AreRefused(string days)
    {
        using var answer = await engine.Auditor.GetAsync($"/v1/clients/c-days/assets?days={days}");
        await Engine.Refused(answer, 400, "request.invalid");
    }
}
