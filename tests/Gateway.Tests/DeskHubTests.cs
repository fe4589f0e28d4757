using System.Net.WebSockets;
using System.Text;
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
    public async Task Join_OnTheWire_NothingComesBeforeItsAnswerAndTheLoadIsTrue()
    {
        await engine.ClientWithPrompt("c-hub-5");
        using var load = await engine.Auditor.GetAsync($"/v1/desks/{Desk}");
        var clients = (await Engine.Json(load)).GetProperty("clients").GetInt64();
        for (var screen = 0; screen < 3; screen++)
        {
            var told = await JoinOnTheWire(messages: 3);
            Assert.Equal(3, told[0].GetProperty("type").GetInt32());
            Assert.Equal(("Load", clients), (Target(told[1]), Argument(told[1], "clients")));
            Assert.Equal(("Changed", told[0].GetProperty("result").GetProperty("seq").GetInt64()), (Target(told[2]), Argument(told[2], "from")));
        }

        static string? Target(JsonElement message) => message.GetProperty("target").GetString();

        static long Argument(JsonElement message, string name) => message.GetProperty("arguments")[0].GetProperty(name).GetInt64();
    }

    /// <summary>What comes over a new connection: a client of the library gives no order between answers and pushes.</summary>
    private async Task<List<JsonElement>> JoinOnTheWire(int messages)
    {
        const char end = '\u001e';
        using var tooLong = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new($"ws://{engine.Url.Authority}/hubs/desk?access_token={engine.Token("advisor", "a-1")}"), tooLong.Token);
        var join = $$"""{"protocol":"json","version":1}{{end}}{"type":1,"invocationId":"1","target":"Join","arguments":["{{Desk}}",0]}{{end}}""";
        await socket.SendAsync(Encoding.UTF8.GetBytes(join), WebSocketMessageType.Text, true, tooLong.Token);
        using var text = new MemoryStream();
        var piece = new byte[64 * 1024];
        while (true)
        {
            var got = await socket.ReceiveAsync(piece, tooLong.Token);
            text.Write(piece, 0, got.Count);
            var told = Encoding.UTF8.GetString(text.ToArray()).Split(end)[..^1].Select(m => JsonSerializer.Deserialize<JsonElement>(m))
                .Where(m => m.TryGetProperty("type", out var type) && type.GetInt32() is (1 or 3)).ToList();
            if (told.Count >= messages)
            {
                return told;
            }
        }
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
        await Refused("prompt.action.invalid", () => first.Connection.InvokeAsync<JsonElement>("Act", Desk, prompt, null));
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
        foreach (var path in (string[])["", "/prompts"])
        {
            using var nowhere = await engine.Auditor.GetAsync("/v1/desks/advisor:a-none" + path);
            await Engine.Refused(nowhere, 404, "request.not.found");
        }
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
