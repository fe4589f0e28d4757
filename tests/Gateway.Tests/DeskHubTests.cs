using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;

namespace Engagement.Gateway.Tests;

/// <summary>The live desk over a real connection.</summary>
[Collection(OneEngine.Name)]
public sealed class DeskHubTests(Engine engine)
{
    private const string Desk = "outlet:hn-001";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task Join_ThenANewPrompt_SnapshotChangeAndHeartbeatFollowEachOther()
    {
        var before = await engine.ClientWithPrompt("c-hub-1");
        await using var screen = await Screen.Open(engine, "a-1");
        var joined = await screen.Connection.InvokeAsync<JsonElement>("Join", Desk, 0L);
        Assert.True(joined.GetProperty("snapshot").GetBoolean());
        Assert.Contains(before, Ids(joined));
        var seq = joined.GetProperty("seq").GetInt64();

        var raised = await engine.ClientWithPrompt("c-hub-2");
        var (shown, beaten) = (false, false);
        while (!shown || !beaten)
        {
            var changed = await screen.Next(Patience);
            Assert.Equal(seq, changed.GetProperty("from").GetInt64());
            seq = changed.GetProperty("seq").GetInt64();
            shown |= Ids(changed).Contains(raised);
            beaten |= shown && !Ids(changed).Any() && changed.GetProperty("from").GetInt64() == seq;
        }

        var again = await screen.Connection.InvokeAsync<JsonElement>("Join", Desk, seq - 1);
        Assert.False(again.GetProperty("snapshot").GetBoolean());
        Assert.Equal([raised], Ids(again));
    }

    [Fact]
    public async Task Act_ByTwo_TheSecondIsToldThatItIsTaken()
    {
        var prompt = await engine.ClientWithPrompt("c-hub-3");
        await using var first = await Screen.Open(engine, "a-1");
        await using var second = await Screen.Open(engine, "a-2");
        var taken = await first.Act(prompt, "act-a", "accept");
        Assert.Equal(("accepted", "a-1"), (taken.GetProperty("state").GetString(), taken.GetProperty("by").GetString()));
        await Refused("prompt.taken", () => second.Act(prompt, "act-b", "accept"));
        await Refused("prompt.state", () => first.Act(prompt, "act-c", "accept"));
        await Refused("prompt.action.invalid", () => first.Act(prompt, "act-d", "eat"));
        await Refused("prompt.unknown", () => first.Act("d-none", "act-e", "seen"));
    }

    [Fact]
    public async Task Act_WithOneActionIdTwice_HappensOnce()
    {
        var prompt = await engine.ClientWithPrompt("c-hub-4");
        await using var screen = await Screen.Open(engine, "a-1");
        var first = await screen.Act(prompt, "act-once", "accept");
        await screen.Act(prompt, "act-done", "done");
        var repeated = await screen.Act(prompt, "act-once", "accept");
        Assert.Equal(first.ToString(), repeated.ToString());
        using var answer = await engine.Auditor.GetAsync($"/v1/desks/{Desk}/prompts?state=done");
        Assert.Contains(prompt, Ids(await Engine.Json(answer), "items"));
    }

    [Fact]
    public async Task Join_ByWhoMayNot_IsRefused()
    {
        await using var stranger = await Screen.Open(engine, "a-none");
        await Refused("request.not.found", () => stranger.Connection.InvokeAsync<JsonElement>("Join", Desk, 0L));
        await Refused("request.not.found", () => stranger.Act("p", "act-f", "seen"));
    }

    [Fact]
    public async Task Refusal_OfACall_IsNoErrorInTheLog()
    {
        await using var stranger = await Screen.Open(engine, "a-none");
        await Refused("request.not.found", () => stranger.Connection.InvokeAsync<JsonElement>("Join", Desk, 0L));
        await Refused("request.not.found", () => stranger.Act("p", "act-g", "seen"));
        Assert.DoesNotContain(engine.Logged, l => l.Contains("Hub", StringComparison.Ordinal));
    }

    private static async Task Refused(string code, Func<Task<JsonElement>> call)
    {
        var refusal = await Assert.ThrowsAsync<HubException>(call);
        Assert.Contains($"HubException: {code}", refusal.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Ids(JsonElement answer, string list = "prompts") => answer.GetProperty(list).EnumerateArray().Select(p => p.GetProperty("id").GetString()!);

    private sealed class Screen(HubConnection connection, Channel<JsonElement> changes) : IAsyncDisposable
    {
        public HubConnection Connection => connection;

        public static async Task<Screen> Open(Engine engine, string advisor)
        {
            var connection = new HubConnectionBuilder()
                .WithUrl(new Uri(engine.Url, "/hubs/desk"), o => o.AccessTokenProvider = () => Task.FromResult<string?>(engine.Token("advisor", advisor)))
                .Build();
            var changes = Channel.CreateUnbounded<JsonElement>();
            connection.On<JsonElement>("Changed", c => { changes.Writer.TryWrite(c.Clone()); });
            await connection.StartAsync();
            return new(connection, changes);
        }

        public async Task<JsonElement> Next(TimeSpan patience)
        {
            using var tooLong = new CancellationTokenSource(patience);
            return await changes.Reader.ReadAsync(tooLong.Token);
        }

        public Task<JsonElement> Act(string prompt, string actionId, string action) =>
            connection.InvokeAsync<JsonElement>("Act", Desk, prompt, new { actionId, action });

        public ValueTask DisposeAsync() => connection.DisposeAsync();
    }
}
