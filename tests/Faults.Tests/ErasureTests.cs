using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Engagement.Faults.Tests.Model;

namespace Engagement.Faults.Tests;

/// <summary>Personal fields that were erased stay erased, whatever dies meanwhile.</summary>
public sealed class ErasureTests
{
    private const int Clients = 40;
    private const int AnswersBeforeTheKill = 10;

    private static readonly long Now = DateTimeOffset.Parse("2026-03-02T02:00:00Z").ToUnixTimeMilliseconds();

    [Fact]
    public async Task Erasures_UnderAKill_AreDoneWholeOrNotAtAllAndCanBeAskedAgain()
    {
        await using var engine = await Engine.StartAsync(Now);
        await Send(engine, i => Event(i, $"open-{i}", "account.opened", new() { ["outlet"] = "o-1", ["channel"] = "online", ["name"] = Name(i), ["phone"] = Phone(i) }));

        // The process dies while some are answered, some under way, and some not yet taken.
        var answered = new bool[Clients];
        using var enough = new SemaphoreSlim(0);
        var asked = Enumerable.Range(0, Clients).Select(async i =>
        {
            try
            {
                using var answer = await engine.Admin.DeleteAsync($"/v1/clients/c-{i}/personal");
                answered[i] = answer.StatusCode == HttpStatusCode.NoContent;
            }
            catch (HttpRequestException)
            {
                // Killed under the request.
            }

            enough.Release();
        }).ToList();
        for (var i = 0; i < AnswersBeforeTheKill; i++)
        {
            await enough.WaitAsync();
        }

        await engine.KillAsync();
        await Task.WhenAll(asked);
        await engine.RestartAsync();

        Assert.Contains(true, answered);
        for (var i = 0; i < Clients; i++)
        {
            var (name, phone) = await Read(engine, i);
            Assert.True((name, phone) is (null, null) || (!answered[i] && (name, phone) == (Name(i), Phone(i))), $"c-{i}, answered {answered[i]}: {name} {phone}{engine.Log()}");
            using var again = await engine.Admin.DeleteAsync($"/v1/clients/c-{i}/personal");
            Assert.Equal(HttpStatusCode.NoContent, again.StatusCode);
            Assert.Equal((null, null), await Read(engine, i));
        }

        await engine.KillAsync();
        var bytes = engine.Database();
        Assert.True(bytes.AsSpan().IndexOf("personal.erased"u8) >= 0, "The records must be found, or the search proves nothing.");
        Assert.True(bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes("令狐")) < 0);
        await engine.RestartAsync();
        await Send(engine, i => Event(i, $"again-{i}", "profile.changed", new() { ["name"] = "新" + Name(i) }));
        Assert.Equal(("新" + Name(3), null), await Read(engine, 3));
        engine.Passed();
    }

    private static string Name(int i) => $"令狐{i}";

    private static string Phone(int i) => $"139{i:00000000}";

    private static Task Send(Engine engine, Func<int, SentEvent> make) =>
        new Player(engine).PlayAsync(new SendBatch([.. Enumerable.Range(0, Clients).Select(make)]));

    private static SentEvent Event(int i, string id, string type, JsonObject data) => new("core", id, type, $"c-{i}", Now, ShanghaiTime.Text(Now), data);

    private static async Task<(string? Name, string? Phone)> Read(Engine engine, int i)
    {
        var client = JsonNode.Parse(await engine.Auditor.GetStringAsync($"/v1/clients/c-{i}"))!;
        return ((string?)client["name"], (string?)client["phone"]);
    }
}
