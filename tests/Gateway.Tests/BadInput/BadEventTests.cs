using System.Text;
using System.Text.Json;

namespace Engagement.Gateway.Tests;

/// <summary>An event that is bad is refused alone and kept where it can be looked at; the rest goes on.</summary>
[Collection(OneEngine.Name)]
public sealed class BadEventTests(Engine engine)
{
    [Theory]
    [MemberData(nameof(BadEvents.Rows), MemberType = typeof(BadEvents))]
    public async Task Event_ThatIsBad_IsRefusedAloneAndKept(string bad, string code)
    {
        var lines = $"{engine.Event("c-good", "app.active", "{}")}\n\n  \r\n{bad}\n{engine.Event("c-good", "app.active", "{}")}\n";
        using var sent = await engine.Ingest.PostAsync("/v1/events", Engine.Body(lines, IngestBodies.Ndjson));
        var answer = await Engine.Json(sent);
        Assert.Equal(2, answer.GetProperty("accepted").GetInt32());
        var rejected = Assert.Single(answer.GetProperty("rejected").EnumerateArray());
        Assert.Equal((1, code), (rejected.GetProperty("index").GetInt32(), rejected.GetProperty("code").GetString()));
        Assert.NotEmpty(rejected.GetProperty("detail").GetString()!);

        var kept = await engine.LastDeadLetter();
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
        var before = await engine.EventsOf("c-array");
        var body = $"[{engine.Event("c-array", "app.active", "{}")},{bad},{engine.Event("c-array", "app.active", "{}")}]";
        using var sent = await engine.Ingest.PostAsync("/v1/events", Engine.Body(body, IngestBodies.Batch));
        if (code == "event.too.large" || !IsJson(bad))
        {
            await Engine.Refused(sent, 400, "request.unreadable");
            Assert.Equal(before, await engine.EventsOf("c-array"));
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

    [Fact]
    public async Task Event_OfInvalidUtf8_IsRefusedAloneInLinesAndWithAllInAnArray()
    {
        byte[] line = [.. "{\"specversion\":\"1.0\",\"id\":\"\xff\"}"u8[..^3], 0xFF, 0xFE, .. "\"}"u8];
        using var lines = await engine.Ingest.PostAsync("/v1/events", IngestBodies.Bytes(line, IngestBodies.Ndjson));
        Assert.Equal("event.json.invalid", (await Engine.Json(lines)).GetProperty("rejected")[0].GetProperty("code").GetString());
        using var array = await engine.Ingest.PostAsync("/v1/events", IngestBodies.Bytes([(byte)'[', .. line, (byte)']'], IngestBodies.Batch));
        await Engine.Refused(array, 400, "request.unreadable");
    }

    [Fact]
    public async Task DeadLetter_OfBytesThatAreNoText_IsAtMost32KiBOfText()
    {
        using var sent = await engine.Ingest.PostAsync("/v1/events", IngestBodies.Bytes([.. Enumerable.Repeat((byte)0xFF, 40_000)], IngestBodies.Ndjson));
        Assert.Equal("event.too.large", (await Engine.Json(sent)).GetProperty("rejected")[0].GetProperty("code").GetString());
        var raw = (await engine.LastDeadLetter()).GetProperty("raw").GetString()!;
        Assert.InRange(Encoding.UTF8.GetByteCount(raw), (32 * 1024) - 3, 32 * 1024);
    }

    [Fact]
    public async Task Time_AtTheLimits_IsTaken() => await engine.Accept(
        engine.Event("c-times", "app.active", "{}", "2026-03-02T02:05:00.000999Z"),
        engine.Event("c-times", "app.active", "{}", "2023-12-23T02:00:00Z"));

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
}
