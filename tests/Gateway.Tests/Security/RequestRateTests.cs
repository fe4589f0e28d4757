using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;

namespace Engagement.Gateway.Tests.Security;

/// <summary>One caller's requests are bounded, and nobody else's by them.</summary>
public sealed class RequestRateTests : IAsyncLifetime
{
    private const int Burst = 60;

    private readonly Engine engine = new()
    {
        Settings = new Dictionary<string, string?> { ["Engagement:Rate:PerSecond"] = "10", ["Engagement:Rate:Burst"] = $"{Burst}" },
    };

    public Task InitializeAsync() => engine.InitializeAsync();

    public Task DisposeAsync() => engine.DisposeAsync();

    [Fact]
    public async Task Requests_BeyondTheBurst_AreRefusedToThatCallerAlone()
    {
        var greedy = engine.As("auditor", "greedy");
        var answers = await Task.WhenAll(Enumerable.Range(0, Burst * 3).Select(_ => greedy.GetAsync("/v1/me")));
        var refused = answers.Where(a => !a.IsSuccessStatusCode).ToList();
        Assert.InRange(refused.Count, 1, Burst * 2);
        Assert.All(refused, a => Assert.InRange(a.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60));
        await Engine.Refused(refused[0], 429, "request.rate");
        // Another token of the same person and role shares his bound; another person's is his own.
        using var other = await engine.As("auditor", "modest").GetAsync("/v1/me");
        Assert.Equal(200, (int)other.StatusCode);
        using var health = await greedy.GetAsync("/health/live");
        Assert.Equal(200, (int)health.StatusCode);
        Array.ForEach(answers, a => a.Dispose());
    }

    [Fact]
    public async Task Events_AreNotCounted()
    {
        for (var i = 0; i < Burst * 3; i++)
        {
            using var sent = await engine.Ingest.PostAsync("/v1/events", Engine.Body(engine.Event("c-rate", "x.hello", "{}"), "application/x-ndjson"));
            Assert.Equal(200, (int)sent.StatusCode);
        }
    }

    [Fact]
    public async Task SignIns_FromOneAddress_AreBounded()
    {
        var http = engine.Anonymous();
        var answers = await Task.WhenAll(Enumerable.Range(0, Burst * 3).Select(_ => http.PostAsync("/v1/session", Engine.Body("""{"token":"guess"}""", "application/json"))));
        Assert.Contains(answers, a => (int)a.StatusCode == 429);
        Assert.DoesNotContain(answers, a => a.IsSuccessStatusCode);
        Array.ForEach(answers, a => a.Dispose());
    }

    [Fact]
    public async Task HubCalls_BeyondTheBurst_AreRefused()
    {
        await using var connection = new HubConnectionBuilder()
            .WithUrl(new Uri(engine.Url, "/hubs/desk"), o => o.AccessTokenProvider = () => Task.FromResult<string?>(engine.Token("advisor", "a-2")))
            .Build();
        await connection.StartAsync();
        var calls = Enumerable.Range(0, Burst * 2).Select(_ => connection.InvokeAsync<JsonElement>("Join", "outlet:hn-001", 0L)).ToList();
        var refused = await Assert.ThrowsAsync<HubException>(() => Task.WhenAll(calls));
        Assert.Contains("request.rate: ", refused.Message, StringComparison.Ordinal);
        Assert.Contains(calls, c => c.IsCompletedSuccessfully);
    }
}
