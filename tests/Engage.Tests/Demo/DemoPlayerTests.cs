using Engagement.Engage.Demo;
using Microsoft.Extensions.Logging.Abstractions;

namespace Engagement.Engage.Tests.Demo;

public sealed class DemoPlayerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("demo-").FullName;
    private readonly CancellationTokenSource _limit = new(TimeSpan.FromMinutes(2));

    [Fact]
    public async Task Player_EmptyEngine_PublishesThenPlaysToTheFirstSliceWhileTheRestLoads()
    {
        await using var engine = await EngineDouble.Start();

        await PlayUntil(engine, () => engine.Events.Any(Played) && !engine.Quotes.IsEmpty);

        Assert.True(engine.Quotes.TryPeek(out var quotes));
        Assert.Equal(Figures.Default.Instruments.Length, quotes.GetArrayLength());
        Assert.All(quotes.EnumerateArray(), q => Assert.True(q.GetProperty("price").GetDecimal() > 0 && q.GetProperty("previousClose").GetDecimal() > 0));
        Assert.Equal(["catalogue", "organisation"], engine.Documents.Keys.Order());
        var before = engine.Events.TakeWhile(e => !Played(e)).Select(e => e.Client).Distinct().Count();
        Assert.InRange(before, DemoClients.Default.FirstSlice, DemoClients.Count - 1);
        Assert.All(engine.Events.Where(Played), e => Assert.True(engine.Loaded.ContainsKey(e.Client) || e.Client.StartsWith("n-", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Player_StartedAgain_LoadsTheRestOnceAndRepeatsNoId()
    {
        await using var engine = await EngineDouble.Start();
        await PlayUntil(engine, () => engine.Events.Any(Played));

        await PlayUntil(engine, () => engine.Events.Any(e => e.Id.StartsWith("d-2-", StringComparison.Ordinal)) && engine.Loaded.Count == DemoClients.Count);

        var repeated = engine.Events.CountBy(e => e.Id).Where(e => e.Value > 1).Select(e => e.Key).ToArray();
        Assert.DoesNotContain(repeated, id => id.StartsWith("d-", StringComparison.Ordinal));

        // What was under way when the first run was stopped is sent again: two requests' worth of histories at most.
        Assert.InRange(repeated.Length, 0, 4_000);
    }

    [Fact]
    public async Task Player_BusyEngine_SendsAgainAndLosesNothing()
    {
        await using var engine = await EngineDouble.Start(busy: 5);

        await PlayUntil(engine, () => engine.Events.Any(Played));

        var first = DemoClients.Default.All[0].Id;
        Assert.Equal($"h-{first}-0", engine.Events.First(e => e.Client == first).Id);
        Assert.True(engine.Loaded.Count >= DemoClients.Default.FirstSlice);
    }

    public void Dispose()
    {
        _limit.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static bool Played(Received one) => one.Id.StartsWith("d-", StringComparison.Ordinal);

    private async Task PlayUntil(EngineDouble engine, Func<bool> seen)
    {
        var options = new DemoOptions(engine.Address, _folder, () => "ingest", () => "admin");
        using var player = new DemoPlayer(options, new DemoControl(), TimeProvider.System, NullLogger<DemoPlayer>.Instance);
        await player.StartAsync(_limit.Token);
        while (!seen())
        {
            Assert.False(player.ExecuteTask!.IsFaulted, player.ExecuteTask.Exception?.ToString());
            await Task.Delay(50, _limit.Token);
        }

        await player.StopAsync(_limit.Token);
    }
}
