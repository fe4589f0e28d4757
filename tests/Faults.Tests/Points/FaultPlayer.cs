using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Engagement.Faults.Tests.Model;

namespace Engagement.Faults.Tests.Points;

/// <summary>Plays steps to an engine that may die under them.</summary>
internal sealed class FaultPlayer(Engine engine)
{
    private const int RefusedAStep = 3;

    private readonly Player _player = new(engine);
    private readonly Reader _reader = new(engine);

    /// <returns>False where the engine did not answer.</returns>
    public async Task<bool> TryPlayAsync(Step step)
    {
        try
        {
            await PlayAsync(step);
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
        catch (IOException)
        {
            return false;
        }
    }

    public Task PlayAsync(Step step) => step switch
    {
        SendWithRefused send => SendAsync(send),
        ActAndUndo act => ActAsync(act),
        Erase erase => EraseAsync(erase),
        _ => _player.PlayAsync(step),
    };

    public Task PublishAsync(string path, JsonObject document) => _player.PublishAsync(path, document);

    public Task SettleAsync() => _player.SettleAsync();

    /// <summary>Bad ones stand between the good ones, and each is kept where it can be looked at.</summary>
    private async Task SendAsync(SendWithRefused send)
    {
        var lines = send.Events.Select(e => e.ToJson().ToJsonString()).ToList();
        for (var i = 0; i < RefusedAStep; i++)
        {
            lines.Insert(i * lines.Count / RefusedAStep, Refused(send, i));
        }

        using var body = new StringContent(string.Join('\n', lines), Encoding.UTF8, "application/x-ndjson");
        using var answer = await engine.Ingest.PostAsync("/v1/events", body);
        var receipt = await Expect(answer);
        Assert.Equal((send.Events.Count, RefusedAStep), ((int)receipt["accepted"]!, receipt["rejected"]!.AsArray().Count));
        var kept = (await _reader.ListAsync("/v1/dead-letters")).Select(letter => (string)letter["raw"]!).ToHashSet();
        Assert.All(Enumerable.Range(0, RefusedAStep), i => Assert.Contains(Refused(send, i), kept));
    }

    private static string Refused(SendWithRefused send, int number) => $$"""{"specversion":"1.0","id":"refused-{{send.Number}}-{{number}}","source":"core"}""";

    private async Task EraseAsync(Erase erase)
    {
        using var answer = await engine.Admin.DeleteAsync($"/v1/clients/{erase.Client}/personal");
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    private async Task ActAsync(ActAndUndo act)
    {
        // A prompt comes to its desk after the answer to whoever caused it.
        await SettleAsync();
        act.Prompt ??= (string?)(await _reader.ListAsync($"/v1/desks/{act.Desk}/prompts?state=open")).First()["id"];
        foreach (var action in (string[])["seen", "undo"])
        {
            var body = new JsonObject { ["actionId"] = $"{action}-{act.Number}", ["action"] = action };
            using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
            using var answer = await (await engine.ManagerAsync(act.Branch + "-1")).PostAsync($"/v1/desks/{act.Desk}/prompts/{act.Prompt}/actions", content);
            await Expect(answer);
        }
    }

    private static async Task<JsonNode> Expect(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{answer.RequestMessage?.RequestUri}: {(int)answer.StatusCode} {text}");
        return JsonNode.Parse(text)!;
    }
}
