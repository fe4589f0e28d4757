using System.Text;

namespace Engagement.Gateway.Tests;

/// <summary>A packed body: bombs, and what was cut off or is none.</summary>
[Collection(OneEngine.Name)]
public sealed class BadGzipTests(Engine engine)
{
    [Fact]
    public async Task Gzip_IsTakenAndItsBombIsTooLarge()
    {
        using var good = await engine.Ingest.PostAsync("/v1/events", IngestBodies.Gzip(Encoding.UTF8.GetBytes(engine.Event("c-zip", "app.active", "{}"))));
        Assert.Equal(1, (await Engine.Json(good)).GetProperty("accepted").GetInt32());
        using var bomb = await engine.Ingest.PostAsync("/v1/events", IngestBodies.Gzip(new byte[(16 * 1024 * 1024) + 1]));
        await Engine.Refused(bomb, 413, "request.too.large");
        using var broken = new ByteArrayContent([1, 2, 3, 4]) { Headers = { ContentType = new(IngestBodies.Ndjson), ContentEncoding = { "gzip" } } };
        using var unreadable = await engine.Ingest.PostAsync("/v1/events", broken);
        await Engine.Refused(unreadable, 400, "request.unreadable");
    }

    [Fact]
    public async Task Gzip_ThatWasCutOff_AppendsNothing()
    {
        var lines = Encoding.UTF8.GetBytes(engine.Event("c-cut", "app.active", "{}") + "\n");
        var whole = await IngestBodies.Gzip(lines).ReadAsByteArrayAsync();
        foreach (var left in (int[])[whole.Length - 1, whole.Length - 8, whole.Length - 9, whole.Length / 2])
        {
            using var cut = new ByteArrayContent(whole, 0, left) { Headers = { ContentType = new(IngestBodies.Ndjson), ContentEncoding = { "gzip" } } };
            using var refused = await engine.Ingest.PostAsync("/v1/events", cut);
            await Engine.Refused(refused, 400, "request.unreadable");
        }

        Assert.Equal(0, await engine.EventsOf("c-cut"));
        using var twice = new ByteArrayContent([.. whole, .. whole]) { Headers = { ContentType = new(IngestBodies.Ndjson), ContentEncoding = { "gzip" } } };
        using var both = await engine.Ingest.PostAsync("/v1/events", twice);
        Assert.Equal(2, (await Engine.Json(both)).GetProperty("accepted").GetInt32());
    }
}
