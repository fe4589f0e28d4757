using System.Net.Http.Headers;
using Engagement.Engage.Tests.Audit;
using Microsoft.AspNetCore.SignalR.Client;

namespace Engagement.Engage.Tests.Security;

/// <summary>What a real engine writes into its log, with everything turned on that is not shut off.</summary>
public sealed class LogTests
{
    [Fact]
    public async Task Log_OfARealEngine_HoldsNoToken()
    {
        await using var engine = new AuditedEngine();
        await engine.Start(("Logging__LogLevel__Default", "Debug"));
        var (admin, advisor) = (await engine.Token("hq-admin"), await engine.Token("advisor"));
        using var http = engine.Anonymous();
        using var signIn = await http.PostAsync(new Uri("/v1/session", UriKind.Relative), new StringContent($$"""{"token":"{{admin}}"}""", System.Text.Encoding.UTF8, "application/json"));
        Assert.True(signIn.IsSuccessStatusCode);
        foreach (var (method, path) in (ReadOnlySpan<(HttpMethod, string)>)[(HttpMethod.Get, "/v1/me"), (HttpMethod.Get, $"/v1/me?access_token={advisor}"), (HttpMethod.Put, "/v1/catalogue"), (HttpMethod.Get, $"/{advisor}")])
        {
            Send(method, path);
        }

        await using var connection = new HubConnectionBuilder()
            .WithUrl(new Uri(http.BaseAddress!, $"/hubs/desk?access_token={advisor}"), o =>
            {
                o.SkipNegotiation = true;
                o.Transports = Microsoft.AspNetCore.Http.Connections.HttpTransportType.WebSockets;
            })
            .Build();
        await connection.StartAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => connection.InvokeAsync<object>("Join", "advisor:nobody", 0L));
        await engine.Kill();

        // The search proves nothing where nothing was said.
        Assert.Contains("Join was refused", engine.Said, StringComparison.Ordinal);
        foreach (var token in (string[])[admin, advisor])
        {
            // Neither whole, nor its signature, nor its payload.
            Assert.All(token.Split('.')[1..], part => Assert.DoesNotContain(part, engine.Said, StringComparison.Ordinal));
        }

        void Send(HttpMethod method, string path)
        {
            using var request = new HttpRequestMessage(method, path);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", advisor);
            using var answer = http.Send(request);
        }
    }
}
