using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Engagement.Engage.Demo;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Engagement.Engage.Tests.Demo;

public sealed class DemoEndpointsTests : IAsyncLifetime, IDisposable
{
    private readonly HttpClient _http = new();
    private WebApplication _app = null!;

    [Fact]
    public async Task Change_SpeedAndPause_AreShownAndKeepWhatIsLeftOut()
    {
        await _http.PostAsJsonAsync("/v1/demo", new { speed = 4 });
        var changed = await _http.PostAsJsonAsync("/v1/demo", new { paused = true });

        var status = await changed.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(4, status.GetProperty("speed").GetDouble());
        Assert.True(status.GetProperty("paused").GetBoolean());
        Assert.Equal(10, status.GetProperty("days").GetArrayLength());
        Assert.Equal("2024-10-08", status.GetProperty("days")[6].GetProperty("day").GetString());
        Assert.InRange(status.GetProperty("days")[6].GetProperty("index").GetDecimal(), 3489.7m, 3489.8m);
        Assert.Equal(["clients", "day", "days", "paused", "sent", "speed", "time"], status.EnumerateObject().Select(p => p.Name).Order());
    }

    [Theory]
    [InlineData("{", "application/json")]
    [InlineData("null", "application/json")]
    [InlineData("{\"speed\":\"fast\"}", "application/json")]
    [InlineData("{}", "text/plain")]
    public async Task Change_UnreadableBody_IsAProblem(string body, string type)
    {
        var answer = await _http.PostAsync("/v1/demo", new StringContent(body, Encoding.UTF8, type));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("request.unreadable", (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString());
    }

    [Fact]
    public async Task People_BeforeSignIn_AreAHandfulOfEveryKind()
    {
        var people = await _http.GetFromJsonAsync<JsonElement>("/v1/demo/people");

        var roles = people.EnumerateArray().Select(p => p.GetProperty("role").GetString()!).ToArray();
        Assert.Equal(["advisor", "advisor", "advisor", "outlet-manager", "branch-manager", "hq-admin", "hq-analyst", "hq-operator"], roles);
        Assert.Equal("advisor:a-1001", people[0].GetProperty("desk").GetString());
        Assert.NotEmpty(people[0].GetProperty("name").GetProperty("zh").GetString()!);
    }

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<DemoControl>();
        _app = builder.Build();
        _app.MapDemo();
        await _app.StartAsync();
        _http.BaseAddress = new(_app.Urls.Single());
    }

    public async Task DisposeAsync() => await _app.DisposeAsync();

    public void Dispose() => _http.Dispose();
}
