using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Engagement.Gateway.Security;
using Engagement.Silo;
using Engagement.Storage.Sqlite;
using Engagement.Tests.Ports;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Engagement.Gateway.Tests;

/// <summary>The embedded engine as <c>engage serve --bare</c> composes it, on a free port with data of its own and a manual clock.</summary>
public sealed class Engine : IAsyncLifetime
{
    public const string Now = "2026-03-02T02:00:00Z";

    /// <summary>Headquarters serves the small clients of <c>tj</c> and <c>cq</c>, and has no desk for the latter.</summary>
    public const string Organisation = """
        branches:
        - id: hn
          outlets:
          - id: hn-001
            advisors: [ { id: a-1, name: 张三 }, { id: a-2, name: 李四 } ]
        - id: tj
          mandates: [ { id: tj-tail, scope: tail, channels: [assistant, desk], until: 2026-12-31 } ]
          outlets:
          - id: tj-001
            advisors:
            - { id: a-8, name: 周八, status: leave, standIn: a-9, licences: [fund] }
            - { id: a-9, name: 吴九, capacity: 0 }
        - id: cq
          mandates: [ { id: cq-tail, scope: tail, channels: [assistant], until: 2026-12-31 } ]
          outlets: [ { id: cq-001 } ]
        - id: sh
          mandates: [ { id: sh-tail, scope: tail, channels: [desk], until: 2026-12-31 } ]
          outlets: [ { id: sh-001 } ]
        """;

    private const string Catalogue = """
        campaigns:
        - { id: hello, trigger: {event: x.hello}, offer: {kind: call}, message: {zh: "{client.id} 您好", en: "Hello {client.id}"}, desks: [advisor, outlet, hq], expires: "48h" }
        """;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("engagement-gateway-");
    private readonly List<HttpClient> clients = [];
    private EmbeddedKey key = null!;
    private WebApplication app = null!;
    private int events;

    /// <summary>Settings beside those of every engine here. With <c>Engagement:Auth:Authority</c> tokens are that authority's.</summary>
    internal IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>();

    /// <summary>Makes a token in place of the engine's own key.</summary>
    internal Func<string, string, string?, string>? Issue { get; init; }

    /// <summary>The engine's data.</summary>
    internal string Folder => folder.FullName;

    /// <summary>What the engine logged as errors.</summary>
    public ConcurrentQueue<string> Logged { get; } = [];

    internal IServiceProvider Services => app.Services;

    /// <summary>Every endpoint that the gateway maps.</summary>
    public IEnumerable<Endpoint> Endpoints => ((IEndpointRouteBuilder)app).DataSources.SelectMany(d => d.Endpoints);

    public Uri Url { get; private set; } = null!;

    public HttpClient Ingest => field ??= As("ingest");

    public HttpClient Admin => field ??= As("hq-admin");

    public HttpClient Auditor => field ??= As("auditor");

    public async Task InitializeAsync()
    {
        key = EmbeddedKey.Open(folder.FullName);
        await Start();
        await Publish("organisation", Organisation);
        await Publish("catalogue", Catalogue);
    }

    /// <summary>Ends the engine and starts it on the same data.</summary>
    public async Task Restart()
    {
        await app.DisposeAsync();
        await Start();
    }

