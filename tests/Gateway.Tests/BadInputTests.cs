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

    [Theory]
    [MemberData(nameof(BadEvents.Rows), MemberType = typeof(BadEvents))]
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

    [Theory]
    [MemberData(nameof(BadEvents.Rows), MemberType = typeof(BadEvents))]
    public async Task Event_ThatIsBadAndAllThereIs_IsAnsweredWithItsRefusal(string bad, string code)
    {
        // The byte order mark of the body belongs to no event.
        using var sent = await engine.Ingest.PostAsync("/v1/events", Engine.Body("\uFEFF" + bad, "application/cloudevents+json"));
        var answer = await Engine.Json(sent);
        Assert.Equal(0, answer.GetProperty("accepted").GetInt32());
        Assert.Equal((0, code), (answer.GetProperty("rejected")[0].GetProperty("index").GetInt32(), answer.GetProperty("rejected")[0].GetProperty("code").GetString()));
        await engine.Accept(engine.Event("c-good", "app.active", "{}"));
    }

    [Theory]
    [MemberData(nameof(BadEvents.Rows), MemberType = typeof(BadEvents))]
    public async Task Event_ThatIsBadInAnArray_IsRefusedAloneUnlessTheArrayIsUnreadable(string bad, string code)
    {
        var before = await Events("c-array");
        var body = $"[{engine.Event("c-array", "app.active", "{}")},{bad},{engine.Event("c-array", "app.active", "{}")}]";
        using var sent = await engine.Ingest.PostAsync("/v1/events", Engine.Body(body, Batch));
        if (code == "event.too.large" || !IsJson(bad))
        {
            await Engine.Refused(sent, 400, "request.unreadable");
            Assert.Equal(before, await Events("c-array"));
        }
        else
        {
            var answer = await Engine.Json(sent);
            Assert.Equal(2, answer.GetProperty("accepted").GetInt32());
            var rejected = Assert.Single(answer.GetProperty("rejected").EnumerateArray());
            Assert.Equal((1, code), (rejected.GetProperty("index").GetInt32(), rejected.GetProperty("code").GetString()));
        }

        await engine.Accept(engine.Event("c-array", "app.active", "{}"));
    }

    [Theory]
    [InlineData("application/cloudevents+json", 400)]
    [InlineData(Batch, 400)]
    [InlineData(Ndjson, 200)]
    public async Task Body_ThatIsEmpty_HoldsNoEvent(string type, int status)
    {
        using var sent = await engine.Ingest.PostAsync("/v1/events", Engine.Body("", type));
        Assert.Equal(status, (int)sent.StatusCode);
    }

    [Theory]
    [InlineData("application/cloudevents+json")]
    [InlineData(Batch)]
    [InlineData(Ndjson)]
    public async Task Body_WithAByteOrderMark_IsTaken(string type)
    {
        var good = engine.Event("c-bom", "app.active", "{}");
        using var sent = await engine.Ingest.PostAsync("/v1/events", Engine.Body("\uFEFF" + (type == Batch ? $"[{good}]" : good), type));
        Assert.Equal(1, (await Engine.Json(sent)).GetProperty("accepted").GetInt32());
    }

    [Theory]
    [InlineData("/v1/quotes")]
    [InlineData("/v1/events")]
    [InlineData("/v1/session")]
    public async Task Body_OfUnknownCharacters_IsRefused(string path)
    {
        using var body = Bytes("[]"u8.ToArray(), "application/json");
        body.Headers.ContentType!.CharSet = "nonsense";
        using var sent = await engine.Ingest.PostAsync(path, body);
        await Engine.Refused(sent, 415, "request.content.type");
    }

    [Theory]
    [InlineData("/v1/segments/rich/members?after=%00")]
    [InlineData("/v1/segments/rich/members?after=a%20b")]
    public async Task Cursor_ThatIsNoId_IsRefused(string path)
    {
        using var answer = await engine.Auditor.GetAsync(path);
        await Engine.Refused(answer, 400, "request.invalid");
    }

    [Theory]
    [InlineData("br")]
    [InlineData("gzip, gzip")]
    [InlineData("utf-16")]
    public async Task Body_OfAnotherEncoding_IsRefused(string encoding)
    {
        using var body = Bytes([1, 2, 3], Ndjson);
        body.Headers.TryAddWithoutValidation("Content-Encoding", encoding);
        using var sent = await engine.Ingest.PostAsync("/v1/events", body);
        await Engine.Refused(sent, 415, "request.content.type");
    }

    [Fact]
    public async Task DeadLetter_OfBytesThatAreNoText_IsAtMost32KiBOfText()
    {
        using var sent = await engine.Ingest.PostAsync("/v1/events", Bytes([.. Enumerable.Repeat((byte)0xFF, 40_000)], Ndjson));
        Assert.Equal("event.too.large", (await Engine.Json(sent)).GetProperty("rejected")[0].GetProperty("code").GetString());
        var raw = (await LastDeadLetter()).GetProperty("raw").GetString()!;
        Assert.InRange(Encoding.UTF8.GetByteCount(raw), (32 * 1024) - 3, 32 * 1024);
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
    [InlineData(Batch, 10_000, 200)]
    [InlineData(Batch, 10_001, 413)]
    [InlineData(Ndjson, 10_001, 413)]
    public async Task Request_OfMoreEventsThanTheLimit_IsTooLarge(string type, int count, int status)
    {
        var numbers = Enumerable.Repeat("0", count);
        using var sent = await engine.Ingest.PostAsync("/v1/events", Engine.Body(type == Batch ? $"[{string.Join(',', numbers)}]" : string.Join('\n', numbers), type));
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
    public async Task Gzip_ThatWasCutOff_AppendsNothing()
    {
        var lines = Encoding.UTF8.GetBytes(engine.Event("c-cut", "app.active", "{}") + "\n");
        var whole = await Gzip(lines).ReadAsByteArrayAsync();
        foreach (var left in (int[])[whole.Length - 1, whole.Length - 8, whole.Length - 9, whole.Length / 2])
        {
            using var cut = new ByteArrayContent(whole, 0, left) { Headers = { ContentType = new(Ndjson), ContentEncoding = { "gzip" } } };
            using var refused = await engine.Ingest.PostAsync("/v1/events", cut);
            await Engine.Refused(refused, 400, "request.unreadable");
        }

        Assert.Equal(0, await Events("c-cut"));
        using var twice = new ByteArrayContent([.. whole, .. whole]) { Headers = { ContentType = new(Ndjson), ContentEncoding = { "gzip" } } };
        using var both = await engine.Ingest.PostAsync("/v1/events", twice);
        Assert.Equal(2, (await Engine.Json(both)).GetProperty("accepted").GetInt32());
    }

    [Fact]
    public async Task Request_FarBeyondTheLimit_IsStillAnswered()
    {
        using var sent = await engine.Ingest.PostAsync("/v1/events", Bytes(new byte[24 * 1024 * 1024], Ndjson));
        await Engine.Refused(sent, 413, "request.too.large");
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
        using var sent = await engine.Ingest.PostAsync("/v1/events", Engine.Body("nonsense\nnonsense", Ndjson));
        Assert.Equal(JsonValueKind.Null, (await Engine.Json(sent)).GetProperty("rejected")[0].GetProperty("id").ValueKind);
        var last = (await LastDeadLetter()).GetProperty("position").GetInt64();
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

    [Fact]
    public async Task Time_AtTheLimits_IsTaken() => await engine.Accept(
        engine.Event("c-times", "app.active", "{}", "2026-03-02T02:05:00.000999Z"),
        engine.Event("c-times", "app.active", "{}", "2023-12-23T02:00:00Z"));

    private async Task<int> Events(string client)
    {
        using var answer = await engine.Auditor.GetAsync($"/v1/clients/{client}/events?limit=1000");
        return answer.IsSuccessStatusCode ? (await Engine.Json(answer)).GetProperty("items").GetArrayLength() : 0;
    }

    private static bool IsJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new() { MaxDepth = 1_000 });
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

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
