using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Engagement.Gateway.Tests;

/// <summary>Bodies of events, and what became of them.</summary>
internal static class IngestBodies
{
    public const string Ndjson = "application/x-ndjson";
    public const string Batch = "application/cloudevents-batch+json";

    public static ByteArrayContent Bytes(byte[] bytes, string type) => new(bytes) { Headers = { ContentType = new MediaTypeHeaderValue(type) } };

    public static ByteArrayContent Gzip(byte[] plain)
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Fastest))
        {
            gzip.Write(plain);
        }

        return new(buffer.ToArray()) { Headers = { ContentType = new(Ndjson), ContentEncoding = { "gzip" } } };
    }

    public static async Task<int> EventsOf(this Engine engine, string client)
    {
        using var answer = await engine.Auditor.GetAsync($"/v1/clients/{client}/events?limit=1000");
        return answer.IsSuccessStatusCode ? (await Engine.Json(answer)).GetProperty("items").GetArrayLength() : 0;
    }

    public static async Task<JsonElement> LastDeadLetter(this Engine engine)
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
}