    private async Task Start()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = "Engagement.Gateway", ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Engagement:Clock"] = "manual",
            ["Engagement:Now"] = Now,
            ["Engagement:Shards"] = "2",
        });
        builder.Configuration.AddInMemoryCollection(Settings);
        Url ??= new($"http://127.0.0.1:{FreePort.Next()}");
        builder.WebHost.UseUrls(Url.ToString());
        builder.Logging.ClearProviders().AddProvider(new Errors(Logged));
        var database = Path.Combine(folder.FullName, "engine.db");
        builder.Services.AddSqliteStorage(database);
        builder.AddEmbeddedSilo(database);
        builder.AddGateway(Settings.ContainsKey("Engagement:Auth:Authority") ? null : key);
        app = builder.Build();
        app.MapGateway();
        await app.StartAsync();
    }

    public async Task DisposeAsync()
    {
        clients.ForEach(c => c.Dispose());
        await app.DisposeAsync();
        folder.Delete(recursive: true);
    }

    public string Token(string role, string? sub = null, string? node = null) =>
        Issue?.Invoke(role, sub ?? role, node) ?? key.Sign(role, sub ?? role, node, null, TimeProvider.System);

    public HttpClient As(string role, string? sub = null, string? node = null)
    {
        var http = Anonymous();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token(role, sub, node));
        return http;
    }

    public HttpClient Anonymous()
    {
        var http = new HttpClient { BaseAddress = Url };
        clients.Add(http);
        return http;
    }

    public Task<HttpResponseMessage> Put(string document, string text, string? ifMatch = null, HttpClient? by = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, $"/v1/{document}") { Content = Body(text, "application/yaml") };
        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        return (by ?? Admin).SendAsync(request);
    }

    /// <summary>Sends events that must be accepted, and waits until what follows from them has settled.</summary>
    public async Task Accept(params string[] lines)
    {
        using var sent = await Ingest.PostAsync("/v1/events", Body(string.Join('\n', lines), "application/x-ndjson"));
        var answer = await Json(sent);
        Assert.True(answer.GetProperty("accepted").GetInt32() == lines.Length, answer.ToString());
        using var settled = await Auditor.GetAsync("/v1/progress?wait=30");
        Assert.True((await Json(settled)).GetProperty("settled").GetBoolean());
    }

    /// <summary>An event in JSON, good but for what a test makes bad.</summary>
    public string Event(string client, string type, string data, string time = Now) =>
        $$"""{"specversion":"1.0","id":"e-{{Interlocked.Increment(ref events)}}","source":"test","type":"{{type}}","subject":"{{client}}","time":"{{time}}","data":{{data}}}""";

    public async Task<string> ClientWithPrompt(string client, string outlet = "hn-001")
    {
        await Accept(Event(client, "account.opened", $$"""{"outlet":"{{outlet}}","channel":"online"}"""), Event(client, "x.hello", "{}"));
        using var answer = await Auditor.GetAsync($"/v1/clients/{client}/decisions");
        return (await Json(answer)).GetProperty("items")[0].GetProperty("prompt").GetString()!;
    }

    /// <summary>Everything that lies in the data folder, as bytes.</summary>
    public byte[] RawBytes()
    {
        using var all = new MemoryStream();
        foreach (var file in folder.GetFiles())
        {
            using var stream = file.Open(FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            stream.CopyTo(all);
        }

        return all.ToArray();
    }

    public static StringContent Body(string text, string type)
    {
        var content = new StringContent(text, Encoding.UTF8);
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        return content;
    }

    public static async Task<JsonElement> Json(HttpResponseMessage answer) => JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync());

    /// <summary>Checks that an answer is a problem of the contract's form.</summary>
    public static async Task Refused(HttpResponseMessage answer, int status, string code)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True((int)answer.StatusCode == status, $"{(int)answer.StatusCode}: {text}");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = JsonSerializer.Deserialize<JsonElement>(text);
        Assert.Equal(code, problem.GetProperty("code").GetString());
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
    }

    public async Task Publish(string document, string text)
    {
        using var answer = await Put(document, text);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }
}

internal sealed class Errors(ConcurrentQueue<string> logged) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new Log(categoryName, logged);

    public void Dispose()
    {
    }

    private sealed class Log(string category, ConcurrentQueue<string> logged) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                logged.Enqueue($"{category}: {formatter(state, exception)}");
            }
        }
    }
}

[CollectionDefinition(Name)]
public sealed class OneEngine : ICollectionFixture<Engine>
{
    public const string Name = "one engine";
}
