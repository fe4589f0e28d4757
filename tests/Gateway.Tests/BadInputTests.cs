using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Engagement.Gateway.Tests;

/// <summary>Bad input harms nobody: a clear refusal, kept where it can be looked at, and the rest goes on.</summary>
[Collection(OneEngine.Name)]
public sealed class BadInputTests(Engine engine)
{
    private const string Ndjson = "application/x-ndjson";
    private const string Batch = "application/cloudevents-batch+json";

    public static TheoryData<string, string> BadEvents() => new()
    {
        { """{"specversion":"1.0","id":"t-1",""", "event.json.invalid" },
        { "[]", "event.json.invalid" },
        { Made(data: """{"quantity":NaN}"""), "event.json.invalid" },
        { Made().Replace("\"1.0\"", "1.0", StringComparison.Ordinal), "event.attribute.invalid" },
        { Made().Replace("\"1.0\"", "\"0.3\"", StringComparison.Ordinal), "event.attribute.invalid" },
        { Made().Replace("\"subject\"", "\"subjet\"", StringComparison.Ordinal), "event.attribute.missing" },
        { Made(time: "2026-03-02T02:00:00"), "event.attribute.invalid" },
        { Made(type: "trade.executes"), "event.type.unknown" },
        { Made(time: "2026-03-02T02:05:00.001Z"), "event.time.future" },
        { Made(time: "2023-12-23T01:59:59.999Z"), "event.time.past" },
        { Made(data: Trade.Replace("\"price\":10", "\"price\":-10", StringComparison.Ordinal)), "event.data.invalid" },
        { Made(data: Trade.Replace("\"price\":10", "\"price\":0", StringComparison.Ordinal)), "event.data.invalid" },
        { Made(data: Trade.Replace("\"price\":10", "\"price\":\"10\"", StringComparison.Ordinal)), "event.data.invalid" },
        { Made(data: Trade.Replace("\"price\":10", "\"price\":1e400", StringComparison.Ordinal)), "event.data.invalid" },
        { Made(data: Trade.Replace("\"price\":10", "\"price\":1.23456", StringComparison.Ordinal)), "event.data.invalid" },
        { Made(data: Trade.Replace("buy", "borrow", StringComparison.Ordinal)), "event.data.invalid" },
        { Made(type: "profile.changed", data: """{"addTags":["tel 13912345678"]}"""), "event.data.invalid" },
        { Made(type: "profile.changed", data: """{"tags":["11010519491231002X"]}"""), "event.data.invalid" },
        { Made(type: "x.note", data: """{"a":{"nested":1}}"""), "event.data.invalid" },
        { Made(type: "x.note", data: "{\"a\":" + new string('[', 100) + new string(']', 100) + "}"), "event.too.deep" },
        { Made(type: "x.note", data: "{\"a\":\"" + new string('y', 33 * 1024) + "\"}"), "event.too.large" },
        { Made(type: "x.note", data: "{\"a\":\"\\ud800\"}"), "event.data.invalid" },
    };

    private const string Trade = """{"symbol":"600519","side":"buy","quantity":100,"price":10,"product":"stock","commission":1}""";

    [Theory]
    [MemberData(nameof(BadEvents))]
    public async Task Event_ThatIsBad_IsRefusedAloneAndKept(string bad, string code)
    {
        var lines = $"{engine.Event("c-good", "app.active", "{}")}\n\n  \r\n{bad}\n{engine.Event("c-good", "app.active", "{}")}\n";
        using var sent = await engine.Ingest.PostAsync("/v1/events", Engine.Body(lines, Ndjson));
        var answer = await Engine.Json(sent);
        Assert.Equal(2, answer.GetProperty("accepted").GetInt32());
        var rejected = Assert.Single(answer.GetProperty("rejected").EnumerateArray());
        Assert.Equal((1, code), (rejected.GetProperty("index").GetInt32(), rejected.GetProperty("code").GetString()));
        Assert.NotEmpty(rejected.GetProperty("detail").GetString()!);

        var kept = await LastDeadLetter();
        Assert.Equal(code, kept.GetProperty("code").GetString());
        Assert.Equal(bad.Length > 32 * 1024 ? bad[..(32 * 1024)] : bad, kept.GetProperty("raw").GetString());
    }

