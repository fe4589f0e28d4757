using System.Text.Json.Nodes;
using Engagement.Faults.Tests.Model;

namespace Engagement.Faults.Tests;

/// <summary>The map after deaths in the middle of a stream: what it counted is what the log holds, no more and no less.</summary>
public sealed class MapKillTests
{
    private const int Clients = 24;
    private const int Batches = 30;
    private const int Size = 40;

    private static readonly long Now = ShanghaiTime.Parse("2026-03-02T02:00:00Z");
    private static readonly TimeSpan FollowsWithin = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Totals_AfterKillsInTheMiddleOfAStream_AreThoseOfTheLog()
    {
        await using var engine = await Engine.StartAsync(Now);
        var player = new Player(engine);
        var random = new Random(20260302);
        for (var batch = 0; batch < Batches; batch++)
        {
            var step = new SendBatch([.. Enumerable.Range(batch * Size, Size).Select(i => Event(i, random))]);
            if (batch % 10 == 5)
            {
                var inFlight = player.TryPlayAsync(step);
                // Not a wait for anything: it chooses where in the request the process dies.
                await Task.Delay(random.Next(30));
                await engine.KillAsync();
                await inFlight;
                await engine.RestartAsync();
            }

            await player.PlayAsync(step);
        }

        await player.SettleAsync();
        var reader = new Reader(engine);
        var expected = await LogAsync(reader);
        Assert.Equal(Batches * Size, expected.Events);
        await ShowsAsync(reader, expected, engine);

        // What is there after one more death was stored, and not only remembered.
        await engine.KillAsync();
        await engine.RestartAsync();
        await ShowsAsync(reader, expected, engine);
        engine.Passed();
    }

    private static SentEvent Event(int i, Random random)
    {
        var (type, data) = random.Next(3) switch
        {
            0 => ("cash.moved", new JsonObject { ["amount"] = random.Next(-500, 500) + 0.25m }),
            1 => ("contract.signed", new JsonObject { ["contract"] = $"k-{random.Next(3)}", ["product"] = "p", ["assets"] = random.Next(100) }),
            _ => ("app.active", new JsonObject()),
        };
        return new("core", $"e-{i}", type, $"c-{random.Next(Clients)}", Now, ShanghaiTime.Text(Now), data);
    }

    private static async Task<(int Events, decimal Inflow, int Clients, int Contracts, decimal Signed)> LogAsync(Reader reader)
    {
        var (events, inflow, clients, contracts, signed) = (0, 0m, 0, 0, 0m);
        for (var i = 0; i < Clients; i++)
        {
            var own = await reader.ListAsync($"/v1/clients/c-{i}/events");
            events += own.Count;
            inflow += own.Where(e => (string)e["type"]! == "cash.moved").Sum(e => (decimal)e["data"]!["amount"]!);
            clients += own.Count > 0 ? 1 : 0;
            // Newest first: signing again replaces.
            var running = own.Where(e => (string)e["type"]! == "contract.signed").DistinctBy(e => (string)e["data"]!["contract"]!).ToList();
            (contracts, signed) = (contracts + running.Count, signed + running.Sum(e => (decimal)e["data"]!["assets"]!));
        }

        return (events, inflow, clients, contracts, signed);
    }

    private static async Task ShowsAsync(Reader reader, (int, decimal, int, int, decimal) expected, Engine engine)
    {
        using var limit = new CancellationTokenSource(FollowsWithin);
        while (true)
        {
            var node = await reader.GetAsync("/v1/map/hq");
            if (node["measures"] is { } m
                && ((int)m["events"]!, (decimal)m["netInflow"]!, (int)m["clients"]!, (int)m["contracts"]!, (decimal)m["signedAssets"]!) == expected)
            {
                var minutes = (await reader.GetAsync("/v1/map/hq/history?minutes=1"))["items"]![0]!["measures"]!;
                Assert.Equal((expected.Item1, expected.Item2), ((int)minutes["events"]!, (decimal)minutes["netInflow"]!));
                return;
            }

            Assert.False(limit.IsCancellationRequested, $"expected {expected}, the map shows {node.ToJsonString()}{engine.Log()}");
            await Task.Delay(100);
        }
    }
}
