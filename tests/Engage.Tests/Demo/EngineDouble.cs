using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Engagement.Engage.Tests.Demo;

internal readonly record struct Received(string Id, string Client);

/// <summary>Answers like the engine as far as the demo asks it, and remembers what it was sent.</summary>
internal sealed class EngineDouble : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, string> _documents = [];
    private int _busy;

    private EngineDouble(int busy)
    {
        _busy = busy;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapGet("/health/ready", () => Results.Ok());
        _app.MapGet("/v1/{document}", (string document) => Results.Json(new { version = _documents.ContainsKey(document) ? 1 : 0 }));
        _app.MapPut("/v1/{document}", Publish);
        _app.MapPost("/v1/events", (Delegate)Append);
        _app.MapPost("/v1/quotes", (JsonElement quotes) => Quotes.Enqueue(quotes.Clone()));
    }

    public ConcurrentQueue<Received> Events { get; } = [];

    public ConcurrentQueue<JsonElement> Quotes { get; } = [];

    /// <summary>Clients whose histories have come.</summary>
    public ConcurrentDictionary<string, bool> Loaded { get; } = [];

    public IDictionary<string, string> Documents => _documents;

    public Uri Address => new(_app.Urls.Single());

    /// <param name="busy">How many requests with events are refused with 429 first.</param>
    public static async Task<EngineDouble> Start(int busy = 0)
    {
        var engine = new EngineDouble(busy);
        await engine._app.StartAsync();
        return engine;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task Publish(string document, HttpRequest request)
    {
        Assert.Equal("Bearer admin", request.Headers.Authorization.ToString());
        using var reader = new StreamReader(request.Body);
        _documents[document] = await reader.ReadToEndAsync();
    }

    private async Task<IResult> Append(HttpContext context)
    {
        Assert.Equal("Bearer ingest", context.Request.Headers.Authorization.ToString());
        if (Interlocked.Decrement(ref _busy) >= 0)
        {
            context.Response.Headers.RetryAfter = "0";
            return Results.StatusCode(StatusCodes.Status429TooManyRequests);
        }

        using var reader = new StreamReader(context.Request.Body);
        var accepted = 0;
        while (await reader.ReadLineAsync() is { } line)
        {
            using var json = JsonDocument.Parse(line);
            var one = new Received(json.RootElement.GetProperty("id").GetString()!, json.RootElement.GetProperty("subject").GetString()!);
            Events.Enqueue(one);
            if (one.Id == $"h-{one.Client}-0")
            {
                Loaded[one.Client] = true;
            }

            accepted++;
        }

        return Results.Json(new { accepted, rejected = Array.Empty<object>() });
    }
}
