namespace Engagement.Gateway.Tests;

/// <summary>A body that cannot be taken is refused as a whole, and clearly.</summary>
[Collection(OneEngine.Name)]
public sealed class BadBodyTests(Engine engine)
{
    [Theory]
    [InlineData("application/cloudevents+json", 400)]
    [InlineData(IngestBodies.Batch, 400)]
    [InlineData(IngestBodies.Ndjson, 200)]
    public async Task Body_ThatIsEmpty_HoldsNoEvent(string type, int status)
    {
        using var sent = await engine.Ingest.PostAsync("/v1/events", Engine.Body("", type));
        Assert.Equal(status, (int)sent.StatusCode);
    }

    [Theory]
    [InlineData("application/cloudevents+json")]
    [InlineData(IngestBodies.Batch)]
    [InlineData(IngestBodies.Ndjson)]
    public async Task Body_WithAByteOrderMark_IsTaken(string type)
    {
        var good = engine.Event("c-bom", "app.active", "{}");
        using var sent = await engine.Ingest.PostAsync("/v1/events", Engine.Body("\uFEFF" + (type == IngestBodies.Batch ? $"[{good}]" : good), type));
        Assert.Equal(1, (await Engine.Json(sent)).GetProperty("accepted").GetInt32());
    }

    [Theory]
    [InlineData("/v1/quotes")]
    [InlineData("/v1/events")]
    [InlineData("/v1/session")]
    public async Task Body_OfUnknownCharacters_IsRefused(string path)
    {
        using var body = IngestBodies.Bytes("[]"u8.ToArray(), "application/json");
        body.Headers.ContentType!.CharSet = "nonsense";
        using var sent = await engine.Ingest.PostAsync(path, body);
        await Engine.Refused(sent, 415, "request.content.type");
    }

    [Theory]
    [InlineData("br")]
    [InlineData("gzip, gzip")]
    [InlineData("utf-16")]
    public async Task Body_OfAnotherEncoding_IsRefused(string encoding)
    {
        using var body = IngestBodies.Bytes([1, 2, 3], IngestBodies.Ndjson);
        body.Headers.TryAddWithoutValidation("Content-Encoding", encoding);
        using var sent = await engine.Ingest.PostAsync("/v1/events", body);
        await Engine.Refused(sent, 415, "request.content.type");
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
    [InlineData("[{\"specversion\":\"1.0\",")]
    [InlineData("[NaN]")]
    [InlineData("{}")]
    [InlineData("[]]")]
    [InlineData("")]
    public async Task Array_ThatCannotBeSplit_IsRefusedAsAWhole(string body)
    {
        using var sent = await engine.Ingest.PostAsync("/v1/events", Engine.Body(body, IngestBodies.Batch));
        await Engine.Refused(sent, 400, "request.unreadable");
    }

    [Fact]
    public async Task Array_WithNonsenseAtItsEnd_AppendsNothing()
    {
        using var sent = await engine.Ingest.PostAsync("/v1/events", Engine.Body($"[{engine.Event("c-nobody", "app.active", "{}")},NaN]", IngestBodies.Batch));
        await Engine.Refused(sent, 400, "request.unreadable");
        using var client = await engine.Auditor.GetAsync("/v1/clients/c-nobody");
        await Engine.Refused(client, 404, "request.not.found");
    }

    [Theory]
    [InlineData(IngestBodies.Batch, 10_000, 200)]
    [InlineData(IngestBodies.Batch, 10_001, 413)]
    [InlineData(IngestBodies.Ndjson, 10_001, 413)]
    public async Task Request_OfMoreEventsThanTheLimit_IsTooLarge(string type, int count, int status)
    {
        var numbers = Enumerable.Repeat("0", count);
        using var sent = await engine.Ingest.PostAsync("/v1/events", Engine.Body(type == IngestBodies.Batch ? $"[{string.Join(',', numbers)}]" : string.Join('\n', numbers), type));
        Assert.Equal(status, (int)sent.StatusCode);
        if (status == 413)
        {
            await Engine.Refused(sent, 413, "request.too.large");
        }
    }

    [Fact]
    public async Task Request_FarBeyondTheLimit_IsStillAnswered()
    {
        using var sent = await engine.Ingest.PostAsync("/v1/events", IngestBodies.Bytes(new byte[24 * 1024 * 1024], IngestBodies.Ndjson));
        await Engine.Refused(sent, 413, "request.too.large");
    }
}