    [Fact]
    public async Task Event_OfInvalidUtf8_IsRefusedAloneInLinesAndWithAllInAnArray()
    {
        byte[] line = [.. "{\"specversion\":\"1.0\",\"id\":\"\xff\"}"u8[..^3], 0xFF, 0xFE, .. "\"}"u8];
        using var lines = await engine.Ingest.PostAsync("/v1/events", Bytes(line, Ndjson));
        Assert.Equal("event.json.invalid", (await Engine.Json(lines)).GetProperty("rejected")[0].GetProperty("code").GetString());
        using var array = await engine.Ingest.PostAsync("/v1/events", Bytes([(byte)'[', .. line, (byte)']'], Batch));
        await Engine.Refused(array, 400, "request.unreadable");
    }

    [Theory]
    [InlineData("[{\"specversion\":\"1.0\",")]
    [InlineData("[NaN]")]
    [InlineData("{}")]
    [InlineData("[]]")]
    [InlineData("")]
    public async Task Array_ThatCannotBeSplit_IsRefusedAsAWhole(string body)
    {
        using var sent = await engine.Ingest.PostAsync("/v1/events", Engine.Body(body, Batch));
        await Engine.Refused(sent, 400, "request.unreadable");
    }

    [Fact]
    public async Task Array_WithNonsenseAtItsEnd_AppendsNothing()
    {
        using var sent = await engine.Ingest.PostAsync("/v1/events", Engine.Body($"[{engine.Event("c-nobody", "app.active", "{}")},NaN]", Batch));
        await Engine.Refused(sent, 400, "request.unreadable");
        using var client = await engine.Auditor.GetAsync("/v1/clients/c-nobody");
        await Engine.Refused(client, 404, "request.not.found");
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("text/plain")]
    public async Task Body_OfAnotherType_IsRefused(string type)
    {
        using var sent = await engine.Ingest.PostAsync("/v1/events", Engine.Body(engine.Event("c", "app.active", "{}"), type));
        await Engine.Refused(sent, 415, "request.content.type");
    }

    [Theory]
    [InlineData(10_000, 200)]
    [InlineData(10_001, 413)]
    public async Task Request_OfMoreEventsThanTheLimit_IsTooLarge(int count, int status)
    {
        using var sent = await engine.Ingest.PostAsync("/v1/events", Engine.Body("[" + string.Join(',', Enumerable.Repeat("0", count)) + "]", Batch));
        Assert.Equal(status, (int)sent.StatusCode);
        if (status == 413)
        {
            await Engine.Refused(sent, 413, "request.too.large");
        }
    }

    [Fact]
    public async Task Gzip_IsTakenAndItsBombIsTooLarge()
    {
        using var good = await engine.Ingest.PostAsync("/v1/events", Gzip(Encoding.UTF8.GetBytes(engine.Event("c-zip", "app.active", "{}"))));
        Assert.Equal(1, (await Engine.Json(good)).GetProperty("accepted").GetInt32());
        using var bomb = await engine.Ingest.PostAsync("/v1/events", Gzip(new byte[(16 * 1024 * 1024) + 1]));
        await Engine.Refused(bomb, 413, "request.too.large");
        using var broken = new ByteArrayContent([1, 2, 3, 4]) { Headers = { ContentType = new(Ndjson), ContentEncoding = { "gzip" } } };
        using var unreadable = await engine.Ingest.PostAsync("/v1/events", broken);
        await Engine.Refused(unreadable, 400, "request.unreadable");
    }

    [Fact]
    public async Task Time_AtTheLimits_IsTaken() => await engine.Accept(
        engine.Event("c-times", "app.active", "{}", "2026-03-02T02:05:00.000999Z"),
        engine.Event("c-times", "app.active", "{}", "2023-12-23T02:00:00Z"));

    private async Task<JsonElement> LastDeadLetter()
    {
        var after = "0";
        JsonElement last = default;
        while (after is not null)
        {
            using var answer = await engine.Admin.GetAsync($"/v1/dead-letters?limit=1000&after={after}");
            var page = await Engine.Json(answer);
            last = page.GetProperty("items").EnumerateArray().LastOrDefault(last);
            after = page.GetProperty("next").GetString();
        }

        return last;
    }

    private static string Made(string type = "trade.executed", string data = Trade, string time = Engine.Now) =>
        $$"""{"specversion":"1.0","id":"bad","source":"test","type":"{{type}}","subject":"c-bad","time":"{{time}}","data":{{data}}}""";

    private static ByteArrayContent Bytes(byte[] bytes, string type) => new(bytes) { Headers = { ContentType = new MediaTypeHeaderValue(type) } };

    private static ByteArrayContent Gzip(byte[] plain)
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Fastest))
        {
            gzip.Write(plain);
        }

        return new(buffer.ToArray()) { Headers = { ContentType = new(Ndjson), ContentEncoding = { "gzip" } } };
    }
}
