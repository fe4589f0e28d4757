using System.Globalization;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Xunit.Abstractions;

namespace Engagement.Gateway.Tests.Fuzz;

/// <summary>
/// Bodies made bad at random: no 500, no hang, no growth, and what is good still goes through. Another run: set
/// ENGAGEMENT_FUZZ_SEED; a longer one: ENGAGEMENT_FUZZ_REQUESTS.
/// </summary>
public sealed partial class FuzzTests(Engine engine, ITestOutputHelper output) : IClassFixture<Engine>
{
    private const int GoodEvery = 100;
    private const long GrowthBytesMax = 128L * 1024 * 1024;

    private static readonly int Seed = Number("ENGAGEMENT_FUZZ_SEED", 20260302);
    private static readonly int Requests = Number("ENGAGEMENT_FUZZ_REQUESTS", 1_500);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly string[] Types = ["application/cloudevents+json", "application/cloudevents-batch+json", "application/x-ndjson", "application/json", ""];

    private readonly Mutation mutation = new(Seed);

    [Fact]
    public async Task Events_MutatedAtRandom_HarmNobody()
    {
        output.WriteLine($"seed {Seed}, {Requests} requests");
        await GoodGoesThrough(0);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 1; i <= Requests; i++)
        {
            var (type, good) = mutation.Pick(Bodies.OfEvents);
            var body = mutation.Change(good, mutation.Pick(Bodies.OfEvents).Body);
            var packed = mutation.Chance(20);
            using var request = Request(HttpMethod.Post, "/v1/events", mutation.Chance(90) ? type : mutation.Pick(Types), packed ? mutation.Gzip(body) : body);
            if (packed || mutation.Chance(2))
            {
                request.Content!.Headers.ContentEncoding.Add("gzip");
            }

            await Answered(engine.Ingest, request, i, body);
            if (i % GoodEvery == 0)
            {
                await GoodGoesThrough(i);
            }
        }

        var grown = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.True(grown < GrowthBytesMax, $"seed {Seed}: grown by {grown} bytes");
    }

    [Fact]
    public async Task OtherWrites_MutatedAtRandom_HarmNobody()
    {
        output.WriteLine($"seed {Seed}, {Requests / 3} requests");
        var prompt = await engine.ClientWithPrompt("c-fuzz-prompt");
        (HttpClient As, HttpMethod Method, string Path, string Type, byte[] Body)[] writes =
        [
            (engine.Admin, HttpMethod.Put, "/v1/catalogue", "application/yaml", Bodies.CatalogueYaml),
            (engine.Admin, HttpMethod.Put, "/v1/catalogue", "application/json", Bodies.CatalogueJson),
            (engine.Admin, HttpMethod.Put, "/v1/organisation", "application/yaml", Bodies.OrganisationYaml),
            (engine.Admin, HttpMethod.Put, "/v1/organisation", "application/json", Bodies.OrganisationJson),
            (engine.Admin, HttpMethod.Post, "/v1/clock", "application/json", Bodies.Clock),
            (engine.As("advisor", "a-1"), HttpMethod.Post, $"/v1/desks/outlet:hn-001/prompts/{prompt}/actions", "application/json", Bodies.Action),
            (engine.Anonymous(), HttpMethod.Post, "/v1/session", "application/json", Bodies.Session),
        ];
        for (var i = 1; i <= Requests / 3; i++)
        {
            var write = mutation.Pick(writes);
            var body = mutation.Change(write.Body, mutation.Pick(writes).Body);
            if (write.Path == "/v1/clock" && LaterYear().IsMatch(System.Text.Encoding.UTF8.GetString(body)))
            {
                // A moment far ahead that happens to be well written is no bad input: the clock would go there.
                continue;
            }

            using var request = Request(write.Method, write.Path, write.Type, body);
            await Answered(write.As, request, i, body);
            if (i % GoodEvery == 0)
            {
                await GoodGoesThrough(i);
            }
        }
    }

    private async Task GoodGoesThrough(int i)
    {
        using var answer = await engine.Ingest.PostAsync("/v1/events", Engine.Body(
            string.Join('\n', Enumerable.Range(0, 8).Select(n => engine.Event($"c-fuzz-{n}", "app.active", "{}"))), "application/x-ndjson"));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(text == """{"accepted":8,"rejected":[]}""", $"seed {Seed}, after request {i}: {(int)answer.StatusCode} {text}");
    }

    private static async Task Answered(HttpClient http, HttpRequestMessage request, int i, byte[] body)
    {
        using var tooLong = new CancellationTokenSource(Patience);
        using var answer = await http.SendAsync(request, tooLong.Token);
        var status = (int)answer.StatusCode;
        var text = await answer.Content.ReadAsStringAsync(CancellationToken.None);
        Assert.True(status is >= 200 and < 500, $"seed {Seed}, request {i} to {request.RequestUri}: {status} {text}\n{Convert.ToBase64String(body.AsSpan(0, Math.Min(body.Length, 3_000)))}");
        Assert.True(status < 400 || answer.Content.Headers.ContentType?.MediaType == "application/problem+json", $"seed {Seed}, request {i}: {status} {text}");
    }

    private static HttpRequestMessage Request(HttpMethod method, string path, string type, byte[] body) => new(method, path)
    {
        Content = new ByteArrayContent(body) { Headers = { ContentType = type.Length == 0 ? null : new MediaTypeHeaderValue(type) } },
    };

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : otherwise;

    [GeneratedRegex("20[2-9][0-9]-|2[1-9][0-9]{2}-|[3-9][0-9]{3}-")]
    private static partial Regex LaterYear();
}
