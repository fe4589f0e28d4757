using Engagement.Gateway.Tests.Map;

namespace Engagement.Gateway.Tests;

/// <summary><c>/v1/quotes</c>: prices for the screens.</summary>
[Collection(OneEngine.Name)]
public sealed class QuoteTests(Engine engine)
{
    [Fact]
    public async Task Quote_Sent_IsTheNewestOfItsSymbolWhateverComesLate()
    {
        await Send("""[{"symbol":"Q-1","price":12.34,"previousClose":11.02,"time":"2026-03-02T10:00:00+08:00"},{"symbol":"Q-2","price":1,"previousClose":1,"time":"2026-03-02T02:00:00Z"}]""");
        await Send("""[{"symbol":"Q-1","price":99,"previousClose":11.02,"time":"2026-03-02T01:59:59Z"},{"symbol":"Q-2","price":2,"previousClose":1,"time":"2026-03-02T02:00:01Z"}]""");

        var found = (await engine.Get("/v1/quotes?symbols=Q-1,Q-2,Q-none")).GetProperty("items").EnumerateArray()
            .Select(q => $"{q.GetProperty("symbol")} {q.GetProperty("price")} {q.GetProperty("previousClose")} {q.GetProperty("time")}");
        Assert.Equal(["Q-1 12.34 11.02 2026-03-02T02:00:00Z", "Q-2 2 1 2026-03-02T02:00:01Z"], found);
    }

    [Theory]
    [InlineData("""[{"symbol":"Q-3","price":1,"previousClose":1,"time":"2026-03-02T02:00:00Z"},{"symbol":"Q-4","price":0,"previousClose":1,"time":"2026-03-02T02:00:00Z"}]""", "request.invalid")]
    [InlineData("""[{"symbol":"Q-3","price":1,"previousClose":1,"time":"2026-03-02T02:00:00"}]""", "request.invalid")]
    [InlineData("""[{"symbol":"Q 3","price":1,"previousClose":1,"time":"2026-03-02T02:00:00Z"}]""", "request.invalid")]
    [InlineData("""[{"symbol":"Q-3","price":1,"time":"2026-03-02T02:00:00Z"}]""", "request.invalid")]
    [InlineData("""[{"symbol":"Q-3","price":1,"previousClose":1,"time":"2062-03-02T02:00:00Z"}]""", "request.invalid")]
    [InlineData("[null]", "request.invalid")]
    [InlineData("""{"symbol":"Q-3"}""", "request.unreadable")]
    [InlineData("""[{"symbol":"Q-3","price":"dear"}]""", "request.unreadable")]
    [InlineData("null", "request.unreadable")]
    public async Task Quotes_OneOfWhichCannotBeRight_AreNotTaken(string body, string code)
    {
        using var answer = await engine.As("ingest").PostAsync("/v1/quotes", Engine.Body(body, "application/json"));

        await Engine.Refused(answer, 400, code);
        Assert.Equal(0, (await engine.Get("/v1/quotes?symbols=Q-3")).GetProperty("items").GetArrayLength());
    }

    [Theory]
    [InlineData("")]
    [InlineData("?symbols=")]
    [InlineData("?symbols=a%20b")]
    public async Task Question_WithoutASymbol_IsRefused(string query)
    {
        using var answer = await engine.Auditor.GetAsync("/v1/quotes" + query);
        await Engine.Refused(answer, 400, "request.invalid");
    }

    private async Task Send(string body)
    {
        using var answer = await engine.As("ingest").PostAsync("/v1/quotes", Engine.Body(body, "application/json"));
        Assert.Equal(2, (await Engine.Json(answer)).GetProperty("accepted").GetInt32());
    }
}
