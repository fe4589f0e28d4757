using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Engagement.Faults.Tests.Model;

namespace Engagement.Faults.Tests;

/// <summary>Plays a script to the engine over HTTP.</summary>
internal sealed class Player(IEngine engine)
{
    /// <summary>Answers to actions that were not the model's.</summary>
    public List<string> Differences { get; } = [];

    public async Task PublishAsync(string path, JsonObject document)
    {
        using var answer = await engine.Admin.PutAsync(path, Json(document.ToJsonString(), "application/json"));
        // 202: metrics are computed over the log, and each client is under the version once his are.
        await Expect(answer, answer.StatusCode == HttpStatusCode.Accepted ? HttpStatusCode.Accepted : HttpStatusCode.OK);
    }

    /// <summary>Plays one step to its end.</summary>
    public Task PlayAsync(Step step) => step switch
    {
        SendBatch batch => SendAsync(batch),
        SetClock clock => SetClockAsync(clock.Now),
        PublishOrganisation publish => PublishAsync("/v1/organisation", publish.Organisation.Document()),
        PublishCatalogue publish => PublishAsync("/v1/catalogue", CatalogueDocument.Write(publish.Catalogue)),
        ActOnPrompt act => ActAsync(act),
        _ => throw new ArgumentOutOfRangeException(nameof(step)),
    };

    /// <summary>Sends a step without caring what becomes of it.</summary>
    public async Task TryPlayAsync(Step step)
    {
        try
        {
            await PlayAsync(step);
        }
        catch (HttpRequestException)
        {
            // The engine was killed under the request: it is sent again after the restart.
        }
        catch (IOException)
        {
            // The same, while the answer was being read.
        }
    }

    /// <summary>Waits until everything accepted has been applied and what follows from it has settled.</summary>
    public async Task SettleAsync()
    {
        var progress = JsonNode.Parse(await engine.Auditor.GetStringAsync("/v1/progress?wait=30"))!;
        Assert.True((bool)progress["settled"]!, progress.ToJsonString() + engine.Log());
    }

    /// <summary>Records in the log.</summary>
    public async Task<long> ReadAppendedAsync() =>
        (long)JsonNode.Parse(await engine.Auditor.GetStringAsync("/v1/progress?wait=0"))!["appended"]!;

    public async Task<long> ReadClockAsync() =>
        ShanghaiTime.Parse((string)JsonNode.Parse(await engine.Auditor.GetStringAsync("/v1/clock"))!["now"]!);

    private async Task SendAsync(SendBatch batch)
    {
        using var answer = await engine.Ingest.PostAsync("/v1/events", Body(batch.Events));
        var receipt = JsonNode.Parse(await Expect(answer, HttpStatusCode.OK))!;
        Assert.True((int)receipt["accepted"]! == batch.Events.Count, receipt.ToJsonString());
    }

    /// <summary>On settled ground: the prompt is where the model has it, and the answer must be the model's.</summary>
    private async Task ActAsync(ActOnPrompt step)
    {
        await SettleAsync();
        var action = step.Action;
        var decisions = await new Reader(engine).ListAsync($"/v1/clients/{action.Client}/decisions");
        Assert.True(decisions.Count > action.Decision, $"{action}: the engine has {decisions.Count} decisions of this client.{engine.Log()}");
        var body = new JsonObject { ["actionId"] = action.ActionId, ["action"] = action.Action };
        if (action.Until > 0)
        {
            body["until"] = ShanghaiTime.Text(action.Until);
        }

        var prompt = (string?)decisions[^(action.Decision + 1)]["prompt"] ?? "none";
        using var answer = await (await engine.ManagerAsync(action.By)).PostAsync(
            $"/v1/desks/{action.Desk}/prompts/{prompt}/actions", Json(body.ToJsonString(), "application/json"));
        var text = await answer.Content.ReadAsStringAsync();
        var found = JsonNode.Parse(text)!;
        var given = answer.StatusCode == HttpStatusCode.OK
            ? new Answer(200, (string)found["state"]!, (string?)found["by"] ?? "")
            : new Answer((int)answer.StatusCode, (string?)found["code"] ?? "");
        if (given != step.Expected)
        {
            Differences.Add($"{action}: expected {step.Expected}, found {given}");
        }
    }

    private async Task SetClockAsync(long now)
    {
        var body = new JsonObject { ["now"] = ShanghaiTime.Text(now) }.ToJsonString();
        using var answer = await engine.Admin.PostAsync("/v1/clock", Json(body, "application/json"));
        await Expect(answer, HttpStatusCode.OK);
    }

    private async Task<string> Expect(HttpResponseMessage answer, HttpStatusCode status)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == status, $"{answer.RequestMessage?.RequestUri}: {(int)answer.StatusCode} {text}{(answer.StatusCode == status ? "" : engine.Log())}");
        return text;
    }

    /// <summary>Every content type that is taken, and a body packed now and then; which one follows from the batch.</summary>
    private static ByteArrayContent Body(IReadOnlyList<SentEvent> events) => events switch
    {
        [var single] => Json(single.ToJson().ToJsonString(), "application/cloudevents+json"),
        { Count: var count } when count % 3 == 0 => Packed(Lines(events)),
        { Count: var count } when count % 3 == 1 => Lines(events),
        _ => Json(new JsonArray([.. events.Select(e => e.ToJson())]).ToJsonString(), "application/cloudevents-batch+json"),
    };

    private static StringContent Lines(IReadOnlyList<SentEvent> events) =>
        Json(string.Join('\n', events.Select(e => e.ToJson().ToJsonString())), "application/x-ndjson");

    private static ByteArrayContent Packed(HttpContent content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            content.CopyTo(gzip, null, CancellationToken.None);
        }

        var body = new ByteArrayContent(packed.ToArray());
        body.Headers.ContentType = content.Headers.ContentType;
        body.Headers.ContentEncoding.Add("gzip");
        return body;
    }

    private static StringContent Json(string text, string type) => new(text, Encoding.UTF8, type);
}
