using Engagement.Contracts.Catalogue;
using Engagement.Contracts.Clock;
using Engagement.Contracts.Faults;
using Engagement.Contracts.Storage;
using Engagement.Domain;
using Engagement.Domain.Desks;
using Microsoft.Extensions.DependencyInjection;

namespace Engagement.Grains.Tests;

/// <summary>Mandates over a whole engine: begun and ended by the clock and by a publish. The replay is the judge.</summary>
public sealed class MandateTests
{
    private const int Clients = 60;

    private const string Catalogue = """
        campaigns:
        - { id: hello, trigger: {event: x.hello}, offer: {kind: call}, message: {zh: "您好", en: "Hello"}, desks: [advisor, outlet, hq], expires: "60d" }
        """;

    [Fact]
    public async Task Mandates_ByTheClock_MoveClientsAndTheirPromptsThereAndBack()
    {
        await using var cluster = await Start("tail", "from: 2026-03-10, until: 2026-03-20");
        Assert.Equal(Clients, (await Prompts(cluster, "outlet:o")).Count);

        await Advance(cluster, "2026-03-10T00:00:00+08:00");
        Assert.Equal((Clients, 0), ((await Prompts(cluster, "hq")).Count, (await Prompts(cluster, "outlet:o")).Count));
        Assert.Equal("hq", (await cluster.View("c-7")).Desk);

        await Advance(cluster, "2026-03-20T23:59:59+08:00");
        Assert.Equal("hq", (await cluster.View("c-7")).Desk);
        await Advance(cluster, "2026-03-21T00:00:00+08:00");
        Assert.Equal((0, Clients), ((await Prompts(cluster, "hq")).Count, (await Prompts(cluster, "outlet:o")).Count));
        await Judge.NothingDiffers(cluster, Clients);
    }

    /// <summary>From his outlet to headquarters and back, in one advance; the prompt reaches headquarters long after he has left it.</summary>
    /// <param name="lasts">Until noon of the day between, or for long.</param>
    [Theory]
    [InlineData("194h", "hq", PromptState.Expired)]
    [InlineData("60d", "outlet:o", PromptState.Open)]
    public async Task Prompt_WhoseClientOneAdvanceMovesTwice_EndsWhereHeWasThen(string lasts, string desk, PromptState state)
    {
        var late = new LateHandovers();
        await using var cluster = await Start("tail", "from: 2026-03-10, until: 2026-03-10", lasts, late);
        late.Begin(10);

        await Advance(cluster, "2026-03-12T00:00:00+08:00");

        Assert.True(late.Over);
        Assert.Equal("outlet:o", (await cluster.View("c-7")).Desk);
        var found = cluster.Silos.Silos[0].ServiceProvider.GetRequiredService<IDeskStore>();
        Assert.Equal(Clients, (await found.ReadPrompts(desk, state)).Count);
    }

    [Fact]
    public async Task Overflow_WithoutRoom_WaitsAtHeadquartersAndTheRichestGetsTheFreePlace()
    {
        await using var cluster = await Start("overflow", "until: 2026-12-31");
        await cluster.Append(Enumerable.Range(0, 3).Select(i => cluster.Event($"c-{i}", "assets.valued", $$"""{"total":{{600_000 + i}}}""")));
        await cluster.Settle();
        var desks = await Task.WhenAll(Enumerable.Range(0, 3).Select(async i => (await cluster.View($"c-{i}")).Desk));
        Assert.Equal(["advisor:a-1", "hq", "hq"], desks.Order(StringComparer.Ordinal));
        var served = Array.IndexOf(desks, "advisor:a-1");

        // Below nine tenths of the bound he gives his place back.
        await cluster.Append(cluster.Event($"c-{served}", "assets.valued", """{"total":100000}"""));
        await cluster.Settle();

        var richest = served == 2 ? 1 : 2;
        Assert.Equal("advisor:a-1", (await cluster.View($"c-{richest}")).Desk);
        Assert.Equal("outlet:o", (await cluster.View($"c-{served}")).Desk);
        Assert.Equal("hq", (await cluster.View($"c-{3 - served - richest}")).Desk);
        await Judge.NothingDiffers(cluster, Clients);
    }

    [Fact]
    public async Task Publish_ThatEndsAMandate_RollsItsClientsBack()
    {
        await using var cluster = await Start("tail", "until: 2026-12-31");
        Assert.Equal(Clients, (await Prompts(cluster, "hq")).Count);

        await cluster.Publish(DocumentKind.Organisation, Organisation("tail", "until: 2026-03-01"));
        await cluster.Settle();

        Assert.Equal((0, Clients), ((await Prompts(cluster, "hq")).Count, (await Prompts(cluster, "outlet:o")).Count));
        await Judge.NothingDiffers(cluster, Clients);
    }

    private static async Task<Cluster> Start(string scope, string days, string lasts = "60d", IFaultPoints? faults = null)
    {
        // Most of them sleep: time and publishes reach them all the same.
        var cluster = await Cluster.Start(s =>
        {
            s.PostConfigure<EngineOptions>(o => (o.AwakeMax, o.ResidentMax, o.CheckpointSeconds) = (8, 8, 1));
            if (faults is not null)
            {
                s.AddSingleton(faults);
            }
        });
        await cluster.Publish(DocumentKind.Organisation, Organisation(scope, days));
        await cluster.Publish(DocumentKind.Catalogue, Catalogue.Replace("60d", lasts, StringComparison.Ordinal));
        await cluster.Append(Enumerable.Range(0, Clients).SelectMany(i => (Domain.Clients.IncomingEvent[])
        [
            cluster.Event($"c-{i}", "account.opened", """{"outlet":"o","channel":"online"}"""),
            cluster.Event($"c-{i}", "x.hello", "{}"),
        ]));
        await cluster.Settle();
        return cluster;
    }

    private static string Organisation(string scope, string days) => $"""
        branches:
        - id: hn
          mandates: [ {$"{{ id: m1, scope: {scope}, channels: [desk], {days} }}"} ]
          outlets:
          - id: o
            advisors: [ {"{ id: a-1, name: 张三 }"} ]
        defaults: {"{ advisorFrom: 500000, intensiveBelow: 50000, capacity: 1 }"}
        """;

    private static async Task Advance(Cluster cluster, string at)
    {
        Assert.True(Rfc3339.TryParse(at, out var ms));
        Assert.True(await cluster.Silos.Client.GetGrain<IClockGrain>(0).Advance(ms));
        await cluster.Settle();
    }

    private static async Task<IReadOnlyList<string>> Prompts(Cluster cluster, string desk) =>
        [.. (await cluster.Grain<Contracts.Desks.IDeskGrain>(desk).Join(0)).Prompts.Select(p => p.Id)];

    /// <summary>What a desk hands to another is not taken at the first tries.</summary>
    private sealed class LateHandovers : IFaultPoints
    {
        private int left;

        public bool Over => Volatile.Read(ref left) < 0;

        public void Begin(int tries) => Interlocked.Exchange(ref left, tries);

        public void Reach(string step)
        {
            if (step == FaultPoint.DeskLeft && Interlocked.Decrement(ref left) >= 0)
            {
                throw new IOException("The other desk is late.");
            }
        }
    }
}
