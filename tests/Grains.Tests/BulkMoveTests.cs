using Engagement.Contracts.Catalogue;
using Engagement.Contracts.Desks;
using Engagement.Domain.Clients;

namespace Engagement.Grains.Tests;

public sealed class BulkMoveTests
{
    private const int Clients = 300;

    /// <summary>Of each client, so that the desk has more than the snapshot of <c>hq</c> would hold.</summary>
    private const int Prompted = 4;

    private const string Catalogue = """
        campaigns:
        - { id: hello, trigger: {event: x.hello}, offer: {kind: call}, message: {zh: "您好", en: "Hello"}, desks: [advisor], expires: "60d" }
        """;

    [Fact]
    public async Task AdvisorOfThreeHundred_Leaves_OthersServeThemAllWithTheirPrompts()
    {
        await using var cluster = await Cluster.Start();
        await cluster.Publish(DocumentKind.Organisation, Organisation("active", "leave"));
        await cluster.Publish(DocumentKind.Catalogue, Catalogue);
        await cluster.Append(Enumerable.Range(0, Clients).SelectMany(i => (IncomingEvent[])
        [
            cluster.Event($"c-{i}", "assets.valued", """{"total":600000}"""),
            cluster.Event($"c-{i}", "account.opened", """{"outlet":"o","channel":"online"}"""),
        ]));
        await cluster.Settle();
        await cluster.Append(Enumerable.Range(0, Clients * Prompted).Select(i => cluster.Event($"c-{i % Clients}", "x.hello", "{}")));
        await cluster.Settle();
        var prompts = await Prompts(cluster, "a-1");
        Assert.Equal(Clients * Prompted, prompts.Count);

        await cluster.Publish(DocumentKind.Organisation, Organisation("left", "active"));
        await cluster.Settle();

        Assert.Empty(await Prompts(cluster, "a-1"));
        var (second, third) = (await Prompts(cluster, "a-2"), await Prompts(cluster, "a-3"));
        Assert.Equal((Clients * Prompted / 2, Clients * Prompted / 2), (second.Count, third.Count));
        Assert.Equal(prompts.Order(), second.Concat(third).Order());
        await Judge.NothingDiffers(cluster, Clients);
    }

    private static string Organisation(string first, string others) => $$"""
        branches:
        - id: hn
          outlets:
          - { id: o, advisors: [ { id: a-1, capacity: 300, status: {{first}} }, { id: a-2, capacity: 150, status: {{others}} }, { id: a-3, capacity: 150, status: {{others}} } ] }
        """;

    private static async Task<IReadOnlyList<string>> Prompts(Cluster cluster, string advisor) =>
        [.. (await cluster.Grain<IDeskGrain>("advisor:" + advisor).Join(0)).Prompts.Select(p => p.Id)];
}
