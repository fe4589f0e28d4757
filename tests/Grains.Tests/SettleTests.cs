using Engagement.Contracts.Catalogue;
using Engagement.Contracts.Clock;
using Engagement.Contracts.Desks;

namespace Engagement.Grains.Tests;

public sealed class SettleTests
{
    private const string Organisation = """
        branches:
        - id: hn
          outlets:
          - { id: hn-001, advisorFrom: 500000, advisors: [ { id: a-1, capacity: 1 } ] }
        """;

    private const string Catalogue = """
        campaigns:
        - { id: rich, trigger: { event: x.hello }, offer: { kind: call }, message: { zh: a, en: a }, desks: [advisor], expires: 48h }
        """;

    /// <summary>Two senders a shard, so that there is always something on its way, and a client who takes another one's place meanwhile.</summary>
    [Fact]
    public async Task Settle_WhileEventsKeepComing_AnswersWhenWhatWasThereIsOver()
    {
        await using var cluster = await Cluster.Start();
        await cluster.Publish(DocumentKind.Organisation, Organisation);
        await cluster.Publish(DocumentKind.Catalogue, Catalogue);
        foreach (var client in (string[])["first", "second"])
        {
            await cluster.Append(
                cluster.Event(client, "account.opened", """{"outlet":"hn-001","channel":"online"}"""), cluster.Event(client, "assets.valued", """{"total":800000}"""));
            await cluster.Settle();
        }

        using var enough = new CancellationTokenSource();
        var busy = Enumerable.Range(0, 1_000).Select(i => $"busy-{i}").GroupBy(cluster.ShardOf).SelectMany(shard => shard.Take(2)).ToList();
        var senders = busy.ConvertAll(async client =>
        {
            while (!enough.IsCancellationRequested)
            {
                await cluster.Append(cluster.Event(client, "x.noise", "{}"));
            }
        });

        await cluster.Append(cluster.Event("first", "assets.valued", """{"total":1}"""));
        var progress = await cluster.Silos.Client.GetGrain<IClockGrain>(0).Settle(TimeSpan.FromMinutes(2));
        var placed = (await cluster.View("second")).Desk;
        await cluster.Append(cluster.Event("second", "x.hello", "{}"));
        var prompted = await cluster.Silos.Client.GetGrain<IClockGrain>(0).Settle(TimeSpan.FromMinutes(2));
        var prompts = (await cluster.Grain<IDeskGrain>("advisor:a-1").Join(-1)).Prompts.Count;
        var flowed = senders.TrueForAll(s => !s.IsCompleted);
        await enough.CancelAsync();
        await Task.WhenAll(senders);

        Assert.True(progress.Settled && prompted.Settled && flowed, $"{progress} {prompted} {flowed}");
        Assert.Equal("advisor:a-1", placed);
        Assert.Equal(1, prompts);
    }
}
