using System.Reflection;
using System.Text.Json;
using Engagement.Gateway.Clients;
using Engagement.Gateway.Desks;
using Engagement.Gateway.Map;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;

namespace Engagement.Gateway.Tests;

/// <summary>Holds the gateway against <see cref="RightsTable"/>, and the table against the gateway: what is new has no row yet.</summary>
[Collection(OneEngine.Name)]
public sealed class RightsTests(Engine engine)
{
    private static readonly Dictionary<string, (string Client, string Prompt)> Made = [];

    [Fact]
    public void Table_AgainstTheGateway_HasEveryEndpointAndHubMethod()
    {
        var mapped = engine.Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<HubMetadata>() is null && (e.RoutePattern.RawText ?? "").Trim('/').Split('/')[0] is "v1" or "health" or "openapi")
            .SelectMany(e => e.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods.Select(m => $"{m} /{e.RoutePattern.RawText!.Trim('/')}"))
            .Order(StringComparer.Ordinal).ToList();
        var known = RightsTable.Http.Select(r => r.Endpoint).Concat(RightsTable.Open).Concat(RightsTable.Described).Order(StringComparer.Ordinal);
        Assert.Equal(known, mapped);
        Assert.Equal(RightsTable.Hub.Order(StringComparer.Ordinal), MethodsOf(typeof(DeskHub)));
        Assert.Equal(RightsTable.MapHub, MethodsOf(typeof(MapHub)));
        Assert.Equal(RightsTable.ClientHub, MethodsOf(typeof(ClientHub)));
        Assert.All(
            engine.Endpoints.Where(e => e.Metadata.GetMetadata<IAllowAnonymous>() is not null).OfType<RouteEndpoint>().Select(e => e.RoutePattern.RawText!),
            path => Assert.False(path.StartsWith("/v1/", StringComparison.Ordinal) && path != "/v1/session", path));
    }

    private static IEnumerable<string> MethodsOf(Type hub) =>
        hub.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Where(m => !m.IsVirtual).Select(m => m.Name).Order(StringComparer.Ordinal);

    public static TheoryData<string, string> Calls()
    {
        var calls = new TheoryData<string, string>();
        foreach (var (endpoint, roles) in RightsTable.Http)
        {
            calls.Add(endpoint, roles);
        }

        return calls;
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Endpoint_OfTheTable_TakesItsRolesAndNoOthers(string endpoint, string roles)
    {
        var (method, path) = (endpoint.Split(' ')[0], endpoint.Split(' ')[1].Replace("{version:int}", "1", StringComparison.Ordinal)
            .Replace("{id}", "nobody", StringComparison.Ordinal).Replace("{node}", "branch:hn", StringComparison.Ordinal).Replace("{desk}", "outlet:nowhere", StringComparison.Ordinal));
        foreach (var role in RightsTable.Roles)
        {
            using var request = new HttpRequestMessage(new(method), path) { Content = method is "GET" or "DELETE" ? null : Engine.Body(method == "PUT" ? "{" : "{}", "application/json") };
            using var answer = await engine.As(role, node: "branch:hn").SendAsync(request);
            Assert.True((answer.StatusCode == System.Net.HttpStatusCode.Forbidden) != roles.Split(' ').Contains(role), $"{role} {endpoint}: {(int)answer.StatusCode}");
        }

        using var nobody = await engine.Anonymous().SendAsync(new(new(method), path));
        Assert.Equal(401, (int)nobody.StatusCode);
    }

    public static TheoryData<int> Rows()
    {
        var rows = new TheoryData<int>();
        for (var i = 0; i < RightsTable.Desks.Length; i++)
        {
            rows.Add(i);
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Desk_OfTheTable_OpensByRelation(int row)
    {
        var (role, sub, node, where, may) = RightsTable.Desks[row];
        var (desk, outlet) = where.StartsWith("hq", StringComparison.Ordinal) ? ("hq", where.Split(' ')[1]) : (where, where.Split(':')[1]);
        var (client, prompt) = await Client(where, outlet);
        var http = engine.As(role, sub, node);
        var wrongRole = !RightsTable.ByRelation.Split(' ').Contains(role);
        Assert.Equal(wrongRole ? 403 : may is '-' ? 404 : 200, await Status(http, $"/v1/clients/{client}"));
        await using var page = new HubConnectionBuilder()
            .WithUrl(new Uri(engine.Url, "/hubs/client"), o => o.AccessTokenProvider = () => Task.FromResult<string?>(engine.Token(role, sub, node)))
            .Build();
        await page.StartAsync();
        Assert.Equal(!wrongRole && may is not '-', await Taken(async () =>
        {
            await page.InvokeAsync("Watch", client);
            return default;
        }));
        if (prompt.Length == 0)
        {
            return;
        }

        Assert.Equal(wrongRole ? 403 : may is '-' or 'c' ? 404 : 200, await Status(http, $"/v1/desks/{desk}/prompts"));
        using var acted = await http.PostAsync($"/v1/desks/{desk}/prompts/{prompt}/actions", Engine.Body($$"""{"actionId":"rights-{{row}}","action":"seen"}""", "application/json"));
        Assert.Equal(wrongRole || may is 'r' ? 403 : may is 'a' ? 200 : 404, (int)acted.StatusCode);

        await using var connection = new HubConnectionBuilder()
            .WithUrl(new Uri(engine.Url, "/hubs/desk"), o => o.AccessTokenProvider = () => Task.FromResult<string?>(engine.Token(role, sub, node)))
            .Build();
        await connection.StartAsync();
        Assert.Equal(may is 'a' or 'r', await Taken(() => connection.InvokeAsync<JsonElement>("Join", desk, 0L)));
        Assert.Equal(may is 'a', await Taken(() => connection.InvokeAsync<JsonElement>("Act", desk, prompt, new { actionId = $"rights-hub-{row}", action = "seen" })));
    }

    public static TheoryData<int> NodeRows()
    {
        var rows = new TheoryData<int>();
        for (var i = 0; i < RightsTable.Nodes.Length; i++)
        {
            rows.Add(i);
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(NodeRows))]
    public async Task Node_OfTheTable_ShowsItsTotalsByRelation(int row)
    {
        var (role, sub, node, seen, may) = RightsTable.Nodes[row];
        var http = engine.As(role, sub, node);
        foreach (var path in new[] { $"/v1/map/{seen}", $"/v1/map/{seen}/history" })
        {
            Assert.Equal(role == "ingest" ? 403 : may ? 200 : 404, await Status(http, path));
        }

        await using var connection = new HubConnectionBuilder()
            .WithUrl(new Uri(engine.Url, "/hubs/map"), o => o.AccessTokenProvider = () => Task.FromResult<string?>(engine.Token(role, sub, node)))
            .Build();
        await connection.StartAsync();
        Assert.Equal(may, await Taken(() => connection.InvokeAsync<JsonElement>("Watch", seen)));
    }

    /// <summary>One client a desk, with a prompt where one is raised.</summary>
    private async Task<(string Client, string Prompt)> Client(string where, string outlet)
    {
        if (!Made.TryGetValue(where, out var made))
        {
            var client = "c-rights-" + outlet;
            await engine.Accept(engine.Event(client, "account.opened", $$"""{"outlet":"{{outlet}}","channel":"online"}"""), engine.Event(client, "x.hello", "{}"));
            using var answer = await engine.Auditor.GetAsync($"/v1/clients/{client}/decisions");
            var decision = (await Engine.Json(answer)).GetProperty("items")[0];
            Made[where] = made = (client, decision.GetProperty("prompt").GetString() ?? "");
        }

        return made;
    }

    private static async Task<int> Status(HttpClient http, string path)
    {
        using var answer = await http.GetAsync(path);
        return (int)answer.StatusCode;
    }

    private static async Task<bool> Taken(Func<Task<JsonElement>> call)
    {
        try
        {
            await call();
            return true;
        }
        catch (HubException e) when (e.Message.Contains("request.not.found", StringComparison.Ordinal) || e.Message.Contains("request.forbidden", StringComparison.Ordinal))
        {
            return false;
        }
    }
}
